"""Many queries against one segment in one compiled pass, and how the whole is shared among their records."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kinmatch.kernels import match
from kinmatch.kernels.search import USUAL, search_matched
from kinmatch.kernels.shapes import BIRTH_DATE, FIELDS, ROWS, SURNAME, Asked

MOST_KEYS = 4096  # exact keys of one query; a name with more readings than that loses the last of them
MOST_SKELETONS = 512


class Tokens(NamedTuple):
    """The distinct values sought, numbered over all facts from 1 on, and what they are looked up by.

    key_starts and skeleton_starts (tokens + 2,), the runs of keys, rows and skeletons; settled (tokens + 1,).
    """

    key_starts: NDArray[np.int64]
    keys: NDArray[np.uint64]
    rows: NDArray[np.uint8]
    skeleton_starts: NDArray[np.int64]
    skeletons: NDArray[np.uint64]
    settled: NDArray[np.uint8]


class Prior(NamedTuple):
    """How likely each hypothesis is before anything is compared, and the chances that make up for rows not looked at.

    ``missed`` is the chance that the true record's family name does not agree at all, ``undated`` that its date does
    not agree closely either.
    """

    present: float
    relative: float
    absent: float
    missed: float
    undated: float


@njit(cache=True, nogil=True)
def _ask(query, first, last, tokens, keys, key_fields, key_rows, skeletons, skeleton_fields):
    """Return one query, put together from its tokens; looked up are those of the facts from ``first`` to ``last``."""
    barrier = np.zeros(FIELDS, dtype=np.uint8)
    given = np.zeros(FIELDS, dtype=np.uint8)
    key_count, skeleton_count = 0, 0
    for field in range(FIELDS):
        token = query[field]
        if token == 0:
            continue
        given[field] = 1
        if field == BIRTH_DATE or not first <= field < last:
            continue
        barrier[field] = tokens.settled[token]
        for at in range(tokens.key_starts[token], tokens.key_starts[token + 1]):
            if key_count < MOST_KEYS:
                keys[key_count], key_fields[key_count], key_rows[key_count] = tokens.keys[at], field, tokens.rows[at]
                key_count += 1
        for at in range(tokens.skeleton_starts[token], tokens.skeleton_starts[token + 1]):
            if skeleton_count < MOST_SKELETONS:
                skeletons[skeleton_count], skeleton_fields[skeleton_count] = tokens.skeletons[at], field
                skeleton_count += 1
    return Asked(
        keys[:key_count].copy(),
        key_fields[:key_count].copy(),
        key_rows[:key_count].copy(),
        skeletons[:skeleton_count].copy(),
        skeleton_fields[:skeleton_count].copy(),
        barrier,
        given,
        np.int64(query[BIRTH_DATE]),
    )


@njit(cache=True, nogil=True)
def search_many(lexicon, table, record_of, shares, scratch, known, queries, tokens, alone, records, same, relative):
    """Search for every query; fill the records found, likeliest first, with what each weighs, in log2 units.

    Shapes: queries (queries, FIELDS) tokens, the date itself in its column; records (queries, most), -1 where there is
    none; same and relative (queries, most). Of a record's several rows the best counts. ``alone`` (queries,) is the
    record that is not to be found for each query, or -1. Returns (queries,) the sum of two to the weights of all rows.
    """
    most = records.shape[1]
    rows = np.empty(most, dtype=np.int32)
    sums, kin = np.empty(most), np.empty(most)
    chances = np.zeros((FIELDS, ROWS))
    masses = np.zeros(len(queries))
    keys, key_fields, key_rows = (
        np.empty(MOST_KEYS, np.uint64),
        np.empty(MOST_KEYS, np.uint8),
        np.empty(MOST_KEYS, np.uint8),
    )
    skeletons, skeleton_fields = np.empty(MOST_SKELETONS, np.uint64), np.empty(MOST_SKELETONS, np.uint8)
    base, touched, surname = 0, 0, np.int32(-1)
    for number in range(len(queries)):
        query = queries[number]
        # Queries stand in the order of their family names, and what agrees with one name is sought once.
        if query[SURNAME] != surname:
            match.clear(scratch, 0, touched)
            surname = query[SURNAME]
            asked = _ask(query, SURNAME, SURNAME + 1, tokens, keys, key_fields, key_rows, skeletons, skeleton_fields)
            base = match.match(lexicon, asked, shares, scratch, 0)
        else:
            match.clear(scratch, base, touched)
        asked = _ask(query, SURNAME + 1, FIELDS, tokens, keys, key_fields, key_rows, skeletons, skeleton_fields)
        touched = match.match(lexicon, asked, shares, scratch, base)
        kept, masses[number] = search_matched(
            lexicon, table, asked, shares, scratch, touched, known, USUAL, rows, sums, kin, chances
        )
        count = 0
        for at in range(kept):
            record = record_of[rows[at]]
            met = record == alone[number]
            for before in range(count):
                met = met or records[number, before] == record
            if not met:
                records[number, count] = record
                same[number, count], relative[number, count] = sums[at], kin[at]
                count += 1
        records[number, count:] = -1
    match.clear(scratch, 0, touched)
    return masses


@njit(cache=True, nogil=True)
def share(queries, size, prior, records, same, relative, masses, absent):
    """Turn weights into probabilities that sum to one with "nobody recorded", in place; fill ``absent`` (queries,).

    ``size`` is the number of records in the registry.
    """
    present, kin = prior.present / size, prior.relative / size
    for number in range(len(records)):
        whole, seen = prior.absent, 0.0
        for at in range(records.shape[1]):
            if records[number, at] < 0:
                break
            power = 2.0 ** min(same[number, at], 500.0)
            seen += power
            same[number, at] = present * power
            relative[number, at] = kin * 2.0 ** min(relative[number, at], 500.0)
            whole += same[number, at] + relative[number, at]
        whole += present * max(masses[number] - seen, 0.0)
        if queries[number, 0]:
            date = queries[number, BIRTH_DATE]
            dated = date & 31 and date < (1 << 23)
            whole += prior.present * prior.missed * (prior.undated if dated else 1.0)
        for at in range(records.shape[1]):
            same[number, at] /= whole
            relative[number, at] /= whole
        absent[number] = prior.absent / whole


@njit(cache=True, nogil=True)
def judge(prior, size, records, same, relative):
    """Turn weights into probabilities for each pair by itself, one double a record being expected; in place."""
    for number in range(len(records)):
        for at in range(records.shape[1]):
            one = prior.present * 2.0 ** min(same[number, at], 500.0) / size
            kin = prior.relative * 2.0 ** min(relative[number, at], 500.0) / size
            whole = one + kin + prior.absent
            same[number, at], relative[number, at] = one / whole, kin / whole
