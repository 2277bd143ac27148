"""One query against one segment: the rows worth weighing are gathered by what they share with the query."""

import numpy as np
from numba import njit

from kinmatch.kernels import dates as days
from kinmatch.kernels.match import clear, count, match, weigh_levels
from kinmatch.kernels.shapes import APART, FIELDS, GIVEN, KINDS, NUMBER, PATRONYMIC, ROWS, SURNAME, Work
from kinmatch.kernels.weigh import BELOW, EVERY, by_surname, fill_ceilings, flush, relatives, used_of

SAME_NAME = 1  # the rows of a given name up to here are the same name, in any language
USUAL, FATHERS, ALL = range(3)  # how far a search goes
SURE = 6.0  # log2 units over the size of the registry from which a record is hardly another's


@njit(cache=True, nogil=True)
def best_rows(table, asked, scratch, touched, weights, reach, rows, sums):
    """Fill ``rows`` and ``sums`` with the rows that weigh most; return how many, and the sum of two to all sums.

    Looked at are all rows whose family name agrees somehow, those of the same day of birth or one that is often meant
    by it, those of the same number, and those of the same given name and father: with ``reach`` ``FATHERS`` always,
    else where nothing certain came out. All rows are, with ``reach`` ``ALL``, or where none of these was given.
    """
    used = used_of(asked)
    ceilings = np.empty(FIELDS + 1)
    fill_ceilings(weights, used, ceilings)
    work = Work(
        rows,
        sums,
        np.zeros(1, dtype=np.int64),
        np.array([-1000.0, 0.0]),
        used,
        ceilings,
        EVERY if reach == FATHERS else BELOW,
    )
    named = asked.given[GIVEN] and asked.given[PATRONYMIC]
    dated = asked.date & 31 and asked.date < days.ABOUT
    if reach == ALL or not (asked.given[SURNAME] or dated or asked.given[NUMBER] or named):
        count = 0
        for row in range(len(table.values)):
            if count == len(scratch.found):
                count = flush(count, table, asked, scratch, weights, work)
            scratch.found[count] = row
            count += 1
        flush(count, table, asked, scratch, weights, work)
        return work.kept[0], work.best[1]
    by_surname(touched, table, asked, scratch, weights, work)
    count = 0
    if asked.date:
        count = _by_date(table, asked, scratch, weights, work, count)
    if asked.given[NUMBER]:
        count = _by_number(table, asked, scratch, touched, weights, work, count)
    count = flush(count, table, asked, scratch, weights, work)
    if named and (reach == FATHERS or work.best[0] < np.log2(len(table.values)) + SURE):
        count = _by_father(table, asked, scratch, weights, work, count)
        flush(count, table, asked, scratch, weights, work)
    return work.kept[0], work.best[1]


@njit(cache=True, nogil=True)
def _gather(order, start, end, table, asked, scratch, weights, work, count):
    """Gather the rows of one run of ``order`` that were not met by their family names."""
    found, values, code, most = scratch.found, table.values, scratch.code, len(scratch.found)
    by_surname = asked.given[SURNAME]
    for place in range(start, end):
        row = order[place]
        value = values[row, SURNAME]
        if by_surname and value and code[value] != APART:
            continue
        if count == most:
            count = flush(count, table, asked, scratch, weights, work)
        found[count] = row
        count += 1
    return count


@njit(cache=True, nogil=True)
def _by_date(table, asked, scratch, weights, work, count):
    """Gather the rows of the same day of birth, and of days that are often meant by it."""
    neighbours = np.empty(4, dtype=np.int32)
    for number in range(days.neighbours(asked.date, neighbours)):
        place = days.place_of(table.dates, neighbours[number])
        if place >= 0:
            start, end = np.int64(table.date_starts[place]), np.int64(table.date_starts[place + 1])
            count = _gather(table.by_date, start, end, table, asked, scratch, weights, work, count)
    return count


@njit(cache=True, nogil=True)
def _by_number(table, asked, scratch, touched, weights, work, count):
    """Gather the rows whose service number agrees."""
    for at in range(touched):
        number = scratch.touched[at] - table.number_first
        if 0 <= number < len(table.number_starts) - 1:
            start, end = np.int64(table.number_starts[number]), np.int64(table.number_starts[number + 1])
            count = _gather(table.by_number, start, end, table, asked, scratch, weights, work, count)
    return count


@njit(cache=True, nogil=True)
def _by_father(table, asked, scratch, weights, work, count):
    """Gather the rows of the same given name and father, for a family name written beyond recognition."""
    for one in range(len(asked.keys)):
        if asked.key_fields[one] != GIVEN or asked.key_rows[one] > SAME_NAME:
            continue
        for other in range(len(asked.keys)):
            if asked.key_fields[other] == PATRONYMIC and asked.key_rows[other] == 0:
                pair = pair_of(asked.keys[one], asked.keys[other])
                start = _first_of(table.pairs, pair)
                end = start
                while end < len(table.pairs) and table.pairs[end] == pair:
                    end += 1
                count = _gather(table.by_pair, start, end, table, asked, scratch, weights, work, count)
    return count


@njit(cache=True, nogil=True)
def pair_of(given, father):
    """Return the digest of a given name's key and a father's key together, 32 bits."""
    mixed = (given ^ (father << np.uint64(21)) ^ (father >> np.uint64(43))) * np.uint64(0x9E3779B97F4A7C15)
    return np.uint32((mixed ^ (mixed >> np.uint64(29))) >> np.uint64(32))


@njit(cache=True, nogil=True)
def pairs_of(givens, fathers):
    """Return the digest of every pair. Shape: (pairs,)."""
    found = np.empty(len(givens), dtype=np.uint32)
    for place in range(len(givens)):
        found[place] = pair_of(givens[place], fathers[place])
    return found


@njit(cache=True, nogil=True)
def _first_of(pairs, pair):
    """The first place in the sorted ``pairs`` that is not before ``pair``."""
    start, end = 0, len(pairs)
    while start < end:
        middle = (start + end) // 2
        if pairs[middle] < pair:
            start = middle + 1
        else:
            end = middle
    return start


@njit(cache=True, nogil=True)
def search_matched(lexicon, table, asked, shares, scratch, touched, known, reach, rows, sums, found, chances):
    """Search a registry of one segment for a query whose values are matched; return as ``search_one`` does."""
    mass = np.zeros((FIELDS, ROWS))
    weights = np.zeros((FIELDS, ROWS))
    kin_weights = np.zeros((FIELDS, ROWS, KINDS))
    count(lexicon, table, asked, scratch, touched, mass)
    weigh_levels(shares, asked, mass, known, weights, kin_weights, chances)
    kept, whole = best_rows(table, asked, scratch, touched, weights, reach, rows, sums)
    relatives(table, asked, scratch, shares, kin_weights, rows, kept, found)
    return kept, whole


@njit(cache=True, nogil=True)
def search_one(lexicon, table, asked, shares, scratch, known, reach, rows, sums, found, chances):
    """Search a registry of one segment; return how many rows were kept, and the sum of two to all sums.

    ``known`` are the rows that give each fact, ``reach`` how far the search goes. The best are in
    ``rows``, ``sums`` and ``found``, their weight as a relative; the chance of every level in ``chances``.
    """
    touched = match(lexicon, asked, shares, scratch, 0)
    kept, whole = search_matched(
        lexicon, table, asked, shares, scratch, touched, known, reach, rows, sums, found, chances
    )
    clear(scratch, 0, touched)
    return kept, whole
