"""The records an index was made of: their ids, and the persons as their source described them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kinmatch.numbers import digests
from kinmatch.person import Name, Person
from kinmatch.segment import Texts
from kinmatch.table import Table


class Persons(Protocol):
    """Persons by place."""

    def person(self, place: int) -> Person:
        """Return one person."""


@dataclass(frozen=True)
class Store:
    """The records of one segment by place.

    Shapes: digests (records,) of the ids in order, order (records,) their places.
    """

    ids: Texts | Sequence[str]
    persons: Persons
    digests: NDArray[np.uint64]
    order: NDArray[np.int32]

    @classmethod
    def of(cls, table: Table) -> "Store":
        """Return the store of ``table``, which it keeps."""
        found = digests(table.ids, np.zeros(len(table), dtype=np.uint8))
        order = np.argsort(found, kind="stable").astype(np.int32)
        return cls(table.ids, table, found[order], order)

    def __len__(self) -> int:
        return len(self.order)

    def places(self, ids: Sequence[str]) -> list[int]:
        """Return the place of every id, -1 for those not here."""
        return [self._place(one, int(found)) for one, found in zip(ids, _digests(ids), strict=True)]

    def _place(self, record_id: str, found: int) -> int:
        at = int(np.searchsorted(self.digests, np.uint64(found)))
        while at < len(self.digests) and int(self.digests[at]) == found:
            if self.ids[int(self.order[at])] == record_id:
                return int(self.order[at])
            at += 1
        return -1


def _digests(ids: Sequence[str]) -> NDArray[np.uint64]:
    return digests(ids, np.zeros(len(ids), dtype=np.uint8))


class PersonsOnDisk:
    """Persons as lines of JSON in a file, each read when it is asked for. ``ends`` (records + 1,) bytes."""

    def __init__(self, path: Path, ends: NDArray[np.int64]) -> None:
        self._lines = np.memmap(path, dtype=np.uint8, mode="r") if path.stat().st_size else np.zeros(0, dtype=np.uint8)
        self._ends = ends

    def person(self, place: int) -> Person:
        """Return one person."""
        line = self._lines[int(self._ends[place]) : int(self._ends[place + 1])]
        stored: dict[str, Any] = json.loads(line.tobytes().decode("utf-8", "surrogatepass"))
        also = tuple(Name(**name) for name in stored.pop("also", ()))
        return Person(**stored, also=also)


def lines(persons: Iterable[Person]) -> Iterator[bytes]:
    """Yield each person as a line of JSON, facts not given left out."""
    for person in persons:
        given: dict[str, Any] = {fact: value for fact, value in vars(person).items() if value and fact in _FACTS}
        if person.also:
            given["also"] = [vars(name) for name in person.also]
        yield json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


_FACTS = frozenset(Person.__dataclass_fields__) - {"also"}
