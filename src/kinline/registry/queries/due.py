"""Capture cards and internment cards that are due: the family's first sign of life, under a clock the law set.

Source: Geneva Convention III, Art. 70; Geneva Convention IV, Art. 106.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Length

from kinline.registry.events import ARRIVALS
from kinline.registry.models import AssertedName, CustodyEvent, Record
from kinrules import limits
from kinrules.states import captive_record as state
from kinrules.terms import Category, EvidenceKind

_HELD = (state.CAPTURED, state.IN_EVACUATION, state.REGISTERED, state.INTERNED, state.HOSPITALISED, state.IN_TRANSFER)
_OWED_TO = (Category.PRISONER_OF_WAR, Category.RETAINED_PERSONNEL, Category.CIVILIAN_INTERNEE)
_DAY = 10  # letters of a date known to the day


@dataclass(frozen=True)
class DueCard:
    """A person held who has not been able to send a card since the last arrival."""

    record: Record
    arrived_on: date
    due_on: date
    late: bool


def due_cards(*, on: date, most: int = 200) -> list[DueCard]:
    """Cards owed on the day ``on``, the longest overdue first; ``most`` bounds the list.

    The limit is ``capture_card_days`` in force on that day, counted from the last arrival that is known to the day.
    """
    days = timedelta(days=limits.on(on, "capture_card_days"))
    return [_due(record, days, on) for record in _owed()[:most]]


def _due(record: Any, days: timedelta, on: date) -> DueCard:
    arrived_on = date.fromisoformat(record.arrived)
    return DueCard(record, arrived_on, arrived_on + days, late=arrived_on + days < on)


def _owed() -> QuerySet[Record]:
    """Persons held whose card has not come since their last arrival, with the day of it, the earliest first."""
    arrivals = CustodyEvent.objects.filter(record=OuterRef("pk"), kind__in=ARRIVALS, withdrawn_at__isnull=True)
    known = arrivals.annotate(letters=Length("happened_on")).filter(letters=_DAY)
    last = known.order_by("-happened_on").values("happened_on")[:1]
    held = Record.objects.filter(state__in=_HELD, category__in=[category.value for category in _OWED_TO])
    arrived = held.annotate(arrived=Subquery(last)).filter(arrived__isnull=False)
    return arrived.filter(~Exists(_card_since_arrival())).order_by("arrived", "number")


def _card_since_arrival() -> QuerySet[AssertedName]:
    """What a card of the person's own says, if one has come since the arrival."""
    written = AssertedName.objects.annotate(came_on=Cast("report__received_on", CharField()))
    return written.filter(
        record=OuterRef("pk"),
        report__kind=EvidenceKind.CAPTURE_CARD.value,
        came_on__gte=OuterRef("arrived"),
        withdrawn_at__isnull=True,
    )
