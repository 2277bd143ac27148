"""Compared pairs as numbers: for each enquiry its best candidates, for each candidate the level of every fact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kinmatch.compare import comparators, row_of
from kinmatch.form import FIELDS
from kinmatch.level import MISSING, Evidence

NOT_GIVEN = -1
# Evidence shows this fact only where it differs, so nothing can be learnt of it from evidence.
ONE_SIDED = frozenset({"sex"})

# By fact: the row of the weights, and the share of records that agree so with the value sought (None: not counted).
Levels = Mapping[str, tuple[str, float | None]]


class TooLittle(ValueError):  # noqa: N818 - said as the desk says it
    """There is too little to learn from; what was in force stays. The message says how much is needed."""


@dataclass(frozen=True)
class Pairs:
    """Enquiries with their candidates. Pairs of one enquiry stand together, enquiries in the order of their numbers.

    ``levels`` has the shape (pairs, facts): the place of the level's row in ``rows_of(fact)``, -1 where a side does not
    give the fact. ``chances`` has the same shape: the share (0 to 1) of records that agree so by chance, nan where it
    was not counted. ``enquiry`` has the shape (pairs,): 0 to ``enquiries`` - 1; an enquiry may have no candidate.
    ``records`` is the size of the registry that was searched.
    """

    levels: NDArray[np.int8]
    chances: NDArray[np.float64]
    enquiry: NDArray[np.int64]
    enquiries: int
    records: int

    def __len__(self) -> int:
        return len(self.enquiry)


@cache
def rows_of(field: str) -> tuple[str, ...]:
    """Return the rows of the weights of one fact, in the order of its levels."""
    return tuple(dict.fromkeys(row for row, _words in comparators()[field].LEVELS.values()))


def levels_of(evidence: Iterable[Evidence]) -> dict[str, tuple[str, float | None]]:
    """Return the levels of a proposal from its evidence; facts that evidence shows only at times are left out."""
    return {
        fact.field: (row_of(fact.field, fact.level), fact.common)
        for fact in evidence
        if fact.level != MISSING and fact.field not in ONE_SIDED
    }


def pairs_of(asked: Iterable[Sequence[Levels]], *, records: int) -> Pairs:
    """Return the pairs of enquiries, each given as the levels of its candidates.

    Raises:
        LookupError: a fact or a row that this version does not know.
        ValueError: ``records`` is not above 0.
    """
    if records <= 0:
        raise ValueError(f"a registry that was searched has records, got {records}")
    levels: list[list[int]] = []
    chances: list[list[float]] = []
    enquiry: list[int] = []
    enquiries = 0
    for number, candidates in enumerate(asked):
        enquiries = number + 1
        for candidate in candidates:
            row, shares = _numbers(candidate)
            levels.append(row)
            chances.append(shares)
            enquiry.append(number)
    shape = (len(enquiry), len(FIELDS))
    return Pairs(
        levels=np.array(levels, dtype=np.int8).reshape(shape),
        chances=np.array(chances, dtype=np.float64).reshape(shape),
        enquiry=np.array(enquiry, dtype=np.int64),
        enquiries=enquiries,
        records=records,
    )


def _numbers(candidate: Levels) -> tuple[list[int], list[float]]:
    unknown = set(candidate) - set(FIELDS)
    if unknown:
        raise LookupError(f"no fact is called {min(unknown)!r}; known: {', '.join(FIELDS)}")
    levels, shares = [NOT_GIVEN] * len(FIELDS), [float("nan")] * len(FIELDS)
    for at, field in enumerate(FIELDS):
        if field in candidate:
            row, share = candidate[field]
            if row not in rows_of(field):
                raise LookupError(f"{field} has no row {row!r}; known: {', '.join(rows_of(field))}")
            levels[at] = rows_of(field).index(row)
            shares[at] = float("nan") if share is None else share
    return levels, shares
