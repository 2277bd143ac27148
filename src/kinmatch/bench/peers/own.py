"""The engine of this project, asked with all it can use: any script, all facts."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from kinmatch.batch import doubles, link
from kinmatch.bench.peers import Ranked
from kinmatch.bench.plain import Side
from kinmatch.index import Index
from kinmatch.person import Person
from kinmatch.table import Table

KNOWN = ("full_name", "surname", "given", "patronymic", "birth_date")
LEAST = 0.001  # probability from which a pair of doubles is told


def _version() -> str:
    try:
        return version("kinline")
    except PackageNotFoundError:
        return "not installed"


class Own:
    """Interactive search."""

    NAME = "kinmatch"
    PROBABILITIES = True
    MOST = 100_000
    BUILD_S, QUERY_MS = 60.0, 1.5
    server = 0

    def build(self, records: Side) -> None:
        """Build the index."""
        self.index = Index.build(records.table)

    def question(self, asked: Side, row: int) -> Person:
        """Return the person sought."""
        return asked.table.person(row)

    def search(self, question: Person) -> Ranked:
        """Search, with evidence for every hit."""
        return [(hit.record, hit.probability) for hit in self.index.answer(question, limit=10).hits]

    def size(self) -> int:
        """Return the bytes of all arrays of the index."""
        return array_bytes(self.index)

    def version(self) -> str:
        """Return the version of the project."""
        return _version()

    def close(self) -> None:
        """Nothing was started."""


class OwnNameAndDate(Own):
    """The same with no more to go by than the peers have: names, in any script, and the date of birth."""

    NAME = "kinmatch, name and birth date only"
    MOST = 5000

    def build(self, records: Side) -> None:
        """Build the index of names and dates."""
        self.index = Index.build(_names_and_dates(records.table))

    def question(self, asked: Side, row: int) -> Person:
        """Return name and date of the person sought."""
        return _names_and_dates(asked.table).person(row)


def _names_and_dates(table: Table) -> Table:
    return Table(table.ids, {fact: table.columns[fact] for fact in KNOWN if fact in table.columns})


class OwnBatch:
    """Two lists linked, doubles of one found."""

    NAME = "kinmatch"
    PROBABILITIES = True
    LINK_S, DOUBLES_S = 80.0, 250.0

    def link(self, asked: Side, records: Side) -> Iterator[tuple[str, str, float]]:
        """Link the lists."""
        for one in link(asked.table, records.table, top=3):
            yield one.query, one.record, one.probability

    def doubles(self, records: Side) -> Iterator[tuple[str, str, float]]:
        """Find the doubles."""
        for pair in doubles(records.table, least=LEAST):
            yield pair.one, pair.other, pair.probability

    def version(self) -> str:
        """Return the version of the project."""
        return _version()


def array_bytes(root: object) -> int:
    """Return the bytes of all numpy arrays reachable from ``root`` through attributes, dicts, lists and tuples.

    Views are counted as the array they look into, once. Lists longer than a thousand are not looked into: they hold
    texts, not arrays.
    """
    seen: set[int] = set()
    counted: dict[int, int] = {}
    waiting: list[object] = [root]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            while isinstance(one.base, np.ndarray):
                one = one.base
            counted[id(one)] = one.nbytes
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list | tuple):
            waiting.extend(one if len(one) <= 1000 else ())
        elif type(one).__module__.startswith("kinmatch"):
            slots = [getattr(one, name) for name in getattr(type(one), "__slots__", ()) if hasattr(one, name)]
            waiting.extend([*getattr(one, "__dict__", {}).values(), *slots])
    return sum(counted.values())


SEARCHERS = (Own, OwnNameAndDate)
LINKERS = (OwnBatch,)
