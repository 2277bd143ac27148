"""The engines that are measured, one file each; a new file in this folder takes part.

A module names in ``SEARCHERS`` what answers one enquiry at a time, and in ``LINKERS`` what links whole lists. One whose
package is not installed, or whose server cannot be started, is left out by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from kinmatch.bench.plain import Side

OWN = "own"
Ranked = list[tuple[str, float]]


class LeftOut(RuntimeError):  # noqa: N818 - said as the report says it
    """An engine cannot take part on this machine; the message says why."""


class Searcher(Protocol):
    """An engine that answers one enquiry at a time."""

    NAME: str
    PROBABILITIES: bool  # whether its scores are probabilities, 0 to 1
    MOST: int  # enquiries put to it at a million records, since the slow would take hours
    BUILD_S: float  # about what it takes at a million records, in seconds of CPU, to say beforehand how long a run is
    QUERY_MS: float

    server: int  # number of the process whose CPU time counts too; 0 for none

    def build(self, records: Side) -> None:
        """Take the records in."""

    def question(self, asked: Side, row: int) -> Any:
        """Return one enquiry in the engine's own words; not timed."""

    def search(self, question: Any) -> Ranked:
        """Return the ids of the likeliest ten records with their scores, the likeliest first."""

    def size(self) -> int:
        """Return the bytes of its index."""

    def version(self) -> str:
        """Return the version of the engine."""

    def close(self) -> None:
        """Put away what was started."""


class Linker(Protocol):
    """An engine that links two lists, or finds the doubles of one."""

    NAME: str
    PROBABILITIES: bool
    LINK_S: float  # about what it takes with a million records, as above
    DOUBLES_S: float

    def link(self, asked: Side, records: Side) -> Iterator[tuple[str, str, float]]:
        """Yield query id, record id and score; the likeliest records of a query first."""

    def doubles(self, records: Side) -> Iterator[tuple[str, str, float]]:
        """Yield pairs of ids with their score, each pair once."""

    def version(self) -> str:
        """Return the version of the engine."""


@dataclass(frozen=True)
class Found:
    """What takes part, by (module, class), and what is left out: name and reason."""

    searchers: list[tuple[str, str]]
    linkers: list[tuple[str, str]]
    left_out: dict[str, str]


def names() -> list[str]:
    """Return the names of all engines, this project's own first."""
    return sorted((found.name for found in iter_modules(__path__)), key=lambda name: (name != OWN, name))


def find(wanted: list[str]) -> Found:
    """Return which of the engines named can take part."""
    found = Found([], [], {})
    for name in wanted:
        try:
            module = import_module(f"{__name__}.{name}")
        except ImportError as error:
            found.left_out[name] = f"the package {error.name} is not installed; `make bench` installs it"
            continue
        found.searchers.extend((name, engine.__name__) for engine in getattr(module, "SEARCHERS", ()))
        found.linkers.extend((name, engine.__name__) for engine in getattr(module, "LINKERS", ()))
    return found


def engine_class(name: tuple[str, str]) -> Any:
    """Return the class of an engine by its module and name."""
    module, kind = name
    return getattr(import_module(f"{__name__}.{module}"), kind)
