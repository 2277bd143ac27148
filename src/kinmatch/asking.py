"""One form sought in all segments: which rows weigh most, and what the registry knows of each agreement."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kinmatch.compare import comparators, rows
from kinmatch.encode import BIRTH_DATE, SURNAME
from kinmatch.form import FIELDS, Form
from kinmatch.kernels import match, search, weigh
from kinmatch.kernels import shapes as lay
from kinmatch.kernels.dates import ABOUT
from kinmatch.model import Scale
from kinmatch.numbers import day_number, digests, packed, row_numbers
from kinmatch.segment import Segment
from kinmatch.store import Store
from kinmatch.weights import KINDS, LEAST, TRUST, Weights

GATHERED = 4096  # rows gathered before they are weighed


@dataclass(frozen=True, eq=False)
class Part:
    """A segment, its records, and the places of those removed. ``name`` is its folder once it is saved."""

    segment: Segment
    store: Store
    gone: frozenset[int] = frozenset()
    name: str = ""
    _scratch: threading.local = field(default_factory=threading.local)

    def __len__(self) -> int:
        return len(self.store) - len(self.gone)

    def without(self, ids: Sequence[str]) -> "Part":
        """Return the part with the records of these ids marked as removed."""
        places = {place for place in self.store.places(ids) if place >= 0} - self.gone
        if not places:
            return self
        return replace(self, segment=self.segment.without(sorted(places)), gone=self.gone | places)

    @property
    def scratch(self) -> lay.Scratch:
        """Room to work in, one per thread."""
        if not hasattr(self._scratch, "room"):
            values, shapes = len(self.segment.lexicon.counts), len(self.segment.lexicon.skeletons)
            self._scratch.room = lay.Scratch(
                code=np.full(values, lay.APART, dtype=np.uint8),
                touched=np.zeros(values + 1, dtype=np.int32),
                stamp=np.zeros(shapes, dtype=np.int32),
                clock=np.zeros(1, dtype=np.int32),
                found=np.zeros(GATHERED, dtype=np.int32),
            )
        room: lay.Scratch = self._scratch.room
        return room


class FoundRow(NamedTuple):
    """One row of one part, with its weight as the person sought and as a relative, in log2 units."""

    part: Part
    row: int
    same: float
    relative: float


@dataclass(frozen=True, eq=False)
class Found:
    """What one form found: the rows that weigh most, and the sum over all rows looked at of two to their weight.

    ``outside`` is the chance that the record of the person sought is among the rows that were not looked at.
    """

    form: Form
    rows: list[FoundRow]
    mass: float
    outside: float
    chances: NDArray[np.float64]
    weights: Weights

    @cached_property
    def scale(self) -> Scale:
        """The form on the scale of this registry."""
        return _scale(self.form, self.weights, self.chances)


class Searcher:
    """Searches parts with one set of weights."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._shares = shares_of(weights)

    def search(self, parts: Sequence[Part], form: Form, most: int, *, reach: int = search.USUAL) -> Found:
        """Return the ``most`` rows of all ``parts`` that weigh most."""
        asked = asked_of(form)
        if len(parts) == 1:
            return self._search_one(parts[0], form, asked, most, reach=reach)
        touched = [match.match(part.segment.lexicon, asked, self._shares, part.scratch, 0) for part in parts]
        levels = self._levels(parts, asked, touched)
        found: list[FoundRow] = []
        mass = 0.0
        for part, count in zip(parts, touched, strict=True):
            rows_found, more = self._best(part, asked, count, levels, most, reach=reach)
            found += rows_found
            mass += more
            match.clear(part.scratch, 0, count)
        found.sort(key=lambda row: -row.same)
        return Found(form, found[:most], mass, self._outside(asked), levels[2], self.weights)

    def _search_one(self, part: Part, form: Form, asked: lay.Asked, most: int, *, reach: int) -> Found:
        """The same in one call, where there is one segment."""
        segment = part.segment
        best, sums, relatives = np.zeros(most, dtype=np.int32), np.zeros(most), np.zeros(most)
        chances = np.zeros((lay.FIELDS, lay.ROWS))
        known = segment.known
        kept, mass = search.search_one(
            segment.lexicon,
            segment.rows,
            asked,
            self._shares,
            part.scratch,
            known,
            reach,
            best,
            sums,
            relatives,
            chances,
        )
        found = _found_rows(part, best[:kept], sums, relatives)
        return Found(form, found, float(mass), self._outside(asked), chances, self.weights)

    def scale(self, parts: Sequence[Part], form: Form) -> Scale:
        """Return ``form`` on the scale of this registry, without looking at its rows."""
        asked = asked_of(form)
        touched = [match.match(part.segment.lexicon, asked, self._shares, part.scratch, 0) for part in parts]
        chances = self._levels(parts, asked, touched)[2]
        for part, count in zip(parts, touched, strict=True):
            match.clear(part.scratch, 0, count)
        return _scale(form, self.weights, chances)

    def _levels(
        self, parts: Sequence[Part], asked: lay.Asked, touched: Sequence[int]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Weights, weights of relatives, and chances of every level of every fact, for this query in all parts."""
        mass = np.zeros((lay.FIELDS, lay.ROWS))
        known = np.zeros(lay.FIELDS)
        for part, count in zip(parts, touched, strict=True):
            match.count(part.segment.lexicon, part.segment.rows, asked, part.scratch, count, mass)
            known += part.segment.known
        weights, chances = np.zeros_like(mass), np.zeros_like(mass)
        kin_weights = np.zeros((lay.FIELDS, lay.ROWS, lay.KINDS))
        match.weigh_levels(self._shares, asked, mass, known, weights, kin_weights, chances)
        return weights, kin_weights, chances

    def _best(
        self,
        part: Part,
        asked: lay.Asked,
        touched: int,
        levels: tuple[NDArray[np.float64], ...],
        most: int,
        *,
        reach: int,
    ) -> tuple[list[FoundRow], float]:
        best, sums = np.zeros(most, dtype=np.int32), np.zeros(most)
        kept, mass = search.best_rows(part.segment.rows, asked, part.scratch, touched, levels[0], reach, best, sums)
        relatives = np.zeros(kept)
        weigh.relatives(part.segment.rows, asked, part.scratch, self._shares, levels[1], best, kept, relatives)
        return _found_rows(part, best[:kept], sums, relatives), float(mass)

    def _outside(self, asked: lay.Asked) -> float:
        """The chance that the true record differs in the family name and in the day of birth, and so was not met."""
        if not asked.given[SURNAME]:
            return 0.0
        missed, undated = outside_of(self.weights)
        return missed * undated if asked.date & 31 and asked.date < ABOUT else missed


def _found_rows(
    part: Part, rows: NDArray[np.int32], sums: NDArray[np.float64], kin: NDArray[np.float64]
) -> list[FoundRow]:
    """The rows of one part with their weights."""
    return [
        FoundRow(part, row, same, more)
        for row, same, more in zip(rows.tolist(), sums.tolist(), kin.tolist(), strict=False)
    ]


def outside_of(weights: Weights) -> tuple[float, float]:
    """Return the chances that a record's family name does not agree at all, and that its date does not closely."""
    met = sum(weights.rows["birth_date", row].person for row in ("same", "swapped"))
    return weights.rows["surname", "different"].person, max(1.0 - met, 0.0)


def asked_of(form: Form) -> lay.Asked:
    """Return one form as the kernels read it."""
    keys: list[str] = []
    key_fields: list[int] = []
    key_rows: list[int] = []
    skeletons: list[str] = []
    skeleton_fields: list[int] = []
    barrier = np.zeros(len(FIELDS), dtype=np.uint8)
    given = np.zeros(len(FIELDS), dtype=np.uint8)
    for number, (name, value) in enumerate(zip(FIELDS, form.values, strict=True)):
        if not value:
            continue
        given[number] = 1
        comparator = comparators()[name]
        codes = row_numbers(name)
        for key, row in comparator.asked(value):
            keys.append(key)
            key_fields.append(number)
            key_rows.append(codes[row])
        shapes = comparator.skeletons(value)
        skeletons += shapes
        skeleton_fields += [number] * len(shapes)
        barrier[number] = comparator.settled(value)
    fields = np.array(key_fields, dtype=np.uint8)
    return lay.Asked(
        keys=digests(keys, fields),
        key_fields=fields,
        key_rows=np.array(key_rows, dtype=np.uint8),
        skeletons=packed(skeletons),
        skeleton_fields=np.array(skeleton_fields, dtype=np.uint8),
        barrier=barrier,
        given=given,
        date=day_number(form.values[BIRTH_DATE]),
    )


def shares_of(weights: Weights) -> lay.Shares:
    """Return the weights as arrays by fact and row."""
    person = np.zeros((lay.FIELDS, lay.ROWS))
    kin = np.zeros((lay.FIELDS, lay.ROWS, lay.KINDS))
    chance = np.zeros_like(person)
    near = np.full((lay.FIELDS, 3), lay.NO_ROW, dtype=np.uint8)
    for number, name in enumerate(FIELDS):
        for row, code in row_numbers(name).items():
            entry = weights.rows[name, row]
            person[number, code], chance[number, code] = entry.person, entry.chance
            kin[number, code] = [getattr(entry, kind) for kind in KINDS]
        for apart, row in comparators()[name].NEAR.items():
            near[number, apart] = row_numbers(name)[row]
    return lay.Shares(
        person=person,
        kin=kin,
        chance=chance,
        kinds=np.array([weights.kinds[kind] for kind in KINDS]),
        counted=np.array([name in weights.frequency_fields for name in FIELDS], dtype=np.uint8),
        last=np.array([len(rows(name)) - 1 for name in FIELDS], dtype=np.uint8),
        near=near,
        trust=float(TRUST),
        least=LEAST,
    )


def _scale(form: Form, weights: Weights, chances: NDArray[np.float64]) -> Scale:
    """The form on a scale that knows how common each agreement is in the registry."""

    def chance(name: str, row: str, _sought: str) -> float | None:
        return float(chances[FIELDS.index(name), row_numbers(name)[row]])

    return Scale(form, weights=weights, chance=chance)
