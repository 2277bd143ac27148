"""The enquiries desk's lists: what waits for whom, in the right order, and what is overdue."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from kinline.enquiries.models import Addition, Enquiry, TicketConflict
from kinrules import limits
from kinrules.states import enquiry as states

OPEN = states.OWED
WAITS = (states.AWAITING_FAMILY, states.AWAITING_CALL, states.STILL_LOOKING)
"""States in which nothing is to be done by us until the family speaks or the promise comes near."""


class View(StrEnum):
    """The lists of the desk."""

    MINE = "mine"
    UNCLAIMED = "unclaimed"
    CALLS = "calls"
    WAITING = "waiting"
    SECOND = "second"
    LATER = "later"


class Sort(StrEnum):
    """In which order a list is read."""

    DANGER = "danger"
    PROMISE = "promise"
    AGE = "age"


ORDERS: Mapping[Sort, tuple[Combinable | str, ...]] = {
    Sort.DANGER: (F("danger_at").asc(nulls_last=True), "promise_on", "received_at", "pk"),
    Sort.PROMISE: ("promise_on", "received_at", "pk"),
    Sort.AGE: ("received_at", "pk"),
}


def rows(view: View, *, officer: str, on: date, sort: Sort = Sort.DANGER) -> QuerySet[Enquiry]:
    """The enquiries of one list for the human ``officer`` on the day ``on``; each knows if the family has ``news``."""
    return view_of(view, officer=officer, on=on).select_related("claimed_by").order_by(*ORDERS[sort])


def view_of(view: View, *, officer: str, on: date) -> QuerySet[Enquiry]:
    """The enquiries of one list, in no order."""
    if view is View.SECOND:
        return Enquiry.objects.filter(state=states.SET_ASIDE).annotate(news=_news())
    open_ones = _open()
    if view is View.MINE:
        return open_ones.filter(_at_hand(on), claimed_by=UUID(officer))
    if view is View.LATER:
        return open_ones.filter(~_at_hand(on), claimed_by=UUID(officer))
    if view is View.UNCLAIMED:
        return open_ones.filter(_at_hand(on), claimed_by__isnull=True)
    if view is View.CALLS:
        return open_ones.filter(state=states.AWAITING_CALL)
    return open_ones.filter(state=states.AWAITING_FAMILY)


def counts(*, officer: str, on: date) -> dict[View, int]:
    """How many enquiries each list holds."""
    return {view: view_of(view, officer=officer, on=on).count() for view in View}


def unclaimed(*, on: date) -> QuerySet[Enquiry]:
    """What waits for any officer: words of danger first, then the nearest promise, then the oldest."""
    return rows(View.UNCLAIMED, officer="", on=on)


def claimed_by(officer: str) -> QuerySet[Enquiry]:
    """Every open enquiry that an officer has claimed, the nearest promise first."""
    return Enquiry.objects.filter(state__in=OPEN, claimed_by=UUID(officer)).order_by("promise_on", "received_at", "pk")


def overdue(*, on: date) -> QuerySet[Enquiry]:
    """Open enquiries whose family should have heard from us before ``on``. Longest overdue first."""
    return Enquiry.objects.filter(state__in=OPEN, promise_on__lt=on).order_by("promise_on", "received_at", "pk")


def due_within(hours: int, *, officer: str, at: datetime) -> int:
    """How many of an officer's enquiries fall due within so many hours, or are overdue."""
    today = timezone.localdate(at)
    end = limits.on(today, "working_day_end_hour")
    soon = timezone.localtime(at + timedelta(hours=hours))
    ends_soon = soon.hour >= end or timezone.localdate(soon) > today
    due = Q(promise_on__lt=today) | Q(danger_at__isnull=False)
    if ends_soon:
        due |= Q(promise_on=today)
    return view_of(View.MINE, officer=officer, on=today).filter(due).count()


def second_forms() -> QuerySet[TicketConflict]:
    """Forms that came twice with different words and that no officer has settled."""
    return TicketConflict.objects.filter(settled_at__isnull=True).order_by("sent_at", "pk")


def _open() -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(state__in=OPEN).annotate(news=_news())


def _news() -> Q:
    added = Addition.objects.filter(enquiry=OuterRef("pk"), read_at__isnull=True)
    return Exists(added) | Exists(second_forms().filter(enquiry=OuterRef("pk")))


def _at_hand(on: date) -> Q:
    """Something is to be done by us: new words, danger, a promise by tomorrow, or work that waits for nobody."""
    near = Q(promise_on__lte=on + timedelta(days=1))
    held = Q(held_until__gt=on)
    return Q(news=True) | Q(danger_at__isnull=False) | near | (~Q(state__in=WAITS) & ~held)
