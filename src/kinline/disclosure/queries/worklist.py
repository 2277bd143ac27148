"""The worklists of the disclosure desk. None of them names or hints at what is to be told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from kinline.disclosure.models import Disclosure, Telling
from kinline.disclosure.queries.whole import stands
from kinline.enquiries.models import Enquiry
from kinline.matching.models import Proposal, Reading
from kinrules import limits
from kinrules.states import disclosure as states
from kinrules.states import enquiry as enquiries
from kinrules.states import match

_WAITS = (
    enquiries.RECEIVED,
    enquiries.ACCEPTED,
    enquiries.AWAITING_FAMILY,
    enquiries.AWAITING_CALL,
    enquiries.STILL_LOOKING,
)
_LIVE = (states.PROPOSED, states.APPROVED, states.NOT_TOLD)


@dataclass(frozen=True)
class Waiting:
    """A family whose match is confirmed and for whom nobody has proposed yet what to tell."""

    proposal: Proposal
    enquiry: Enquiry
    due_at: datetime


@dataclass(frozen=True)
class ToTell:
    """An approved disclosure that waits for its call; ``stands`` is False when something changed since."""

    disclosure: Disclosure
    due_at: datetime
    stands: bool


@dataclass(frozen=True)
class Call:
    """A call that was promised to a family."""

    disclosure: Disclosure
    telling: Telling
    at: datetime
    is_late: bool


def awaiting_proposal() -> list[Waiting]:
    """Families with a confirmed match nobody has proposed to tell of; the first due comes first."""
    found = []
    for proposal in Proposal.objects.filter(state=match.CONFIRMED).select_related("case"):
        decided = Disclosure.objects.filter(enquiry=OuterRef("pk"), proposal=proposal)
        live = Disclosure.objects.filter(enquiry=OuterRef("pk"), state__in=_LIVE)
        waiting = Enquiry.objects.filter(case=proposal.case_id, state__in=_WAITS)
        for enquiry in waiting.filter(~Exists(decided), ~Exists(live)):
            found.append(Waiting(proposal, enquiry, _due_at(proposal)))
    return sorted(found, key=lambda row: (row.due_at, row.enquiry.pk))


def awaiting_approval() -> QuerySet[Disclosure]:
    """Proposed disclosures that wait for a second officer, oldest first."""
    return _rows().filter(state=states.PROPOSED)


def to_tell_now(*, at: datetime) -> list[ToTell]:
    """Approved disclosures whose call is due: never tried, or promised for a time that has come."""
    later = {call.disclosure.pk for call in next_calls(at=at) if call.at > at}
    rows = [row for row in _rows().filter(state__in=(states.APPROVED, states.NOT_TOLD)) if row.pk not in later]
    to_tell = [ToTell(row, _due_at(row.proposal), stands(row)) for row in rows]
    return sorted(to_tell, key=lambda row: (row.due_at, row.disclosure.pk))


def next_calls(*, at: datetime) -> list[Call]:
    """Calls promised to families and not made yet, the first one first."""
    newest: dict[object, Telling] = {}
    for telling in Telling.objects.select_related("disclosure", "disclosure__enquiry").order_by("told_at", "pk"):
        newest[telling.disclosure_id] = telling
    calls = [
        Call(telling.disclosure, telling, telling.next_call_at, telling.next_call_at < at)
        for telling in newest.values()
        if telling.next_call_at is not None and telling.disclosure.state != states.WITHHELD
    ]
    return sorted(calls, key=lambda call: (call.at, call.disclosure.pk))


def retracted_today(*, on: date) -> list[Disclosure]:
    """Disclosures retracted on the day ``on``, for the head of shift."""
    retracted = _rows().filter(state=states.RETRACTED).order_by("-retracted_at")
    return [row for row in retracted if row.retracted_at is not None and localdate(row.retracted_at) == on]


def retracted_untold() -> QuerySet[Disclosure]:
    """Retracted disclosures whose family has not been told of the mistake by a person; nothing is more urgent."""
    told = Telling.objects.filter(disclosure=OuterRef("pk"), purpose="mistake", told=True)
    return _rows().filter(~Exists(told), state=states.RETRACTED).order_by("retracted_at", "pk")


def to_review(*, on: date) -> QuerySet[Disclosure]:
    """Withheld disclosures whose day of review has come."""
    return _rows().filter(state=states.WITHHELD, review_on__lte=on).order_by("review_on", "pk")


def overdue(*, at: datetime) -> list[Waiting]:
    """Families not told within the limit ``disclosure_hours`` of the second confirmation, longest wait first."""
    waiting = awaiting_proposal()
    waiting += [Waiting(row.proposal, row.enquiry, _due_at(row.proposal)) for row in _rows().filter(state__in=_LIVE)]
    return sorted((row for row in waiting if row.due_at < at), key=lambda row: (row.due_at, row.enquiry.pk))


def is_overdue(disclosure: Disclosure, *, at: datetime) -> bool:
    """Whether this family should have been told already."""
    return disclosure.state in _LIVE and _due_at(disclosure.proposal) < at


def _rows() -> QuerySet[Disclosure]:
    return Disclosure.objects.select_related(
        "enquiry", "enquiry__case", "enquiry__enquirer", "proposal", "proposal__record", "contact", "proposed_by"
    )


def _due_at(proposal: Proposal) -> datetime:
    """When the limit runs out: so many hours after the second reader confirmed."""
    readings = Reading.objects.filter(proposal=proposal, undone_at__isnull=True, officer=proposal.second_reader_id)
    newest = readings.last()
    confirmed_at = newest.read_at if newest else proposal.found_at
    return confirmed_at + timedelta(hours=limits.on(localdate(confirmed_at), "disclosure_hours"))
