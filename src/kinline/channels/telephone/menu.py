"""The menu as it lies in ``menu.toml``: what is listened for after each text, how long, and the line's own words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Takes(StrEnum):
    """What a text is followed by."""

    KEY = "key"
    KEYS = "keys"
    RECORDING = "recording"


@dataclass(frozen=True, kw_only=True)
class Listening:
    """What is listened for: ``count`` keys or until ``ends``; ``again`` is the key that says everything once more.

    ``secret``: what is pressed is kept as a hash, or not at all.
    """

    takes: Takes = Takes.KEY
    count: int = 1
    ends: str = ""
    again: str = ""
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class Times:
    """Seconds, as the file explains them."""

    key: float
    entry: float
    hush: float
    recording: float
    dead: float
    between: float
    stop: float


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Days and months as they are said inside a date."""

    days: tuple[str, ...]
    months: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Menu:
    """The whole file."""

    listen: Mapping[str, Listening]
    times: Times
    patience_times: int
    patience_seconds: float
    own: Mapping[str, Mapping[str, str]]
    dates: Mapping[str, Dates]

    def after(self, text: str) -> Listening:
        """What is listened for after the text of this name."""
        return self.listen.get(text, ONE_KEY)


ONE_KEY = Listening()


@cache
def menu() -> Menu:
    """The menu.

    Raises:
        ValueError, TypeError: the file names a kind of listening, or a field, that there is not.
    """
    content = tomllib.loads(resources.files(__package__).joinpath("menu.toml").read_text(encoding="utf-8"))
    return Menu(
        listen={name: Listening(**row | {"takes": Takes(row["takes"])}) for name, row in content["listen"].items()},
        times=Times(**content["times"]),
        patience_times=content["patience"]["times"],
        patience_seconds=content["patience"]["seconds"],
        own=content["own"],
        dates={
            language: Dates(days=tuple(row["days"]), months=tuple(row["months"]))
            for language, row in content["dates"].items()
        },
    )
