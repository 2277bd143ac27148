"""Comparators, one a file, found by looking into this folder: how two values of one fact agree.

A comparator is a module with ``FIELD`` (a name of ``kinmatch.form.FIELDS``), ``ASKS`` (the fact, as one asks for it),
``LEVELS`` (code to row of the weights and English sentence), ``FUZZY`` (whether its upper-case keys are also sought
with a letter or two wrong), ``keys``, ``probes`` and ``level``. The first line of its docstring is what the desk
reads about it. "different" is the level of everything no probe reaches.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from kinmatch.form import FIELDS
from kinmatch.level import MISSING
from kinmatch.level import sentence as _

NOT_GIVEN = _("Not given")


class Comparator(Protocol):
    """What a comparator module offers."""

    __doc__: str
    FIELD: str
    ASKS: str
    LEVELS: dict[str, tuple[str, str]]
    FUZZY: bool

    def keys(self, value: str, /) -> tuple[str, ...]:
        """Return the keys a stored value is filed under."""

    def probes(self, value: str, /) -> tuple[str, ...]:
        """Return the keys a sought value is looked up under."""

    def level(self, sought: str, found: str, /) -> str:
        """Return the code of the level at which two values agree; neither is ""."""


@cache
def comparators() -> dict[str, Comparator]:
    """Return every comparator by field, in the order of ``FIELDS``."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    by_field = {module.FIELD: cast("Comparator", module) for module in modules}
    if set(by_field) != set(FIELDS):
        raise LookupError(f"comparators and kinmatch.form.FIELDS differ: {sorted(set(by_field) ^ set(FIELDS))}")
    return {field: by_field[field] for field in FIELDS}


def level_code(field: str, sought: str, found: str) -> str:
    """Return the code of the level for one fact, ``missing`` if a side does not give it."""
    return comparators()[field].level(sought, found) if sought and found else MISSING


def row_of(field: str, code: str) -> str:
    """Return the row of the weights a level belongs to."""
    return comparators()[field].LEVELS[code][0]


def says(field: str, code: str) -> str:
    """Return the English sentence for a level."""
    return NOT_GIVEN if code == MISSING else comparators()[field].LEVELS[code][1]


def sentences() -> tuple[str, ...]:
    """Return every sentence the engine may say, so that an application can check its translations are whole."""
    levels = [words for one in comparators().values() for _row, words in one.LEVELS.values()]
    asks = [one.ASKS for one in comparators().values()]
    return tuple(dict.fromkeys([NOT_GIVEN, *levels, *asks]))
