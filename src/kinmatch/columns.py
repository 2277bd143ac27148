"""The columns of an index: for every row the number of its value in each fact's vocabulary.

A row is one asserted name of one record, so a record with a maiden name has two rows.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinmatch.compare import comparators
from kinmatch.form import FIELDS, Form, forms
from kinmatch.person import Person
from kinmatch.vocabulary import Vocabulary

Numbers = NDArray[np.int32]


class RepeatedId(ValueError):  # noqa: N818 - said as the desk says it
    """Two persons with one id; an id names one record."""


class Columns:
    """Rows, vocabularies and persons of one registry. Shape of ``values[field]`` and ``record_of``: (rows,)."""

    def __init__(self) -> None:
        self.vocabularies = {field: Vocabulary(comparator) for field, comparator in comparators().items()}
        self._in_order = [self.vocabularies[field] for field in FIELDS]
        self.values: dict[str, Numbers] = {field: np.zeros(0, dtype=np.int32) for field in FIELDS}
        self.record_of: Numbers = np.zeros(0, dtype=np.int32)
        self.alive: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self.persons: Sequence[Person] = []
        self.places: dict[str, int] = {}
        self._counts: dict[str, NDArray[np.int64]] = {}
        self._remembered: tuple[object, dict[tuple[str, str], Any]] = (None, {})

    def __len__(self) -> int:
        return len(self.places)

    def form(self, row: int) -> Form:
        """Return the comparable values of one row."""
        numbers = [self.values[field].item(row) for field in FIELDS]
        return Form(tuple(words.values[number] for words, number in zip(self._in_order, numbers, strict=True)))

    def add(self, persons: Iterable[Person]) -> None:
        """Append persons whose ids are not yet here.

        Raises:
            RepeatedId: an id is here already, or comes twice; nothing is added.
        """
        fresh = list(persons)
        ids = dict.fromkeys(person.id for person in fresh)
        twice = next((person.id for person in fresh if person.id in self.places), None)
        if twice is not None or len(ids) < len(fresh):
            raise RepeatedId(
                f"the id {twice or _first_repeated(fresh)!r} comes twice; every record needs an id of its own"
            )
        self._append(fresh)

    def replace(self, persons: Sequence[Person]) -> None:
        """Add persons, those with a known id in place of the earlier ones.

        Raises:
            RepeatedId: an id comes twice in ``persons``; nothing is changed.
        """
        if len({person.id for person in persons}) < len(persons):
            raise RepeatedId(f"the id {_first_repeated(persons)!r} comes twice; every record needs an id of its own")
        self.remove(person.id for person in persons)
        self._append(persons)

    def remove(self, ids: Iterable[str]) -> int:
        """Take records out; return how many there were."""
        gone = [self.places.pop(record_id) for record_id in ids if record_id in self.places]
        if gone:
            self.alive = self.alive & ~np.isin(self.record_of, np.array(gone, dtype=np.int32))
            self._changed()
        return len(gone)

    def living_rows(self) -> list[int]:
        """Return the numbers of the rows that have not been removed."""
        return [int(row) for row in np.flatnonzero(self.alive)]

    def remembered(self, weights: object) -> dict[tuple[str, str], Any]:
        """Return the tables of earlier queries with these weights, by fact and value; none after a change."""
        if self._remembered[0] is not weights:
            self._remembered = (weights, {})
        return self._remembered[1]

    def _changed(self) -> None:
        self._counts = {}
        self._remembered = (None, {})

    def counts(self, field: str) -> NDArray[np.int64]:
        """Return how many living rows have each value of ``field``. Shape: (values,)."""
        if field not in self._counts:
            living = self.values[field][self.alive]
            counted = np.bincount(living, minlength=len(self.vocabularies[field].values))
            self._counts[field] = counted.astype(np.int64)
        return self._counts[field]

    def _append(self, fresh: Sequence[Person]) -> None:
        rows: list[list[int]] = []
        record_of: list[int] = []
        start = len(self.persons)
        vocabularies = list(self.vocabularies.values())
        for place, person in enumerate(fresh, start):
            for form in forms(person):
                rows.append(
                    [vocabulary.number(value) for vocabulary, value in zip(vocabularies, form.values, strict=True)]
                )
                record_of.append(place)
            self.places[person.id] = place
        table = np.array(rows, dtype=np.int32).reshape(-1, len(FIELDS))
        for at, field in enumerate(FIELDS):
            self.values[field] = np.concatenate([self.values[field], table[:, at]])
        self.record_of = np.concatenate([self.record_of, np.array(record_of, dtype=np.int32)])
        self.alive = np.concatenate([self.alive, np.ones(len(rows), dtype=np.bool_)])
        self.persons = [*self.persons, *fresh]
        self._changed()


def _first_repeated(persons: Iterable[Person]) -> str:
    seen: set[str] = set()
    for person in persons:
        if person.id in seen:
            return person.id
        seen.add(person.id)
    return ""
