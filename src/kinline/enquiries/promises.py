"""The days by which the bureau promises a family to write. Every open enquiry has one.

A working day is Monday to Friday; days off in law differ between countries and are not guessed.

>>> from datetime import date
>>> first_word(on=date(2026, 11, 20))
datetime.date(2026, 11, 26)
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kinrules import limits

FRIDAY = 4


def first_word(*, on: date) -> date:
    """The day by which a person writes for the first time, or after a pause: some working days after ``on``."""
    left, day = limits.on(on, "first_promise_working_days"), on
    while left:
        day += timedelta(days=1)
        left -= day.weekday() <= FRIDAY
    return day


def next_look(*, on: date) -> date:
    """The day of the next look and the next word when nothing is known on ``on``."""
    return on + timedelta(days=limits.on(on, "next_look_days"))


def due_at(promise_on: date, *, danger_at: datetime | None = None) -> datetime:
    """The moment at which a promise falls due: the end of its working day, or minutes after words of danger."""
    due = timezone.make_aware(datetime.combine(promise_on, time(limits.on(promise_on, "working_day_end_hour"))))
    if danger_at is None:
        return due
    return min(due, danger_at + timedelta(minutes=limits.on(promise_on, "danger_minutes")))
