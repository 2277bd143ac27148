"""Dates as people know them: a day, a month or only a year, and "about".

Source: ISO 8601-2:2019 (EDTF level 1), of which the forms YYYY, YYYY-MM, YYYY-MM-DD and a trailing ~ are used.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

FORM = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)$")


@dataclass(frozen=True)
class PartialDate:
    """A date of which month or day may be unknown (0)."""

    year: int
    month: int = 0
    day: int = 0
    about: bool = False


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> PartialDate | None:
    """Return the date written in ``text``, or None if there is none or it cannot be.

    A month over 12 or a day over 31 is not a date; whether the month has that day is not asked, since 31 April is
    what people write.

    >>> parse("1985-07~")
    PartialDate(year=1985, month=7, day=0, about=True)
    """
    found = FORM.match(text.strip()) if text.isascii() else None
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.group(1, 2, 3))
    impossible = not year or month > 12 or day > 31 or found[2] == "00" or found[3] == "00"
    return None if impossible else PartialDate(year, month, day, bool(found[4]))
