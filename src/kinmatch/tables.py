"""The tables of data/*.toml, each read once; every one names its standard and source."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table ``data/<name>.toml``; callers must not change it.

    Raises:
        FileNotFoundError: there is no such table.
    """
    return tomllib.loads((files("kinmatch") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


class Known(dict[int, str]):
    """A table for ``str.translate`` that drops every letter it does not know."""

    def __missing__(self, letter: int) -> str:
        return ""


class Endings:
    """Many endings asked of a word at once."""

    def __init__(self, endings: Iterable[str]) -> None:
        self._by_last: dict[str, tuple[str, ...]] = {}
        for ending in dict.fromkeys(endings):
            self._by_last[ending[-1]] = (*self._by_last.get(ending[-1], ()), ending)

    def end(self, word: str) -> bool:
        """Return whether ``word`` has one of the endings."""
        return word.endswith(self._by_last.get(word[-1:], ()))
