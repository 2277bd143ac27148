"""Which values of a segment agree with the ones sought, and what each agreement is worth in this registry."""

import numpy as np
from numba import njit

from kinmatch.kernels import dates as days
from kinmatch.kernels.shapes import APART, BIRTH_DATE, FIELDS, KINDS, NO_ROW
from kinmatch.kernels.skeletons import FAR, apart, bucket_of, length_of, masks_of, reach_of, variants


@njit(cache=True, nogil=True)
def match(lexicon, asked, shares, scratch, touched):
    """Fill ``scratch.code`` for every value that agrees with the query; return how many are ``touched`` in all."""
    touched = _exact(
        asked.keys,
        asked.key_rows,
        lexicon.key_bits,
        lexicon.key_buckets,
        lexicon.keys,
        lexicon.key_starts,
        lexicon.key_values,
        scratch.code,
        scratch.touched,
        touched,
    )
    masks = np.empty(16, dtype=np.uint64)
    found = np.empty(128, dtype=np.uint64)
    for number in range(len(asked.skeletons)):
        field = asked.skeleton_fields[number]
        scratch.clock[0] += 1
        touched = _near(
            asked.skeletons[number],
            field,
            shares.near[field],
            asked.barrier[field],
            scratch.clock[0],
            lexicon.hood_bits,
            lexicon.hood_starts,
            lexicon.hood,
            lexicon.skeletons,
            lexicon.skeleton_fields,
            lexicon.skeleton_starts,
            lexicon.skeleton_values,
            lexicon.barrier,
            scratch.stamp,
            scratch.code,
            scratch.touched,
            touched,
            masks,
            found,
        )
    return touched


@njit(cache=True, nogil=True)
def _exact(sought, sought_rows, bits, buckets, keys, starts, values, code, touched_values, touched):
    """Mark the values filed under the keys sought; return how many are marked in all."""
    shift = np.uint64(64 - bits)
    for number in range(len(sought)):
        key, level = sought[number], sought_rows[number]
        bucket = np.int64(key >> shift)
        for place in range(buckets[bucket], buckets[bucket + 1]):
            if keys[place] == key:
                for at in range(starts[place], starts[place + 1]):
                    value = values[at]
                    if code[value] == APART:
                        touched_values[touched] = value
                        touched += 1
                    if level < code[value]:
                        code[value] = level
    return touched


@njit(cache=True, nogil=True)
def _near(
    sought,
    field,
    near,
    settled,
    now,
    bits,
    hood_starts,
    hood,
    skeletons,
    fields,
    starts,
    values,
    barrier,
    stamp,
    code,
    touched_values,
    touched,
    masks,
    found,
):
    """Mark the values a letter or two away from one skeleton; return how many are marked in all."""
    size = length_of(sought)
    masks_of(sought, masks)
    reach = min(reach_of(size), 1 if near[2] == NO_ROW else 2)
    shift = np.uint64(64 - bits)
    for at in range(variants(sought, reach, found)):
        bucket = bucket_of(found[at], field, shift)
        for place in range(hood_starts[bucket], hood_starts[bucket + 1]):
            other = hood[place]
            if stamp[other] == now or fields[other] != field:
                continue
            stamp[other] = now
            known = skeletons[other]
            distance = apart(masks, size, known, min(reach, reach_of(length_of(known))))
            if distance == FAR or near[distance] == NO_ROW:
                continue
            level = near[distance]
            for entry in range(starts[other], starts[other + 1]):
                value = values[entry]
                if settled and barrier[value]:
                    continue
                if code[value] == APART:
                    touched_values[touched] = value
                    touched += 1
                if level < code[value]:
                    code[value] = level
    return touched


@njit(cache=True, nogil=True)
def clear(scratch, first, touched):
    """Make the scratch ready for the next query: forget what was touched from ``first`` on."""
    for at in range(first, touched):
        scratch.code[scratch.touched[at]] = APART


@njit(cache=True, nogil=True)
def count(lexicon, table, asked, scratch, touched, mass):
    """Add to ``mass`` (FIELDS, ROWS) how many rows of the segment stand at each level against the query."""
    for at in range(touched):
        value = scratch.touched[at]
        mass[lexicon.field[value], scratch.code[value]] += lexicon.counts[value]
    if asked.date:
        born = np.zeros(mass.shape[1])
        days.masses(asked.date, table.dates, table.date_starts, table.by_year, table.about_by_year, born)
        days.widen(asked.date, table.dates, table.date_starts, table.by_year, table.about_by_year, born)
        mass[BIRTH_DATE] += born


@njit(cache=True, nogil=True)
def weigh_levels(shares, asked, mass, known, weights, kin_weights, chances):
    """Fill the weights of every level, in log2 units, for this query in this registry.

    Shapes: mass (FIELDS, ROWS) rows at each level, known (FIELDS,) rows that give the fact; weights and chances
    (FIELDS, ROWS), kin_weights (FIELDS, ROWS, KINDS). What agrees with few records earns more.
    """
    for field in range(FIELDS):
        if not asked.given[field]:
            continue
        last = shares.last[field]
        rest = known[field]
        for row in range(last):
            if field != BIRTH_DATE or days.is_own(asked.date, row):
                rest -= mass[field, row]
        mass[field, last] = max(rest, 0.0)
        for row in range(last + 1):
            share = shares.chance[field, row]
            if shares.counted[field]:
                share = (mass[field, row] + shares.trust * share) / (known[field] + shares.trust)
            chances[field, row] = share
            below = np.log2(max(share, 1e-9))
            weights[field, row] = np.log2(max(shares.person[field, row], shares.least)) - below
            for kind in range(KINDS):
                kin_weights[field, row, kind] = np.log2(max(shares.kin[field, row, kind], shares.least)) - below
        weights[field, APART] = weights[field, last]
        kin_weights[field, APART] = kin_weights[field, last]
        chances[field, APART] = chances[field, last]
