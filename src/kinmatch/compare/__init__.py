"""Comparators, one a file, found by looking into this folder: how two values of one fact agree.

A comparator is a module with ``FIELD`` (a name of ``kinmatch.form.FIELDS``), ``ASKS`` (the fact, as one asks for it),
``LEVELS`` (code to row of the weights and English sentence, the closest first), ``NEAR`` (the row for skeletons 0, 1
and 2 letters apart), ``filed``, ``asked``, ``skeletons``, ``settled`` and ``level``. The first line of its docstring
is what the desk reads about it.

``level`` says it of two values; the keys say the same of one value against all. The row of a pair is the closest that a
key of ``asked`` finds among the other's ``filed``, or that ``NEAR`` gives for their skeletons unless a table has
settled both; "different" where nothing is found. A property test holds the two together.
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
    NEAR: dict[int, str]

    def filed(self, value: str, /) -> tuple[str, ...]:
        """Return the keys a recorded value stands under."""

    def asked(self, value: str, /) -> tuple[tuple[str, str], ...]:
        """Return the keys a sought value is looked up under, each with the row that finding it means."""

    def skeletons(self, value: str, /) -> tuple[str, ...]:
        """Return the skeletons that may be a letter or two away from those of the other value."""

    def settled(self, value: str, /) -> bool:
        """Whether a table knows the value, so that a letter's difference between two such is no slip."""

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


@cache
def rows(field: str) -> tuple[str, ...]:
    """Return the rows of the weights of one fact, the closest first and "different" last."""
    found = dict.fromkeys(row for row, _words in comparators()[field].LEVELS.values())
    return (*(row for row in found if row != "different"), "different")


def says(field: str, code: str) -> str:
    """Return the English sentence for a level."""
    return NOT_GIVEN if code == MISSING else comparators()[field].LEVELS[code][1]


def sentences() -> tuple[str, ...]:
    """Return every sentence the engine may say, so that an application can check its translations are whole."""
    levels = [words for one in comparators().values() for _row, words in one.LEVELS.values()]
    asks = [one.ASKS for one in comparators().values()]
    return tuple(dict.fromkeys([NOT_GIVEN, *levels, *asks]))
