"""Spans of time in which a fact holds: from a moment on, up to another, either of them open.

>>> span = Span.read("2022-02-25T19:00", "")
>>> span.touches(date(2022, 2, 25)), span.touches(date(2022, 2, 24))
(True, False)
"""

from dataclasses import dataclass
from datetime import date, time

A_DAY = 24 * 60
ALWAYS, FOREVER = 0, 10_000 * 366 * A_DAY


@dataclass(frozen=True, order=True)
class Span:
    """From ``start`` to before ``end``: minutes since the beginning of year 1, by the clocks of its place."""

    start: int = ALWAYS
    end: int = FOREVER

    @classmethod
    def read(cls, start: str, end: str) -> "Span":
        """Read two days or moments of ISO 8601; "" where the span is open.

        Raises:
            ValueError: one of them is no day or moment, or the end is not after the start.
        """
        span = cls(_minutes(start) if start else ALWAYS, _minutes(end) if end else FOREVER)
        if span.end <= span.start:
            raise ValueError(f"ends {end} before it begins {start}")
        return span

    def touches(self, day: date) -> bool:
        """Return whether any part of ``day`` is in the span."""
        morning = day.toordinal() * A_DAY
        return self.start < morning + A_DAY and self.end > morning

    def overlaps(self, other: "Span") -> bool:
        """Return whether any moment is in both."""
        return self.start < other.end and other.start < self.end


def day_of(minutes: int) -> date:
    """Return the day of a moment of a span."""
    return date.fromordinal(minutes // A_DAY)


def _minutes(text: str) -> int:
    day, _sign, clock = text.strip().partition("T")
    hour = time.fromisoformat(clock) if clock else time()
    return date.fromisoformat(day).toordinal() * A_DAY + hour.hour * 60 + hour.minute
