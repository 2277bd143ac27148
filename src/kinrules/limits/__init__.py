"""Dated, sourced numbers of the law and of the bureau's own promises. One number a file.

>>> from datetime import date
>>> on(date(2026, 1, 1), "capture_card_days")
7
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable


@dataclass(frozen=True)
class Limit:
    """One number with its title, unit, source and the days from which its values hold."""

    name: str
    title: str
    unit: str
    source: str
    values: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int:
        """The value in force on ``day``.

        Raises:
            LookupError: no value was in force yet.
        """
        held = [value for since, value in self.values if since <= day]
        if not held:
            raise LookupError(f"limit {self.name!r} has no value before {self.values[0][0]}; asked for {day}")
        return held[-1]


@cache
def every() -> dict[str, Limit]:
    """All limits by name.

    Raises:
        ValueError: a file lacks title, unit, source, or its dates do not rise.
    """
    files = (entry for entry in resources.files(__package__).iterdir() if entry.name.endswith(".toml"))
    return {limit.name: limit for limit in map(_read, sorted(files, key=lambda entry: entry.name))}


def on(day: date, name: str) -> int:
    """The value of the limit ``name`` in force on ``day``; its unit is in its file.

    Raises:
        LookupError: there is no such limit, or it had no value yet.
    """
    limits = every()
    if name not in limits:
        raise LookupError(f"there is no limit {name!r}; known are {', '.join(sorted(limits))}")
    return limits[name].on(day)


def _read(entry: Traversable) -> Limit:
    name = entry.name.removesuffix(".toml")
    content = tomllib.loads(entry.read_text(encoding="utf-8"))
    missing = {"title", "unit", "source", "values"} - content.keys()
    if missing:
        raise ValueError(f"limit {name!r} lacks {', '.join(sorted(missing))}")
    values = tuple((row["from"], row["value"]) for row in content["values"])
    days = [day for day, _ in values]
    if days != sorted(set(days)) or not days:
        raise ValueError(f"limit {name!r}: the days of its values must rise")
    return Limit(name, content["title"], content["unit"], content["source"], values)
