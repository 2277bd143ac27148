"""What the compiled passes read and write, by name, and the numbers of facts and rows.

Every distinct value of a segment has one number over all facts, 0 being "not given". ``code`` holds for every value
the row of the weights at which it agrees with the query, ``APART`` where it does not.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kinmatch import form

FIELDS = len(form.FIELDS)
SURNAME, GIVEN, PATRONYMIC, BIRTH_DATE, NUMBER = (
    form.FIELDS.index(name) for name in ("surname", "given", "patronymic", "birth_date", "service_number")
)
ROWS = 16  # of one fact, at most; the last stands for "does not agree"
APART = ROWS - 1
NO_ROW = 255
KINDS = 3


class Lexicon(NamedTuple):
    """The distinct values of a segment and what they are found by.

    keys (k,) sorted 64-bit digests, key_buckets their places by the topmost ``key_bits``, key_starts (k + 1,),
    key_values; the same of skeletons (s,) with the fact each belongs to; hood_starts (2**hood_bits + 1,) and hood the
    neighbourhood of the skeletons; barrier, counts and field (values,): whether a table knows the value, in how many
    rows it stands, and of which fact it is.
    """

    key_bits: int
    hood_bits: int
    keys: NDArray[np.uint64]
    key_buckets: NDArray[np.int32]
    key_starts: NDArray[np.int32]
    key_values: NDArray[np.int32]
    skeletons: NDArray[np.uint64]
    skeleton_fields: NDArray[np.uint8]
    skeleton_starts: NDArray[np.int32]
    skeleton_values: NDArray[np.int32]
    hood_starts: NDArray[np.int32]
    hood: NDArray[np.int32]
    barrier: NDArray[np.uint8]
    counts: NDArray[np.int32]
    field: NDArray[np.uint8]


class Rows(NamedTuple):
    """The rows of a segment: values (rows, FIELDS), in the order of the family names.

    The fourth column is the date itself. surname_starts (surnames + 2,) by value; dates (d,) distinct, date_starts,
    by_date the rows; number_first the first service number's value, number_starts, by_number; pairs, the digests of
    given name and father in order, and by_pair their rows; alive (rows,).
    """

    values: NDArray[np.int32]
    alive: NDArray[np.uint8]
    surname_starts: NDArray[np.int32]
    dates: NDArray[np.int32]
    date_starts: NDArray[np.int32]
    by_date: NDArray[np.int32]
    by_year: NDArray[np.int32]
    about_by_year: NDArray[np.int32]
    number_first: int
    number_starts: NDArray[np.int32]
    by_number: NDArray[np.int32]
    pairs: NDArray[np.uint32]
    by_pair: NDArray[np.int32]


class Asked(NamedTuple):
    """One form sought: exact keys with the fact and row a hit means, skeletons with theirs, and the date."""

    keys: NDArray[np.uint64]
    key_fields: NDArray[np.uint8]
    key_rows: NDArray[np.uint8]
    skeletons: NDArray[np.uint64]
    skeleton_fields: NDArray[np.uint8]
    barrier: NDArray[np.uint8]
    given: NDArray[np.uint8]
    date: int


class Scratch(NamedTuple):
    """Room to work in, one per thread: code (values,), touched (values,), stamp (skeletons,), clock (1,), found."""

    code: NDArray[np.uint8]
    touched: NDArray[np.int32]
    stamp: NDArray[np.int32]
    clock: NDArray[np.int32]
    found: NDArray[np.int32]


class Work(NamedTuple):
    """What one query gathers.

    rows and sums (most,) in falling order, kept (1,) how many there are, best (2,) the highest sum and the sum of two
    to all sums; used, the facts in the order they are looked at, and ceilings, what they can still add; below, how far
    under the best a row is passed over, in log2 units.
    """

    rows: NDArray[np.int32]
    sums: NDArray[np.float64]
    kept: NDArray[np.int64]
    best: NDArray[np.float64]
    used: NDArray[np.int64]
    ceilings: NDArray[np.float64]
    below: float


class Shares(NamedTuple):
    """What the weights are made of, by fact and row: shares of one person and of each kind of relative, and by chance.

    person and chance (FIELDS, ROWS), kin (FIELDS, ROWS, KINDS), kinds (KINDS,), counted (FIELDS,) whether the chance
    is counted in the registry, last (FIELDS,) the row of values that do not agree, near (FIELDS, 3) the row for 0, 1
    and 2 letters apart.
    """

    person: NDArray[np.float64]
    kin: NDArray[np.float64]
    chance: NDArray[np.float64]
    kinds: NDArray[np.float64]
    counted: NDArray[np.uint8]
    last: NDArray[np.uint8]
    near: NDArray[np.uint8]
    trust: float
    least: float
