"""Two lists linked, one list searched for doubles: the same comparison as a search, over many."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kinmatch.blocking import loose_keys
from kinmatch.columns import Columns
from kinmatch.form import Form
from kinmatch.index import Index
from kinmatch.model import Scale, power
from kinmatch.person import Person
from kinmatch.weights import Weights, default_weights

LARGEST_BLOCK = 400  # rows under one key; a larger block is left to the other, rarer keys its rows also have
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Link:
    """One row of a linkage: a query, a record, the record's rank for it, and how likely they are one person."""

    query: str
    record: str
    rank: int
    probability: float
    relative: float


@dataclass(frozen=True)
class Double:
    """Two records of one list that may be one person."""

    one: str
    other: str
    probability: float
    relative: float


def no_progress(done: int, whole: int) -> None:
    """Say nothing."""


def link(
    sought: Sequence[Person], records: Sequence[Person], *, top: int = 3, progress: Progress = no_progress
) -> Iterator[Link]:
    """Yield for every person sought the ``top`` likeliest of ``records``.

    Raises:
        RepeatedId: two records have one id.
    """
    index = Index.build(records)
    for done, person in enumerate(sought, 1):
        for rank, hit in enumerate(index.search(person, limit=top), 1):
            yield Link(person.id, hit.record, rank, hit.probability, hit.relative)
        progress(done, len(sought))


def doubles(
    persons: Sequence[Person],
    *,
    least: float = 0.5,
    weights: Weights | None = None,
    progress: Progress = no_progress,
) -> Iterator[Double]:
    """Yield the pairs of one list that are one person with at least the probability ``least``, each pair once.

    A pair's odds start from one expected double a record, so that the size of the list does not matter.

    Raises:
        RepeatedId: two records have one id.
    """
    used = weights or default_weights()
    columns = Columns()
    columns.add(persons)
    rows = columns.living_rows()
    blocks = _blocks(columns, rows)
    seen: set[tuple[int, int]] = set()
    for done, row in enumerate(rows, 1):
        scale = Scale(columns.form(row), weights=used)
        for other in blocks.partners(row):
            pair = (int(columns.record_of[row]), int(columns.record_of[other]))
            if pair[0] != pair[1] and pair not in seen:
                seen.add(pair)
                same, relative = _shares(scale, columns.form(other), records=len(columns))
                if same >= least:
                    yield Double(columns.persons[pair[0]].id, columns.persons[pair[1]].id, same, relative)
        progress(done, len(rows))


def _shares(scale: Scale, found: Form, *, records: int) -> tuple[float, float]:
    """The probabilities that a pair is one person, and that it is relatives or namesakes."""
    weighed, weights = scale.weigh(found), scale.weights
    same = weights.present * power(weighed.same) / records
    relative = weights.relative * power(weighed.relative) / records
    whole = same + relative + weights.absent
    return same / whole, relative / whole


@dataclass(frozen=True)
class _Blocks:
    """Rows by loose key; a row's partners are the later rows that share one."""

    keys_of: dict[int, tuple[str, ...]]
    rows_of: dict[str, list[int]]

    def partners(self, row: int) -> Iterator[int]:
        later = {other for key in self.keys_of[row] for other in self.rows_of.get(key, ()) if other > row}
        yield from sorted(later)


def _blocks(columns: Columns, rows: Sequence[int]) -> _Blocks:
    keys_of = {row: loose_keys(columns.form(row)) for row in rows}
    sizes = Counter(key for keys in keys_of.values() for key in keys)
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, keys in keys_of.items():
        for key in keys:
            if 1 < sizes[key] <= LARGEST_BLOCK:
                rows_of[key].append(row)
    return _Blocks(keys_of, dict(rows_of))
