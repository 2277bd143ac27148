"""The index: a registry's persons by distinct values, searched whole for every query.

Every record has one number per fact, the number of its value in that fact's vocabulary. A query turns each vocabulary
into a small table of weights; the score of all records is then a sum of look-ups, so nothing is ever left out for
want of a blocking key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kinmatch.columns import Columns, RepeatedId
from kinmatch.form import Form, forms
from kinmatch.level import Answer, Evidence, Hit, WouldChange
from kinmatch.model import Pair, power
from kinmatch.person import Person
from kinmatch.query import Query
from kinmatch.storage import read, write
from kinmatch.strict import StrictKeys
from kinmatch.weights import Weights, default_weights

__all__ = ["Index", "RepeatedId", "UnknownRecord"]

LOOKED_AT = 24  # rows compared in full for one query, at least
Scores = NDArray[np.float32]


class UnknownRecord(LookupError):  # noqa: N818 - said as the desk says it
    """A record was asked for that the index does not hold."""


@dataclass(frozen=True)
class _Candidate:
    """A row compared in full."""

    record: int
    form: Form
    pair: Pair
    query: Query


class Index:
    """Persons of a registry, ready to be searched. Reading from several threads is safe; adding and removing is not."""

    def __init__(self, columns: Columns, *, weights: Weights | None = None) -> None:
        self.columns = columns
        self.weights = weights or default_weights()
        self._strict: StrictKeys | None = None

    @classmethod
    def build(cls, persons: Iterable[Person], *, weights: Weights | None = None) -> "Index":
        """Return an index of ``persons``.

        Raises:
            RepeatedId: two of them have the same id.
        """
        columns = Columns()
        columns.add(persons)
        return cls(columns, weights=weights)

    @classmethod
    def open(cls, directory: Path | str, *, weights: Weights | None = None) -> "Index":
        """Return the index saved in ``directory``.

        Raises:
            DamagedIndex: a file is missing, changed, or of another version; build the index anew from the registry.
        """
        return cls(read(Path(directory)), weights=weights)

    def save(self, directory: Path | str) -> None:
        """Write the index to ``directory`` so that a reader sees either the old one or the new one, whole."""
        write(self.columns, Path(directory))

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self.columns.places

    def person(self, record_id: str) -> Person:
        """Return the person filed under ``record_id``.

        Raises:
            UnknownRecord: there is none.
        """
        if record_id not in self.columns.places:
            raise UnknownRecord(f"no record {record_id!r} in the index; add it, or build the index anew")
        return self.columns.persons[self.columns.places[record_id]]

    def add(self, persons: Iterable[Person]) -> None:
        """Add persons; one whose id is known takes the place of the earlier description.

        Raises:
            RepeatedId: two of ``persons`` have the same id; nothing is added.
        """
        fresh = list(persons)
        self.columns.replace(fresh)
        self._strict = None

    def remove(self, ids: Iterable[str]) -> int:
        """Take the records of these ids out; return how many there were. Unknown ids are passed over."""
        self._strict = None
        return self.columns.remove(ids)

    def search(self, person: Person, limit: int = 10) -> list[Hit]:
        """Return the records most likely to be ``person``, the likeliest first; ties in the order of their ids."""
        return list(self.answer(person, limit=limit).hits)

    def answer(self, person: Person, *, limit: int = 10) -> Answer:
        """Search, and say also how likely it is that nobody recorded is the person sought."""
        queries = [Query(form, self.columns, self.weights) for form in forms(person)]
        alive = self.columns.alive
        if not len(self.columns):
            return Answer((), absent=1.0, rest=0.0)
        totals = np.maximum.reduce([query.totals() for query in queries]) if len(queries) > 1 else queries[0].totals()
        totals = np.where(alive, totals, -np.inf)
        looked_at = self._compare(queries, _highest(totals, max(LOOKED_AT, limit + 8)))
        mass = float(np.exp2(np.minimum(totals, 500.0).astype(np.float64)).sum())
        return self._weigh_all(looked_at, mass, limit)

    def _compare(self, queries: Sequence[Query], rows: Sequence[int]) -> list[_Candidate]:
        """The best form of each record among ``rows``, compared in full."""
        best: dict[int, _Candidate] = {}
        for row in rows:
            record, form = int(self.columns.record_of[row]), self.columns.form(row)
            for query in queries:
                pair = query.scale.weigh(form)
                if record not in best or pair.same > best[record].pair.same:
                    best[record] = _Candidate(record, form, pair, query)
        return sorted(best.values(), key=lambda one: (-one.pair.same, self.columns.persons[one.record].id))

    def _weigh_all(self, looked_at: list[_Candidate], mass: float, limit: int) -> Answer:
        """Share one whole among the records, their relatives, and nobody recorded."""
        records = len(self.columns)
        present, kin = self.weights.present / records, self.weights.relative / records
        same = [present * power(one.pair.same) for one in looked_at]
        relative = [kin * power(one.pair.relative) for one in looked_at]
        seen = sum(power(one.pair.same) for one in looked_at)
        below = present * max(mass - seen, 0.0)
        whole = sum(same) + sum(relative) + below + self.weights.absent
        hits = [
            self._hit(one, same_mass / whole, kin_mass / whole)
            for one, same_mass, kin_mass in zip(looked_at[:limit], same[:limit], relative[:limit], strict=True)
        ]
        rest = (below + sum(same[limit:]) + sum(relative[limit:])) / whole
        return Answer(tuple(hits), absent=self.weights.absent / whole, rest=rest)

    def _hit(self, one: _Candidate, probability: float, relative: float) -> Hit:
        person = self.columns.persons[one.record]
        written = next((form for form in forms(person) if form == one.form), one.form)
        evidence = one.query.scale.evidence(written, one.pair.codes)
        return Hit(person.id, probability, relative, round(one.pair.same, 2), evidence, person)

    def _against(self, person: Person, record_id: str) -> _Candidate:
        found = self.person(record_id)
        place = self.columns.places[record_id]
        queries = [Query(form, self.columns, self.weights) for form in forms(person)]
        pairs = [_Candidate(place, form, query.scale.weigh(form), query) for query in queries for form in forms(found)]
        return max(pairs, key=lambda one: one.pair.same)

    def why_not(self, person: Person, record_id: str) -> tuple[Evidence, ...]:
        """Return the evidence between ``person`` and one record, what speaks most against it first.

        Raises:
            UnknownRecord: the index does not hold that record.
        """
        one = self._against(person, record_id)
        evidence = one.query.scale.evidence(one.form, one.pair.codes)
        return tuple(sorted(evidence, key=lambda fact: fact.weight))

    def what_would_change_most(self, person: Person, record_id: str) -> tuple[WouldChange, ...]:
        """Return the facts one of the two does not give, the one worth asking for first.

        Raises:
            UnknownRecord: the index does not hold that record.
        """
        one = self._against(person, record_id)
        return one.query.scale.would_change(one.form)

    def likely_same(self, person: Person, limit: int = 3) -> list[Hit]:
        """Return records that share a strict key with ``person`` and are likely the same; cheap, for imports.

        How common values are comes from the default tables, so that no vocabulary is searched.
        """
        if self._strict is None:
            self._strict = StrictKeys(self.columns, self.weights)
        return self._strict.likely_same(person, limit=limit)


def _highest(totals: Scores, count: int) -> list[int]:
    """The rows with the highest totals, in falling order; rows no longer alive are left out."""
    rows = np.argpartition(-totals, count)[:count] if count < len(totals) else np.arange(len(totals))
    rows = rows[totals[rows] > -np.inf]
    return [int(row) for row in rows[np.argsort(-totals[rows], kind="stable")]]
