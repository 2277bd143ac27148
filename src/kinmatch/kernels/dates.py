"""Dates as numbers, and the level at which two of them agree; the same answers as ``kinmatch.compare.birth_date``.

A date is year * 512 + month * 32 + day, month and day 0 where they are not known; ``ABOUT`` is added to an
approximate one; 0 is "not given".
"""

import numpy as np
from numba import njit

ABOUT = 1 << 23
YEARS = 10_000
SAME, SWAPPED, SLIP, MONTH, YEAR, SAME_YEAR, NEARLY, OFF_BY_ONE, FEW_YEARS, DIFFERENT = range(10)
ROWS = ("same", "swapped", "slip", "month", "year", "same_year", "about", "off_by_one", "few_years", "different")
ABOUT_YEARS = 3
FEW = 5


@njit(cache=True, nogil=True)
def level(one, other):
    """Return the number of the row at which two dates agree; neither is 0."""
    apart = abs(((one & (ABOUT - 1)) >> 9) - ((other & (ABOUT - 1)) >> 9))
    if one >= ABOUT or other >= ABOUT:
        return NEARLY if apart <= ABOUT_YEARS else FEW_YEARS if apart <= FEW else DIFFERENT
    day, other_day = one & 31, other & 31
    month, other_month = (one >> 5) & 15, (other >> 5) & 15
    if day and other_day:
        if one == other:
            return SAME
        if apart == 0 and month == other_day and day == other_month:
            return SWAPPED
        differing = int(apart > 0) + int(month != other_month) + int(day != other_day)
        if differing == 1 and (apart == 1 or abs(day - other_day) == 1 or _one_figure(one, other)):
            return SLIP
        return _years(apart) if apart else SAME_YEAR
    if apart:
        return _years(apart)
    if month == 0 or other_month == 0:
        return YEAR
    return MONTH if month == other_month else SAME_YEAR


@njit(cache=True, nogil=True)
def _years(apart):
    return OFF_BY_ONE if apart == 1 else FEW_YEARS if apart <= FEW else DIFFERENT


@njit(cache=True, nogil=True)
def _one_figure(one, other):
    """Whether two dates written out differ in one figure."""
    return (
        _figures(one >> 9, other >> 9, 4)
        + _figures((one >> 5) & 15, (other >> 5) & 15, 2)
        + _figures(one & 31, other & 31, 2)
    ) == 1


@njit(cache=True, nogil=True)
def _figures(one, other, width):
    count = 0
    for _ in range(width):
        if one % 10 != other % 10:
            count += 1
        one //= 10
        other //= 10
    return count


@njit(cache=True, nogil=True)
def place_of(dates, date):
    """Return the place of ``date`` in the sorted ``dates``, or -1."""
    at = np.searchsorted(dates, date)
    return at if at < len(dates) and dates[at] == date else -1


@njit(cache=True, nogil=True)
def masses(sought, dates, starts, by_year, about_by_year, mass):
    """Add to ``mass`` (rows,) how many records stand at each level against ``sought``.

    Shapes: dates (d,) sorted and distinct, starts (d + 1,); by_year and about_by_year (YEARS,) records with an exact
    and with an approximate date.
    """
    year = (sought & (ABOUT - 1)) >> 9
    for other in range(max(year - FEW, 0), min(year + FEW + 1, YEARS)):
        apart = abs(other - year)
        near = NEARLY if apart <= ABOUT_YEARS else FEW_YEARS
        mass[near] += about_by_year[other]
        if sought >= ABOUT:
            mass[near] += by_year[other]
        elif apart:
            mass[_years(apart)] += by_year[other]
    if sought >= ABOUT:
        return
    first, last = np.searchsorted(dates, year << 9), np.searchsorted(dates, (year + 1) << 9)
    for at in range(first, last):
        mass[level(sought, dates[at])] += starts[at + 1] - starts[at]
    if sought & 31:
        _slips_of_the_year(sought, year, dates, starts, mass)


@njit(cache=True, nogil=True)
def _slips_of_the_year(sought, year, dates, starts, mass):
    """The same day and month in a year that differs by one, or by one figure."""
    power = 1
    for _ in range(4):
        figure = (year // power) % 10
        for other_figure in range(10):
            if other_figure != figure:
                _slip(sought, year, year + (other_figure - figure) * power, dates, starts, mass)
        power *= 10
    for other in (year - 1, year + 1):
        if (other // 10) != (year // 10):
            _slip(sought, year, other, dates, starts, mass)


@njit(cache=True, nogil=True)
def _slip(sought, year, other, dates, starts, mass):
    if other <= 0 or other >= YEARS:
        return
    at = place_of(dates, sought + ((other - year) << 9))
    if at >= 0:
        count = starts[at + 1] - starts[at]
        mass[SLIP] += count
        if abs(other - year) <= FEW:
            mass[_years(abs(other - year))] -= count


@njit(cache=True, nogil=True)
def widen(sought, dates, starts, by_year, about_by_year, mass):
    """Let the levels of vaguer records than ``sought`` say how many records would agree if all were as vague.

    Of two dates that are not both known to the day only so much can agree, and what that is worth is reckoned among
    such pairs: a record that gives the year alone agrees with one date in twenty-five, however few such records are.
    """
    year, month = (sought & (ABOUT - 1)) >> 9, (sought >> 5) & 15
    if sought >= ABOUT:
        return
    near = 0
    for other in range(max(year - ABOUT_YEARS, 0), min(year + ABOUT_YEARS + 1, YEARS)):
        near += by_year[other] + about_by_year[other]
    mass[NEARLY] = near
    if month:
        mass[YEAR] = by_year[year]
    if sought & 31:
        first, last = (year << 9) + (month << 5), (year << 9) + ((month + 1) << 5)
        mass[MONTH] = starts[np.searchsorted(dates, last)] - starts[np.searchsorted(dates, first)]


@njit(cache=True, nogil=True)
def is_own(sought, row):
    """Whether dates as exact as ``sought`` can stand at this level; the others are those of vaguer ones."""
    if sought >= ABOUT:
        return row in (NEARLY, FEW_YEARS)
    if row == NEARLY:
        return False
    if sought & 31:
        return row not in (MONTH, YEAR)
    return row != YEAR if (sought >> 5) & 15 else row != MONTH


@njit(cache=True, nogil=True)
def neighbours(sought, into):
    """Write the dates worth looking up for ``sought`` into ``into``, shape (4,); return how many.

    The day itself, day and month changed over, and the same day a year before and after; nothing without a day.
    """
    day, month = sought & 31, (sought >> 5) & 15
    if sought >= ABOUT or not day:
        return 0
    into[0], into[1], into[2] = sought, sought - 512, sought + 512
    if day <= 12 and day != month:
        into[3] = (sought & ~511) | (day << 5) | month
        return 4
    return 3
