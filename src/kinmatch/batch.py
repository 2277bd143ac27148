"""Two lists linked, one list searched for doubles: the same search, its work on names shared over the whole list.

Lists are taken in pieces, so that memory does not grow with the list that is sought.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kinmatch.asking import Part, outside_of, shares_of
from kinmatch.compare import comparators
from kinmatch.encode import BIRTH_DATE, Encoded, encode, with_readings
from kinmatch.form import FIELDS
from kinmatch.index import Index
from kinmatch.kernels import many
from kinmatch.level import Hit
from kinmatch.numbers import digests, packed, row_numbers
from kinmatch.person import Person
from kinmatch.table import Table, as_table
from kinmatch.weights import Weights

PIECE = 25_000  # persons sought at a time
LOOKED_AT = 16  # rows weighed in full for one person, at least
NEARLY = 0.5  # of the chance that nobody recorded is the person: below it nothing is looked at again
MOST_DOUBLES = 12  # copies of one record that are named for it
Progress = Callable[[int, int], None]


class Link(NamedTuple):
    """One row of a linkage: a query, a record, the record's rank for it, and how likely they are one person."""

    query: str
    record: str
    rank: int
    probability: float
    relative: float


class Double(NamedTuple):
    """Two records of one list that may be one person."""

    one: str
    other: str
    probability: float
    relative: float


@dataclass(frozen=True)
class Piece:
    """What one piece of a list found: for every person the records' places, likeliest first, -1 where there is none.

    Shapes: records, probability and relative (persons, most); absent (persons,).
    """

    records: NDArray[np.int32]
    probability: NDArray[np.float64]
    relative: NDArray[np.float64]
    absent: NDArray[np.float64]


def no_progress(done: int, whole: int) -> None:
    """Say nothing."""


def link(
    sought: Table | Iterable[Person],
    records: Index | Table | Iterable[Person],
    *,
    top: int = 3,
    first: int = 0,
    progress: Progress = no_progress,
) -> Iterator[Link]:
    """Yield for every person sought, from place ``first`` on, the ``top`` likeliest of ``records``.

    Raises:
        RepeatedId: two records have one id.
    """
    index = records if isinstance(records, Index) else Index.build(records)
    asked = as_table(sought)
    for start in range(first, len(asked), PIECE):
        part = asked.part(start, start + PIECE)
        yield from _links(index, part, top)
        progress(min(start + PIECE, len(asked)), len(asked))


def _links(index: Index, part: Table, top: int) -> Iterator[Link]:
    if len(index.parts) == 1:
        ids = index.parts[0].store.ids
        found = search_piece(index.parts[0], part, index.weights, most=max(LOOKED_AT, top + 4))
        for place, query in enumerate(part.ids):
            for rank in range(top):
                record = int(found.records[place, rank])
                if record >= 0:
                    shares = float(found.probability[place, rank]), float(found.relative[place, rank])
                    yield Link(query, ids[record], rank + 1, *shares)
        return
    for person in part:
        for rank, hit in enumerate(index.search(person, limit=top), 1):
            yield Link(person.id, hit.record, rank, hit.probability, hit.relative)


def doubles(
    persons: Table | Iterable[Person],
    *,
    least: float = 0.5,
    weights: Weights | None = None,
    first: int = 0,
    progress: Progress = no_progress,
) -> Iterator[Double]:
    """Yield the pairs of one list that are one person with at least the probability ``least``, each pair once.

    With ``first`` only those whose later record stands at that place or after it. ``progress`` is told after a piece.
    A pair's odds start from one expected double a record, so that the size of the list does not matter.

    Raises:
        RepeatedId: two records have one id.
    """
    table = as_table(persons)
    index = Index.build(table, weights=weights)
    if not index.parts:
        return
    for start in range(first, len(table), PIECE):
        piece = table.part(start, start + PIECE)
        yield from doubles_of(index, piece, np.arange(start, start + len(piece), dtype=np.int32), least)
        progress(min(start + PIECE, len(table)), len(table))


def doubles_of(index: Index, piece: Table, own: NDArray[np.int32], least: float) -> Iterator[Double]:
    """Yield the doubles of some records of an index of one segment, each pair from its later record.

    ``own`` (persons,) are the places of these records in the index.
    """
    ids = index.parts[0].store.ids
    found = search_piece(index.parts[0], piece, index.weights, most=MOST_DOUBLES, alone=own, pairs=True)
    for place, record in enumerate(own.tolist()):
        for at in range(found.records.shape[1]):
            other = int(found.records[place, at])
            if other < 0 or found.probability[place, at] < least:
                break
            if other < record:
                shares = float(found.probability[place, at]), float(found.relative[place, at])
                yield Double(ids[other], piece.ids[place], *shares)


def likely_same(index: Index, persons: Table | Iterable[Person], *, limit: int = 3) -> dict[str, list[Hit]]:
    """Return by id the records that ``Index.likely_same`` finds for each of many persons; who has none is left out.

    One compiled pass over all of them tells for whom it is worth asking.
    """
    table = as_table(persons)
    places = _promising(index, table) if len(index.parts) == 1 else range(len(table))
    found = {table.ids[place]: index.likely_same(table.person(place), limit) for place in places}
    return {person: hits for person, hits in found.items() if hits}


def _promising(index: Index, table: Table) -> list[int]:
    """The places of persons whose best records are likelier than relatives, and nearly as likely as nobody."""
    if not len(table):
        return []
    piece = search_piece(index.parts[0], table, index.weights, most=LOOKED_AT)
    likely = (piece.probability > piece.relative) & (piece.probability > NEARLY * piece.absent[:, None])
    return [int(place) for place in np.flatnonzero(likely.any(axis=1))]


def search_piece(
    part: Part,
    sought: Table,
    weights: Weights,
    *,
    most: int,
    alone: NDArray[np.int32] | None = None,
    pairs: bool = False,
) -> Piece:
    """Search one segment for all persons of ``sought``.

    Args:
        part: the segment and its records.
        sought: persons, as many as memory holds comfortably.
        weights: the weights to use.
        most: how many records to name for each.
        alone: for each person the place of a record that is not to be named, or -1.
        pairs: whether each pair is judged by itself, instead of sharing one whole with all other records.
    """
    encoded = with_readings(encode(sought)) if not pairs else encode(sought)
    tokens, queries = _tokens(encoded)
    segment = part.segment
    records = np.full((len(queries), most), -1, dtype=np.int32)
    same, relative = np.zeros(records.shape), np.zeros(records.shape)
    own = np.full(len(sought), -1, dtype=np.int32) if alone is None else alone
    order = np.argsort(queries[:, 0], kind="stable")
    masses = np.zeros(len(queries))
    found = records[order], same[order], relative[order]
    masses[order] = many.search_many(
        segment.lexicon,
        segment.rows,
        segment.record_of,
        shares_of(weights),
        part.scratch,
        segment.known,
        queries[order],
        tokens,
        own[encoded.record_of[order]],
        *found,
    )
    records[order], same[order], relative[order] = found
    absent = np.zeros(len(queries))
    if pairs:
        many.judge(_prior(weights), len(part), records, same, relative)
    else:
        many.share(queries, len(part), _prior(weights), records, same, relative, masses, absent)
    return _of_persons(Piece(records, same, relative, absent), encoded.record_of, len(sought))


def _prior(weights: Weights) -> many.Prior:
    missed, undated = outside_of(weights)
    return many.Prior(weights.present, weights.relative, weights.absent, missed, undated)


def _of_persons(found: Piece, person_of: NDArray[np.int32], persons: int) -> Piece:
    """One row a person: where one was sought under several readings, the reading that found most."""
    if len(person_of) == persons and (person_of == np.arange(persons)).all():
        return found
    best = np.lexsort((-found.probability[:, 0], person_of))
    first = best[np.unique(person_of[best], return_index=True)[1]]
    return Piece(found.records[first], found.probability[first], found.relative[first], found.absent[first])


def _tokens(encoded: Encoded) -> tuple[many.Tokens, NDArray[np.int32]]:
    """The distinct values sought with their keys, and the queries in their numbers."""
    queries = encoded.values.copy()
    keys: list[tuple[str, ...]] = []
    rows: list[int] = []
    skeletons: list[tuple[str, ...]] = []
    fields: list[int] = []
    settled = [0]
    for field, name in enumerate(FIELDS):
        if field == BIRTH_DATE:
            continue
        comparator, codes = comparators()[name], row_numbers(name)
        queries[:, field] = np.where(queries[:, field] > 0, queries[:, field] + len(settled) - 1, 0)
        for text in encoded.texts[field][1:]:
            asked = comparator.asked(text)
            keys.append(tuple(key for key, _row in asked))
            rows += [codes[row] for _key, row in asked]
            skeletons.append(comparator.skeletons(text))
            settled.append(comparator.settled(text))
            fields.append(field)
    return _packed_tokens(keys, rows, skeletons, fields, settled), queries


def _packed_tokens(
    keys: list[tuple[str, ...]],
    rows: list[int],
    skeletons: list[tuple[str, ...]],
    fields: list[int],
    settled: list[int],
) -> many.Tokens:
    sizes = np.fromiter(map(len, keys), np.int64, len(keys))
    shapes = np.fromiter(map(len, skeletons), np.int64, len(skeletons))
    of = np.repeat(np.array(fields, dtype=np.uint8), sizes)
    return many.Tokens(
        key_starts=np.concatenate([[0, 0], np.cumsum(sizes)]),
        keys=digests(list(chain.from_iterable(keys)), of),
        rows=np.array(rows, dtype=np.uint8),
        skeleton_starts=np.concatenate([[0, 0], np.cumsum(shapes)]),
        skeletons=packed(list(chain.from_iterable(skeletons))),
        settled=np.array(settled, dtype=np.uint8),
    )
