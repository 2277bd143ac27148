"""The index: a registry's persons in segments, searched together.

A large segment holds most records; what comes later stands in small ones beside it until they are merged. A query
finds the values that agree with it in every segment, reckons how common each agreement is in the whole registry, and
weighs only the records that hold such a value.
"""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from kinmatch import storage
from kinmatch.asking import Found, Part, Searcher
from kinmatch.encode import encode
from kinmatch.form import Form, asked_forms, forms
from kinmatch.kernels.search import ALL, FATHERS, USUAL
from kinmatch.level import Answer, Evidence, Hit, WouldChange
from kinmatch.model import Pair, Scale, power
from kinmatch.person import Person
from kinmatch.segment import build
from kinmatch.store import Store
from kinmatch.table import RepeatedId, Table, as_table
from kinmatch.weights import Weights, default_weights

__all__ = ["Index", "RepeatedId", "UnknownRecord"]

LOOKED_AT = 24  # rows weighed in full for one query, at least
SMALL = 8  # segments beside the first before the small ones are put together


class UnknownRecord(LookupError):  # noqa: N818 - said as the desk says it
    """A record was asked for that the index does not hold."""


class _Candidate(NamedTuple):
    """A record and its best row: the sums for one person and for a relative, in log2 units, and where it was found."""

    part: Part
    place: int
    row: int
    same: float
    relative: float
    found: Found

    @property
    def record(self) -> str:
        """The record's id."""
        return self.part.store.ids[self.place]


class Index:
    """Persons of a registry, ready to be searched. Reading from several threads is safe; adding and removing is not."""

    def __init__(self, parts: Iterable[Part] = (), *, weights: Weights | None = None) -> None:
        self.weights = weights or default_weights()
        self.parts: tuple[Part, ...] = tuple(parts)
        self._searcher = Searcher(self.weights)

    @classmethod
    def build(cls, persons: Table | Iterable[Person], *, weights: Weights | None = None) -> "Index":
        """Return an index of ``persons``.

        Raises:
            RepeatedId: two of them have the same id.
        """
        table = as_table(persons)
        table.check_ids()
        return cls([_part(table)] if len(table) else [], weights=weights)

    @classmethod
    def open(cls, directory: Path | str, *, weights: Weights | None = None) -> "Index":
        """Return the index saved in ``directory``, its arrays mapped into memory and shared between processes.

        Raises:
            DamagedIndex: a file is missing, changed, or of another version; build the index anew from the registry.
        """
        return cls(storage.read(Path(directory)), weights=weights)

    def save(self, directory: Path | str) -> None:
        """Write what ``directory`` does not yet hold; a reader sees either the old index or the new one, whole."""
        self.parts = storage.write(self.parts, Path(directory))

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts)

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and self._find(record_id) is not None

    def _find(self, record_id: str) -> tuple[Part, int] | None:
        for part in self.parts:
            place = part.store.places([record_id])[0]
            if place >= 0 and place not in part.gone:
                return part, place
        return None

    def _found(self, record_id: str) -> tuple[Part, int]:
        found = self._find(record_id)
        if found is None:
            raise UnknownRecord(f"no record {record_id!r} in the index; add it, or build the index anew")
        return found

    def person(self, record_id: str) -> Person:
        """Return the person filed under ``record_id``.

        Raises:
            UnknownRecord: there is none.
        """
        part, place = self._found(record_id)
        return part.store.persons.person(place)

    def add(self, persons: Table | Iterable[Person]) -> None:
        """Add persons as a segment of their own; one whose id is known takes the place of the earlier description.

        Raises:
            RepeatedId: two of ``persons`` have the same id; nothing is added.
        """
        table = as_table(persons)
        table.check_ids()
        if len(table):
            self.remove(table.ids)
            self.parts = (*self.parts, _part(table))
            self._settle()

    def remove(self, ids: Iterable[str]) -> int:
        """Take the records of these ids out; return how many there were. Unknown ids are passed over."""
        wanted = list(dict.fromkeys(ids))
        before = len(self)
        self.parts = tuple(part.without(wanted) for part in self.parts) if wanted else self.parts
        return before - len(self)

    def merge(self) -> None:
        """Make one segment of all, without what was removed. Takes as long as building; searches go on meanwhile."""
        if len(self.parts) > 1 or any(part.gone for part in self.parts):
            self.parts = _merged(self.parts)

    def _settle(self) -> None:
        """Put the small segments together, so that a query never visits many."""
        if len(self.parts) > SMALL:
            self.parts = (self.parts[0], *_merged(self.parts[1:]))

    def size(self) -> int:
        """Return the bytes of all arrays a search reads."""
        return sum(part.segment.size() for part in self.parts)

    def search(self, person: Person, limit: int = 10, *, thorough: bool = False, exhaustive: bool = False) -> list[Hit]:
        """Return the records most likely to be ``person``, the likeliest first; ties in the order of their ids."""
        return list(self.answer(person, limit=limit, thorough=thorough, exhaustive=exhaustive).hits)

    def answer(self, person: Person, *, limit: int = 10, thorough: bool = False, exhaustive: bool = False) -> Answer:
        """Search, and say also how likely it is that nobody recorded is the person sought.

        With ``thorough`` a certain hit does not hide what is far less likely, nor end the search for others whose
        family name differs altogether, where given name and father agree. With ``exhaustive`` every row is weighed: the
        auditor of the index, slower by the size of the registry.
        """
        if not len(self):
            return Answer((), absent=1.0, rest=0.0)
        most = max(LOOKED_AT, limit + 8)
        reach = ALL if exhaustive else FATHERS if thorough else USUAL
        found = [self._searcher.search(self.parts, form, most, reach=reach) for form in asked_forms(person)]
        candidates = _best_of_each(found)
        mass = max(one.mass for one in found)
        outside = 0.0 if exhaustive else min(one.outside for one in found)
        return self._weigh_all(candidates, mass, outside, limit)

    def _weigh_all(self, looked_at: list[_Candidate], mass: float, outside: float, limit: int) -> Answer:
        """Share one whole among the records, their relatives, and nobody recorded."""
        present, kin = self.weights.present / len(self), self.weights.relative / len(self)
        powers = [power(one.same) for one in looked_at]
        same = [present * one for one in powers]
        relative = [kin * power(one.relative) for one in looked_at]
        below = present * max(mass - sum(powers), 0.0) + self.weights.present * outside
        whole = sum(same) + sum(relative) + below + self.weights.absent
        hits = [
            _hit(one, same_mass / whole, kin_mass / whole)
            for one, same_mass, kin_mass in zip(looked_at[:limit], same[:limit], relative[:limit], strict=True)
        ]
        rest = (below + sum(same[limit:]) + sum(relative[limit:])) / whole
        return Answer(tuple(hits), absent=self.weights.absent / whole, rest=rest)

    def _against(self, person: Person, record_id: str) -> tuple[Scale, Form, Pair]:
        """The best-agreeing pair of names of ``person`` and one record, on the scale of this registry."""
        found = forms(self.person(record_id))
        pairs = [
            (scale, form, scale.weigh(form))
            for scale in (self._searcher.scale(self.parts, sought) for sought in asked_forms(person))
            for form in found
        ]
        return max(pairs, key=lambda one: one[2].same)

    def why_not(self, person: Person, record_id: str) -> tuple[Evidence, ...]:
        """Return the evidence between ``person`` and one record, what speaks most against it first.

        Raises:
            UnknownRecord: the index does not hold that record.
        """
        scale, form, pair = self._against(person, record_id)
        return tuple(sorted(scale.evidence(form, pair.codes), key=lambda fact: fact.weight))

    def what_would_change_most(self, person: Person, record_id: str) -> tuple[WouldChange, ...]:
        """Return the facts one of the two does not give, the one worth asking for first.

        Raises:
            UnknownRecord: the index does not hold that record.
        """
        scale, form, _pair = self._against(person, record_id)
        return scale.would_change(form)

    def likely_same(self, person: Person, limit: int = 3) -> list[Hit]:
        """Return records more likely than not the same as ``person``, for imports: copies of one person all count."""
        hits = self.search(person, limit=limit + 5)
        absent = self.weights.absent * len(self) / max(self.weights.present, 1e-9)
        return [hit for hit in hits if hit.probability > hit.relative and power(hit.score) > absent][:limit]


def _part(table: Table) -> Part:
    return Part(build(encode(table)), Store.of(table))


def _merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    living = [
        part.store.persons.person(place) for part in parts for place in range(len(part.store)) if place not in part.gone
    ]
    return (_part(Table.of(living)),) if living else ()


def _best_of_each(found: list[Found]) -> list[_Candidate]:
    """The best row of each record, the likeliest record first; of equal ones in the order of their ids."""
    best: dict[tuple[int, int], _Candidate] = {}
    for one in found:
        for part, row, same, relative in one.rows:
            place = int(part.segment.record_of[row])
            known = best.get((id(part), place))
            if known is None or same > known.same:
                best[id(part), place] = _Candidate(part, place, row, same, relative, one)
    ranked = sorted(best.values(), key=lambda one: -one.same)
    # Reading ids costs more than all the rest here, so only those of equal records are read.
    runs = [list(equal) for _same, equal in groupby(ranked, key=lambda one: one.same)]
    return [one for run in runs for one in (sorted(run, key=_id) if len(run) > 1 else run)]


def _id(one: _Candidate) -> str:
    return one.record


def _hit(one: _Candidate, same: float, relative: float) -> Hit:
    """A hit that tells its person and its evidence when it is asked for them."""

    def person() -> Person:
        return one.part.store.persons.person(one.place)

    def evidence(person: Person) -> tuple[Evidence, ...]:
        form = one.part.segment.form(one.row)
        written = next((made for made in forms(person) if made == form), form)
        return one.found.scale.evidence(written, one.found.scale.weigh(form).codes)

    return Hit(one.record, same, relative, round(one.same, 2), person, evidence)
