"""The tables of data/*.toml, each read once; every one names its standard and source."""

import tomllib
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
