"""Skeletons as numbers: packing, leaving letters out, and how many letters two skeletons are apart.

A skeleton of at most 15 of 16 symbols is one 64-bit number: four bits a symbol, the first symbol lowest, and the
length in the topmost four bits.

Source: H. Hyyrö, A bit-vector algorithm for computing Levenshtein and Damerau edit distances, Nordic Journal of
Computing 10 (2003); W. Garbe on symmetric deletes (2012); D. Knuth's multiplicative hashing (TAOCP 3, 6.4).
"""

import numpy as np
from numba import njit

LONGEST = 15
LENGTH_AT = np.uint64(60)
SYMBOL = np.uint64(15)
FOUR = np.uint64(4)
ONE = np.uint64(1)
MIXER = np.uint64(0x9E3779B97F4A7C15)
FAR = 9


@njit(cache=True, nogil=True, inline="always")
def length_of(packed):
    """Return the number of symbols."""
    return np.int64(packed >> LENGTH_AT)


@njit(cache=True, nogil=True, inline="always")
def reach_of(length):
    """Return how many letters may differ before it is another name; as ``kinmatch.nearness.allowed``."""
    return 0 if length < 4 else 1 if length < 7 else 2


@njit(cache=True, nogil=True, inline="always")
def without(packed, place):
    """Return the skeleton with the symbol at ``place`` left out."""
    shift = np.uint64(4 * place)
    body = packed & ((ONE << LENGTH_AT) - ONE)
    below = body & ((ONE << shift) - ONE)
    above = (body >> (shift + FOUR)) << shift
    return below | above | ((packed >> LENGTH_AT) - ONE) << LENGTH_AT


@njit(cache=True, nogil=True, inline="always")
def bucket_of(packed, field, shift):
    """Return the bucket of a skeleton of one fact; ``shift`` is 64 less the bits of the table."""
    mixed = (packed ^ (np.uint64(field) << np.uint64(52)) ^ (packed >> np.uint64(31))) * MIXER
    return np.int64((mixed ^ (mixed >> np.uint64(29))) * MIXER >> shift)


@njit(cache=True, nogil=True)
def masks_of(packed, into):
    """Write for each of the 16 symbols the places where it stands into ``into``, shape (16,)."""
    into[:] = 0
    for place in range(length_of(packed)):
        into[(packed >> np.uint64(4 * place)) & SYMBOL] |= ONE << np.uint64(place)


@njit(cache=True, nogil=True)
def apart(masks, size, other, most):
    """Return the optimal string alignment distance, or ``FAR`` where it is over ``most``.

    Letters left out, put in, changed, or two neighbours changing places count one each. ``masks`` and ``size`` are of
    the one skeleton, ``other`` is the other.
    """
    width = length_of(other)
    if abs(size - width) > most:
        return FAR
    if size == 0 or width == 0:
        return max(size, width)
    plus = (ONE << np.uint64(size)) - ONE
    minus, earlier_diagonal, earlier_mask = np.uint64(0), np.uint64(0), np.uint64(0)
    score = size
    last = ONE << np.uint64(size - 1)
    for column in range(width):
        mask = masks[(other >> np.uint64(4 * column)) & SYMBOL]
        swapped = (((~earlier_diagonal) & mask) << ONE) & earlier_mask
        diagonal = (((mask & plus) + plus) ^ plus) | mask | minus | swapped
        up = minus | ~(diagonal | plus)
        down = diagonal & plus
        if up & last:
            score += 1
        if down & last:
            score -= 1
        up = (up << ONE) | ONE
        plus = (down << ONE) | ~(diagonal | up)
        minus = up & diagonal
        earlier_diagonal, earlier_mask = diagonal, mask
    return score if score <= most else FAR


@njit(cache=True, nogil=True)
def variants(packed, reach, into):
    """Write the skeleton and every one with up to ``reach`` symbols left out into ``into``; return how many.

    ``into`` must hold 121 numbers: 1 + 15 + 105. Repeats of runs of one symbol are left out.
    """
    into[0] = packed
    count = 1
    if reach < 1:
        return count
    size = length_of(packed)
    for first in range(size):
        symbol = (packed >> np.uint64(4 * first)) & SYMBOL
        if first and (packed >> np.uint64(4 * (first - 1))) & SYMBOL == symbol:
            continue
        shorter = without(packed, first)
        into[count] = shorter
        count += 1
        if reach > 1:
            for second in range(first, size - 1):
                into[count] = without(shorter, second)
                count += 1
    return count


@njit(cache=True, nogil=True)
def neighbourhood(skeletons, fields, reaches, bits):
    """Return (starts, entries): for every bucket the skeletons a variant of which falls into it.

    Shapes: skeletons and fields (n,), reaches (n,) the most letters that may be left out; starts (2**bits + 1,).
    """
    shift = np.uint64(64 - bits)
    starts = np.zeros((1 << bits) + 1, dtype=np.int32)
    found = np.empty(128, dtype=np.uint64)
    for number in range(len(skeletons)):
        for at in range(variants(skeletons[number], reaches[number], found)):
            starts[bucket_of(found[at], fields[number], shift) + 1] += 1
    for bucket in range(1 << bits):
        starts[bucket + 1] += starts[bucket]
    entries = np.empty(starts[-1], dtype=np.int32)
    filled = starts[:-1].copy()
    for number in range(len(skeletons)):
        for at in range(variants(skeletons[number], reaches[number], found)):
            bucket = bucket_of(found[at], fields[number], shift)
            entries[filled[bucket]] = number
            filled[bucket] += 1
    return starts, entries


@njit(cache=True, nogil=True)
def count_variants(skeletons, reaches):
    """Return how many entries a neighbourhood of these skeletons has."""
    found = np.empty(128, dtype=np.uint64)
    total = 0
    for number in range(len(skeletons)):
        total += variants(skeletons[number], reaches[number], found)
    return total
