"""What rows weigh: the sums over their facts, the best kept, and their weight as a relative of the person sought."""

import numpy as np
from numba import njit

from kinmatch.kernels import dates as days
from kinmatch.kernels.shapes import APART, BIRTH_DATE, FIELDS, GIVEN, KINDS, NUMBER, PATRONYMIC, SURNAME

SOONEST = (GIVEN, BIRTH_DATE, PATRONYMIC, NUMBER)
# The facts but the family name, those that decide soonest first.
ORDER = SOONEST + tuple(field for field in range(FIELDS) if field not in (SURNAME, *SOONEST))
BELOW = 24.0  # log2 units under the best: a thousand such rows add nothing to the whole
NEVER = -1e9  # the sum of a row that was left off
EVERY = 1e6  # the same where each row is judged by itself


@njit(cache=True, nogil=True)
def fill_ceilings(weights, used, ceilings):
    """Fill ``ceilings`` with the most that the facts of ``used`` from each place on can still add."""
    ceilings[len(used)] = 0.0
    for place in range(len(used) - 1, -1, -1):
        most = 0.0
        for row in range(APART + 1):
            most = max(most, weights[used[place], row])
        ceilings[place] = ceilings[place + 1] + most


@njit(cache=True, nogil=True)
def used_of(asked):
    """The facts given, those that decide soonest first: given name, date, patronymic, then the others."""
    used = np.empty(FIELDS, dtype=np.int64)
    count = 0
    for field in ORDER:
        if asked.given[field]:
            used[count] = field
            count += 1
    return used[:count]


@njit(cache=True, nogil=True)
def _keep(row, total, work_rows, work_sums, kept, best):
    """Count a row in, and keep it among the best in its place if it is one of them."""
    most = len(work_rows)
    best[1] += 2.0 ** min(total, 500.0)
    best[0] = max(best[0], total)
    if kept[0] == most and total <= work_sums[most - 1]:
        return
    at = kept[0] if kept[0] < most else most - 1
    while at > 0 and work_sums[at - 1] < total:
        work_rows[at], work_sums[at] = work_rows[at - 1], work_sums[at - 1]
        at -= 1
    work_rows[at], work_sums[at] = row, total
    kept[0] = min(kept[0] + 1, most)


@njit(cache=True, nogil=True)
def _weigh(
    found,
    count,
    table_values,
    alive,
    code,
    by_surname,
    date,
    weights,
    work_rows,
    work_sums,
    kept,
    best,
    used,
    ceilings,
    below,
):
    """Weigh the rows of ``found`` and keep the best. What cannot matter any more is left off half-way.

    Bare arrays only, and nothing called that most rows need: here a search spends its time. Whether a record is still
    there is asked last, since the answer lies elsewhere in memory and few get so far.
    """
    for number in range(count):
        row = found[number]
        least = best[0] - below
        value = table_values[row, SURNAME]
        total = weights[SURNAME, code[value]] if value and by_surname else 0.0
        for place in range(len(used)):
            if total + ceilings[place] < least:
                total = NEVER
                break
            field = used[place]
            value = table_values[row, field]
            if value:
                total += weights[field, days.level(date, value) if field == BIRTH_DATE else code[value]]
        if total < least or not alive[row]:
            continue
        met = False
        for known in range(kept[0]):
            met = met or work_rows[known] == row
        if not met:
            _keep(row, total, work_rows, work_sums, kept, best)


@njit(cache=True, nogil=True)
def _weigh_runs(
    touched_values,
    touched,
    starts,
    table_values,
    alive,
    code,
    date,
    weights,
    work_rows,
    work_sums,
    kept,
    best,
    used,
    ceilings,
    below,
):
    """Weigh the rows of all family names among the values that agree, as ``_weigh`` does.

    The rows of one family name stand in the order of their given names, so each of those is looked up once.
    """
    named = int(len(used) > 0 and used[0] == GIVEN)
    for at in range(touched):
        surname = touched_values[at]
        if surname >= len(starts) - 1:
            continue
        own = weights[SURNAME, code[surname]]
        given, sum_of_names = np.int32(0), own
        for row in range(starts[surname], starts[surname + 1]):
            if named and table_values[row, GIVEN] != given:
                given = table_values[row, GIVEN]
                sum_of_names = own + weights[GIVEN, code[given]]
            least = best[0] - below
            total = sum_of_names
            for place in range(named, len(used)):
                if total + ceilings[place] < least:
                    total = NEVER
                    break
                field = used[place]
                value = table_values[row, field]
                if value:
                    total += weights[field, days.level(date, value) if field == BIRTH_DATE else code[value]]
            if total >= least and alive[row]:
                _keep(row, total, work_rows, work_sums, kept, best)


@njit(cache=True, nogil=True)
def by_surname(touched, table, asked, scratch, weights, work):
    """Weigh the rows whose family name agrees, the closest first as they were touched."""
    _weigh_runs(
        scratch.touched,
        touched,
        table.surname_starts,
        table.values,
        table.alive,
        scratch.code,
        asked.date,
        weights,
        work.rows,
        work.sums,
        work.kept,
        work.best,
        work.used,
        work.ceilings,
        work.below,
    )


@njit(cache=True, nogil=True)
def flush(count, table, asked, scratch, weights, work):
    """Weigh the rows gathered in ``scratch.found``; return 0, how many are gathered then."""
    _weigh(
        scratch.found,
        count,
        table.values,
        table.alive,
        scratch.code,
        asked.given[SURNAME],
        asked.date,
        weights,
        work.rows,
        work.sums,
        work.kept,
        work.best,
        work.used,
        work.ceilings,
        work.below,
    )
    return 0


@njit(cache=True, nogil=True)
def relatives(table, asked, scratch, shares, kin_weights, rows, kept, found):
    """Fill ``found`` (kept,) with what the best rows weigh as a relative or namesake, in log2 units."""
    sums = np.empty(KINDS)
    for place in range(kept):
        sums[:] = 0.0
        for field in range(FIELDS):
            value = table.values[rows[place], field]
            if asked.given[field] and value:
                row = days.level(asked.date, value) if field == BIRTH_DATE else scratch.code[value]
                for kind in range(KINDS):
                    sums[kind] += kin_weights[field, row, kind]
        mixed = 0.0
        for kind in range(KINDS):
            mixed += shares.kinds[kind] * 2.0 ** min(sums[kind], 500.0)
        found[place] = np.log2(max(mixed, 1e-300))
