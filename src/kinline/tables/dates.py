"""Reading dates the way people write them, into the bureau's written form (a subset of EDTF level 1).

What can be read in one way only is read, and how it was read is said. What can be read in two ways is a problem with a
suggestion, which a person accepts. Nothing is guessed in silence.
"""

import datetime as dt
import math
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kinline.tables.cells import Cell, is_blank
from kinrules.dates import PartialDate
from kinrules.refusal import Refused

EARLIEST = 1880
# Day 1 of Excel is 1 January 1900, and it believes in a 29 February 1900; so its count begins two days before.
SERIAL_ZERO = dt.date(1899, 12, 30)
SERIALS = range(3653, 80_000)
# What spreadsheets write where a cell was empty, zero or only a time of day.
JUNK = frozenset(
    {"1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1904-01-01", "1904-01-02", "0001-01-01", "1970-01-01"}
)
ROMAN = dict(zip(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), range(1, 13), strict=True))
NUMBERS = re.compile(r"(\d+|[a-zа-яіїєґ]+|[?~≈])")
DIGITS_WITH_LETTERS = re.compile(r"(?=.*\d)[\doоlізбbзs|\s./-]+")
TO_DIGIT = {"o": "0", "о": "0", "l": "1", "і": "1", "|": "1", "i": "1", "з": "3", "б": "6", "b": "6", "s": "5"}


@dataclass(frozen=True)
class Reading:
    """A value as the bureau writes it, and how it was read; an empty value where the sheet says it is not known."""

    value: str
    how: str = "as written"


@dataclass(frozen=True)
class Problem:
    """Why a cell was not read, and what a person may accept instead.

    ``kind`` is a key of ``messages.PROBLEMS`` and groups like problems; ``says`` is English for the log and holds
    nothing out of the cell; ``suggestion`` is a value in the bureau's written form, empty where there is none.
    """

    kind: str
    says: str
    suggestion: str = ""


@dataclass(frozen=True)
class Manner:
    """How dates are to be read in one column.

    ``on`` is the day of reading: nothing after it can have happened. ``birth`` says that the dates are dates of birth,
    which decides the likelier century and lets an age be counted back; ``age_on`` is the day on which ages were true,
    if that is known. ``day_first`` settles ``03/04/2001`` for this table.
    """

    on: dt.date
    birth: bool = False
    day_first: bool | None = None
    age_on: dt.date | None = None


def read_date(
    cell: Cell,
    *,
    on: dt.date,
    birth: bool = False,
    day_first: bool | None = None,
    age_on: dt.date | None = None,
) -> Reading | Problem | None:
    """What the cell says about a day, or None where it is empty; see ``Manner`` for the arguments."""
    manner = Manner(on, birth, day_first, age_on)
    if is_blank(cell):
        return None
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return _checked(cell.year, cell.month, cell.day, on=on, how="date cell")
    if isinstance(cell, bool | dt.time | dt.timedelta):
        return Problem("date.spreadsheet-zero" if isinstance(cell, dt.time) else "date.not-read", "no date")
    if isinstance(cell, int | float):
        return _number(cell, manner, as_text=False) if math.isfinite(cell) else _not_read()
    return _text(str(cell), manner)


@cache
def _vocabulary() -> dict[str, Any]:
    with Path(__file__).with_name("dates.toml").open("rb") as stream:
        table = tomllib.load(stream)
    return {
        "months": [(start, int(number)) for number, starts in table["months"].items() for start in starts],
        **{kind: frozenset(entries) for kind, entries in table["words"].items()},
    }


def _text(cell: str, manner: Manner) -> Reading | Problem:
    text = " ".join(unicodedata.normalize("NFKC", cell).casefold().strip("'\"").split())
    words = _vocabulary()
    if not any(letter.isalnum() for letter in text) or " ".join(re.findall(r"\w+", text)) in words["unknown"]:
        return Reading("", "said to be unknown")
    text = re.sub(r"[t ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?$", "", text)
    if text.isdecimal() and len(text) != 4:
        return _number(int(text), manner, as_text=True) if len(text) < 9 else _not_read()
    about = bool(re.search(r"[~≈?]", text))
    parts = [part for part in NUMBERS.findall(text) if part not in "?~≈"]
    about = about or any(part in words["about"] for part in parts)
    if (age := _age(parts)) is not None:
        return _born(age, manner)
    parts = [part for part in parts if part not in words["about"]]
    return _parts(text, parts, manner, about=about)


def _parts(text: str, parts: list[str], manner: Manner, *, about: bool) -> Reading | Problem:
    """A date out of its numbers and words, in the order in which they stand."""
    numbers, month, unread = _sorted_out(parts)
    if unread:
        return _letters_for_digits(text, manner)
    if not numbers or len(numbers) > 3 or (month and len(numbers) > 2):
        return _not_read()
    if month:
        return _with_month_word(numbers, month, manner, about=about)
    if len(numbers) == 1:
        return _checked(int(numbers[0]), None, None, on=manner.on, about=about) if len(numbers[0]) == 4 else _not_read()
    if len(numbers) == 2:
        return _month_and_year(numbers, about=about, on=manner.on)
    if len(numbers[0]) == 4:
        return _checked(int(numbers[0]), int(numbers[1]), int(numbers[2]), on=manner.on, about=about, how="year first")
    return _three(text, numbers, manner, about=about)


def _sorted_out(parts: list[str]) -> tuple[list[str], int, bool]:
    """The numbers, the month if a word or a Roman numeral names it, and whether some word was not understood."""
    words = _vocabulary()
    numbers, month, unread = [], 0, False
    for part in parts:
        if part.isdecimal():
            numbers.append(part)
        elif part in ROMAN and numbers and not month:
            month = ROMAN[part]
        elif found := next(
            (number for start, number in words["months"] if part.startswith(start) and len(part) > 2), 0
        ):
            unread = unread or bool(month)
            month = found
        elif part in {"xx", "хх", "x", "х"}:
            numbers.append("00")
        elif part not in words["filler"]:
            unread = True
    return numbers, month, unread


def _with_month_word(numbers: list[str], month: int, manner: Manner, *, about: bool) -> Reading | Problem:
    year = next((number for number in numbers if len(number) == 4), "")
    rest = [number for number in numbers if number is not year] if year else numbers
    if not year:
        year = rest.pop()
        suggestion = _century(int(year), month, int(rest[0]) if rest else None, manner) if len(year) == 2 else ""
        return Problem("date.two-digit-year", "two-digit year", suggestion) if suggestion else _not_read()
    return _checked(int(year), month, int(rest[0]) if rest else None, on=manner.on, about=about, how="month in words")


def _month_and_year(numbers: list[str], *, about: bool, on: dt.date) -> Reading | Problem:
    first, second = numbers
    if len(first) == 4 and len(second) <= 2:
        return _checked(int(first), int(second), None, on=on, about=about)
    if len(second) == 4 and len(first) <= 2:
        return _checked(int(second), int(first), None, on=on, about=about)
    return _not_read()


def _three(text: str, numbers: list[str], manner: Manner, *, about: bool) -> Reading | Problem:
    """Day, month, year. With points the day stands first, everywhere where people write points; else it may not."""
    first, second, year = (int(number) for number in numbers)
    if len(numbers[2]) not in {2, 4}:
        return _not_read()
    settled = "." in text or manner.day_first is not None or first == second
    swapped = manner.day_first is False and "." not in text
    if second > 12 >= first > 0:
        swapped, settled = True, True
    elif first > 12:
        swapped, settled = False, True
    day, month = (second, first) if swapped else (first, second)
    if len(numbers[2]) == 2:
        suggestion = _century(year, month, day, manner)
        if not suggestion:
            return Problem("date.impossible", "no such day")
        return Problem("date.two-digit-year", "two-digit year", suggestion)
    read = _checked(year, month, day, on=manner.on, about=about, how="month first" if swapped else "day first")
    if settled or isinstance(read, Problem):
        return read
    return Problem("date.day-or-month", "day and month may be swapped", read.value)


def _century(year: int, month: int, day: int | None, manner: Manner) -> str:
    """The likelier century of a two-digit year: for births the one that makes a person of 16 to 99 years."""
    candidates = [year + century for century in (2000, 1900)]
    past = [each for each in candidates if each <= manner.on.year]
    grown = [each for each in past if 16 <= manner.on.year - each <= 99] if manner.birth else []
    read = _checked((grown or past or candidates)[0], month, day, on=manner.on)
    return read.value if isinstance(read, Reading) else ""


def _checked(
    year: int, month: int | None, day: int | None, *, on: dt.date, about: bool = False, how: str = "as written"
) -> Reading | Problem:
    """The date if there is such a day and it is not in the future; zeros mean "not known"."""
    if f"{year:04d}-{month or 0:02d}-{day or 0:02d}" in JUNK:
        return Problem("date.spreadsheet-zero", "what a spreadsheet writes for an empty cell")
    month, day = month or None, day or None
    if month is None:
        day = None
    try:
        written = str(PartialDate.parse(str(PartialDate(year, month, day, about))))
        earliest = PartialDate.parse(written).earliest
    except Refused:
        return Problem("date.impossible", "no such day")
    if earliest > on:
        return Problem("date.future", "after the day of reading")
    if year < EARLIEST:
        return Problem("date.too-old", f"before {EARLIEST}")
    return Reading(written, how)


def _number(number: float, manner: Manner, *, as_text: bool) -> Reading | Problem:
    """A bare number: a year, eight digits of a date, or the count of days that Excel keeps."""
    whole = int(number)
    if EARLIEST <= whole <= manner.on.year and whole == number:
        return _checked(whole, None, None, on=manner.on)
    if whole > 9_999_999 and whole == number:
        return _eight_digits(f"{whole:08d}", on=manner.on)
    if whole in SERIALS:
        day = SERIAL_ZERO + dt.timedelta(days=whole)
        read = _checked(day.year, day.month, day.day, on=manner.on, how="spreadsheet day count")
        if isinstance(read, Reading) and as_text:
            return Problem("date.serial", "a bare number", read.value)
        return read
    if whole in range(3):
        return Problem("date.spreadsheet-zero", "what a spreadsheet writes for an empty cell")
    return _not_read()


def _eight_digits(digits: str, *, on: dt.date) -> Reading | Problem:
    forward = _checked(int(digits[:4]), int(digits[4:6]), int(digits[6:]), on=on)
    backward = _checked(int(digits[4:]), int(digits[2:4]), int(digits[:2]), on=on)
    options = [read.value for read in (forward, backward) if isinstance(read, Reading)]
    return Problem("date.serial", "a bare number", options[0] if len(options) == 1 else "")


def _age(parts: list[str]) -> int | None:
    """Such as "21 рік", "21 years", "21 г.": an age, never a year."""
    words = _vocabulary()
    if len(parts) < 2 or not parts[0].isdecimal() or not 0 < int(parts[0]) < 120 or len(parts[0]) > 2:
        return None
    said = [part for part in parts[1:] if part not in words["about"]]
    return int(parts[0]) if said and all(part in words["age"] for part in said) else None


def _born(age: int, manner: Manner) -> Reading | Problem:
    """An age counted back: the year in the middle of the two that are possible, marked "about".

    Where nobody knows on which day the age was true, the day of reading is only a suggestion.
    """
    if not manner.birth:
        return _not_read()
    middle = (manner.age_on or manner.on) - dt.timedelta(days=int((age + 0.5) * 365.25))
    if manner.age_on is None:
        return Problem("date.age", "an age instead of a date", f"{middle.year}~")
    return Reading(f"{middle.year}~", f"age on {manner.age_on}")


def _letters_for_digits(text: str, manner: Manner) -> Problem:
    """O for 0, З for 3: suggested, never taken."""
    if not DIGITS_WITH_LETTERS.fullmatch(text):
        return _not_read()
    mended = "".join(TO_DIGIT.get(letter, letter) for letter in text)
    read = _text(mended, manner) if mended != text else None
    if isinstance(read, Reading):
        return Problem("date.wrong-letters", "letters for digits", read.value)
    return _not_read()


def _not_read() -> Problem:
    return Problem("date.not-read", "not a date")
