"""Dates known in part: a day, a month, a year, or about one of them.

The written form is the subset of EDTF level 1 that the bureau uses: ``2001-03-14``, ``2001-03``, ``2001``, each
with a trailing ``~`` for "about".

Source: ISO 8601-2:2019 (Extended Date/Time Format), level 1.

>>> PartialDate.parse("2001-03").earliest
datetime.date(2001, 3, 1)
>>> PartialDate.parse("2001~").about
True
>>> PartialDate.parse("2001-03-14").agrees_with(PartialDate.parse("2001"))
True
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kinrules.refusal import Refused

_FORM = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<about>~?)")


class Precision(StrEnum):
    """How far a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class PartialDate:
    """A date of which the year is known and perhaps the month and the day."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read the written form.

        Raises:
            Refused: ``date.form`` for another form, ``date.no-such-day`` for the 31st of a short month.
        """
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise Refused("date.form", "a date is written 2001, 2001-03 or 2001-03-14, with ~ for about")
        month, day = (int(found[part]) if found[part] else None for part in ("month", "day"))
        partial = cls(int(found["year"]), month, day, bool(found["about"]))
        partial._require_real()
        return partial

    @property
    def precision(self) -> Precision:
        """The smallest known part."""
        if self.day is not None:
            return Precision.DAY
        return Precision.YEAR if self.month is None else Precision.MONTH

    @property
    def earliest(self) -> date:
        """The first day it can mean, "about" left aside."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean, "about" left aside."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def agrees_with(self, other: "PartialDate") -> bool:
        """Whether both can mean the same day as far as both are known; "about" allows one year either way."""
        slack = 1 if self.about or other.about else 0
        if abs(self.year - other.year) > slack:
            return False
        if slack and self.year != other.year:
            return True
        return all(a is None or b is None or a == b for a, b in ((self.month, other.month), (self.day, other.day)))

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts) + ("~" if self.about else "")

    def _require_real(self) -> None:
        if self.year < 1 or (self.month is not None and not 1 <= self.month <= 12):
            raise Refused("date.no-such-day", "there is no such month or year")
        if self.day is not None and not 1 <= self.day <= self._days_in_month:
            raise Refused("date.no-such-day", "there is no such day in that month")

    @property
    def _days_in_month(self) -> int:
        return monthrange(self.year, self.month or 12)[1]
