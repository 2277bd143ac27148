"""A segment: some thousand or million rows that never change, with everything they are found by.

Arrays only, so that it can lie in a file and be read by several processes at once. A removed record is marked in
``alive``, the one array that is replaced.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kinmatch.compare import comparators
from kinmatch.encode import BIRTH_DATE, GIVEN, NUMBER, PATRONYMIC, SURNAME, Encoded
from kinmatch.form import FIELDS, Form
from kinmatch.kernels import skeletons as kernels
from kinmatch.kernels.dates import ABOUT, YEARS
from kinmatch.kernels.search import pairs_of
from kinmatch.kernels.shapes import Lexicon, Rows
from kinmatch.numbers import day_text, digests, packed

LEAST_BITS, MOST_BITS = 4, 26


@dataclass(frozen=True)
class Texts:
    """Distinct texts as one run of bytes. Shapes: letters (bytes,), ends (texts + 1,)."""

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        """Return the store of ``texts``."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        ends = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, encoded), np.int64, len(texts)), out=ends[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: int) -> str:
        return self.letters[self.ends[number] : self.ends[number + 1]].tobytes().decode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Segment:
    """Rows and the values they are made of. ``firsts`` (FIELDS + 1,) is the number of each fact's first value.

    ``known`` (FIELDS,) rows that give the fact; ``record_of`` (rows,) the place of the row's record in the segment.
    """

    lexicon: Lexicon
    rows: Rows
    firsts: NDArray[np.int32]
    known: NDArray[np.float64]
    record_of: NDArray[np.int32]
    texts: Texts

    def __len__(self) -> int:
        return len(self.record_of)

    def form(self, row: int) -> Form:
        """Return the comparable values of one row."""
        numbers = self.rows.values[row]
        return Form(
            tuple(
                (day_text(number) if number else "") if field == BIRTH_DATE else self.texts[number]
                for field, number in enumerate(map(int, numbers))
            )
        )

    def without(self, places: Sequence[int]) -> "Segment":
        """Return the segment with the records at ``places`` marked as removed."""
        alive = self.rows.alive.copy()
        alive[np.isin(self.record_of, np.array(places, dtype=np.int32))] = 0
        return replace(self, rows=self.rows._replace(alive=alive))

    def size(self) -> int:
        """Return the bytes of all arrays a search reads."""
        arrays = [*self.lexicon[2:], *(one for one in self.rows if isinstance(one, np.ndarray)), self.record_of]
        return sum(array.nbytes for array in arrays)


def build(encoded: Encoded) -> Segment:
    """Return the segment of these rows."""
    surname_order = _surname_order(encoded)
    firsts, values = _numbered(encoded, surname_order)
    order = np.lexsort((values[:, 1], values[:, SURNAME]))
    values = values[order]
    texts = [text for field, known in enumerate(encoded.texts) for text in _in_order(field, known, surname_order)]
    fields = np.repeat(np.arange(len(FIELDS), dtype=np.uint8), np.diff(firsts))
    fields = np.concatenate([np.zeros(1, dtype=np.uint8), fields])
    count = np.zeros(len(texts) + 1, dtype=np.int32)
    for field in range(len(FIELDS)):
        if field != BIRTH_DATE:
            count += np.bincount(values[:, field], minlength=len(count)).astype(np.int32)
    count[0] = 0
    return Segment(
        _lexicon(texts, fields, count),
        _rows(values, firsts, count, texts),
        firsts,
        (values > 0).sum(axis=0).astype(np.float64),
        encoded.record_of[order],
        Texts.of(["", *texts]),
    )


def _surname_order(encoded: Encoded) -> NDArray[np.int64]:
    """The order in which family names are numbered: by skeleton, so that what is alike lies together."""
    known = encoded.texts[SURNAME][1:]
    skeletons = [comparators()["surname"].skeletons(text)[:1] for text in known]
    order: NDArray[np.int64] = np.argsort(packed([found[0] if found else "" for found in skeletons]), kind="stable")
    return order


def _in_order(field: int, known: list[str], surname_order: NDArray[np.int64]) -> list[str]:
    return [known[at + 1] for at in surname_order] if field == SURNAME else known[1:]


def _numbered(encoded: Encoded, surname_order: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Where the values of each fact begin, and the rows with their numbers over all facts."""
    sizes = [0 if field == BIRTH_DATE else len(known) - 1 for field, known in enumerate(encoded.texts)]
    firsts = np.concatenate([[1], 1 + np.cumsum(sizes)]).astype(np.int32)
    values = encoded.values.copy()
    place = np.zeros(len(surname_order) + 1, dtype=np.int32)
    place[surname_order + 1] = np.arange(1, len(surname_order) + 1)
    values[:, SURNAME] = place[values[:, SURNAME]]
    for field in range(len(FIELDS)):
        if field != BIRTH_DATE:
            values[:, field] = np.where(values[:, field] > 0, values[:, field] + firsts[field] - 1, 0)
    return firsts, values


def _rows(values: NDArray[np.int32], firsts: NDArray[np.int32], count: NDArray[np.int32], texts: list[str]) -> Rows:
    dated = np.flatnonzero(values[:, BIRTH_DATE])
    by_date = dated[np.argsort(values[dated, BIRTH_DATE], kind="stable")].astype(np.int32)
    dates, date_starts = _starts(values[by_date, BIRTH_DATE])
    numbered = np.flatnonzero(values[:, NUMBER])
    by_number = numbered[np.argsort(values[numbered, NUMBER], kind="stable")].astype(np.int32)
    pairs, by_pair = _pairs(values, texts)
    number_counts = count[firsts[NUMBER] : firsts[NUMBER + 1]]
    sizes = count[: firsts[SURNAME + 1]].copy()
    sizes[0] = (values[:, SURNAME] == 0).sum()
    dates_of = values[:, BIRTH_DATE]
    years = (dates_of & (ABOUT - 1)) >> 9
    exact, about = years[(dates_of > 0) & (dates_of < ABOUT)], years[dates_of >= ABOUT]
    return Rows(
        values=np.ascontiguousarray(values),
        alive=np.ones(len(values), dtype=np.uint8),
        surname_starts=_running(sizes),
        dates=dates,
        date_starts=date_starts,
        by_date=by_date,
        by_year=np.bincount(exact, minlength=YEARS).astype(np.int32)[:YEARS],
        about_by_year=np.bincount(about, minlength=YEARS).astype(np.int32)[:YEARS],
        number_first=int(firsts[NUMBER]),
        number_starts=_running(number_counts),
        by_number=by_number,
        pairs=pairs,
        by_pair=by_pair,
    )


def _pairs(values: NDArray[np.int32], texts: list[str]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Digests of given name and father in order, and their rows, for rows that have both."""
    named = np.flatnonzero((values[:, GIVEN] > 0) & (values[:, PATRONYMIC] > 0))
    either = [_name_digests(values[named, field], texts, field) for field in (GIVEN, PATRONYMIC)]
    found = pairs_of(*either)
    order = np.argsort(found, kind="stable")
    return found[order], named[order].astype(np.int32)


def _name_digests(numbers: NDArray[np.int32], texts: list[str], field: int) -> NDArray[np.uint64]:
    """For every row the digest of the key its name is best known by: the concept, else the spelling."""
    distinct, places = np.unique(numbers, return_inverse=True)
    filed = [sorted(comparators()[FIELDS[field]].filed(texts[number - 1])) for number in distinct]
    best = [next((key for kind in ("n:", "f:") for key in keys if key.startswith(kind)), "") for keys in filed]
    return digests(best, np.full(len(best), field, dtype=np.uint8))[places]


def _running(counts: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def _starts(ordered: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Distinct values of an ordered array, and where each begins."""
    distinct, first = np.unique(ordered, return_index=True)
    return distinct.astype(np.int32), np.append(first, len(ordered)).astype(np.int32)


def _lexicon(texts: list[str], fields: NDArray[np.uint8], count: NDArray[np.int32]) -> Lexicon:
    """Everything the values are found by. ``texts`` are the values from number 1 on."""
    by_field = [comparators()[name] for name in FIELDS]
    keys: list[tuple[str, ...]] = []
    skeletons: list[tuple[str, ...]] = []
    barrier = np.zeros(len(texts) + 1, dtype=np.uint8)
    for number, (text, field) in enumerate(zip(texts, fields[1:].tolist(), strict=True), 1):
        comparator = by_field[field]
        keys.append(comparator.filed(text))
        skeletons.append(comparator.skeletons(text))
        barrier[number] = comparator.settled(text)
    key_of, key_fields, key_values = _flat(keys, fields)
    found, starts, key_values = _posted(digests(key_of, key_fields), key_values)
    key_bits = _bits(len(found) // 2)
    buckets = np.searchsorted(found >> np.uint64(64 - key_bits), np.arange((1 << key_bits) + 1, dtype=np.uint64))
    skeleton_of, skeleton_fields, skeleton_values = _flat(skeletons, fields)
    shapes, shape_fields, shape_starts, shape_values = _shapes(packed(skeleton_of), skeleton_fields, skeleton_values)
    reaches = _reaches(shapes, shape_fields)
    hood_bits = _bits(kernels.count_variants(shapes, reaches) // 6)
    hood_starts, hood = kernels.neighbourhood(shapes, shape_fields, reaches, hood_bits)
    return Lexicon(
        key_bits=key_bits,
        hood_bits=hood_bits,
        keys=found,
        key_buckets=buckets.astype(np.int32),
        key_starts=starts,
        key_values=key_values,
        skeletons=shapes,
        skeleton_fields=shape_fields,
        skeleton_starts=shape_starts,
        skeleton_values=shape_values,
        hood_starts=hood_starts,
        hood=hood,
        barrier=barrier,
        counts=count,
        field=fields,
    )


def _flat(
    keys: list[tuple[str, ...]], fields: NDArray[np.uint8]
) -> tuple[list[str], NDArray[np.uint8], NDArray[np.int32]]:
    """All keys in one list, with the fact and the value each belongs to."""
    sizes = np.fromiter(map(len, keys), np.int64, len(keys))
    values = np.repeat(np.arange(1, len(keys) + 1, dtype=np.int32), sizes)
    return list(chain.from_iterable(keys)), fields[values], values


def _posted(
    found: NDArray[np.uint64], values: NDArray[np.int32]
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int32]]:
    """Distinct keys in order, where the values of each begin, and the values."""
    order = np.argsort(found, kind="stable")
    distinct, first = np.unique(found[order], return_index=True)
    return distinct, np.append(first, len(found)).astype(np.int32), values[order]


def _shapes(
    found: NDArray[np.uint64], fields: NDArray[np.uint8], values: NDArray[np.int32]
) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.int32], NDArray[np.int32]]:
    """Distinct skeletons of each fact, where the values of each begin, and the values."""
    order = np.lexsort((found, fields))
    found, fields, values = found[order], fields[order], values[order]
    fresh = np.ones(len(found), dtype=np.bool_)
    fresh[1:] = (found[1:] != found[:-1]) | (fields[1:] != fields[:-1])
    first = np.flatnonzero(fresh)
    return found[first], fields[first], np.append(first, len(found)).astype(np.int32), values


def _reaches(shapes: NDArray[np.uint64], fields: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How many letters may be left out of each skeleton: by its length, and as far as its fact's rows go."""
    lengths = (shapes >> kernels.LENGTH_AT).astype(np.int64)
    far = np.array([max(comparators()[name].NEAR, default=0) for name in FIELDS])[fields]
    reaches: NDArray[np.int64] = np.minimum(np.select([lengths < 4, lengths < 7], [0, 1], 2), far).astype(np.int64)
    return reaches


def _bits(count: int) -> int:
    """The bits of a table with about one entry a bucket."""
    return min(max(int(count).bit_length(), LEAST_BITS), MOST_BITS)
