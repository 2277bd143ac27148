"""Which proposals wait for whom, and which cases wait for a search."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kinline.enquiries.models import TracingCase
from kinline.ledger.models import Entry
from kinline.matching.engine import sources
from kinline.matching.models import CaseSearch, Proposal, Sweep
from kinline.staff.queries import Acting
from kinrules import limits
from kinrules.permissions import Role
from kinrules.states import match, tracing_case

SEARCHED = sources.OPEN
"""States of a case in which a new record could still be the person sought."""

REOPENING = tuple(
    f"{tracing_case.MACHINE.name}.{move.verb}"
    for move in tracing_case.MACHINE.moves
    if move.target in SEARCHED and not set(move.sources) <= set(SEARCHED)
)
"""Kinds of ledger entries by which a case is searched again that was not searched for a while."""

VIEWS = {
    "read": (match.PROPOSED, match.READ_ONCE),
    "disputed": (match.DISPUTED,),
    "asked": (match.ASKED_FAMILY,),
    "later": (match.CANNOT_TELL,),
    "confirmed": (match.CONFIRMED,),
    "rejected": (match.REJECTED,),
}
"""The views of the matching desk by the states they show. "read" never tells a first reading from a second."""


def to_read(officer: Acting) -> QuerySet[Proposal]:
    """Proposals this officer can read now, likeliest first: unread ones, and those another officer read first.

    The two look alike on purpose: the second reader is blind to the first.
    """
    unread = Q(state=match.PROPOSED)
    if Role.MATCH_REVIEWER in officer.roles:
        unread |= Q(state=match.READ_ONCE) & ~Q(first_reader=officer.human)
    return Proposal.objects.filter(unread).select_related("case", "record")


def view(name: str, officer: Acting) -> QuerySet[Proposal]:
    """The proposals of one view of the matching desk; an unknown name shows what is to be read."""
    if name == "read" or name not in VIEWS:
        return to_read(officer)
    return Proposal.objects.filter(state__in=VIEWS[name]).select_related("case", "record")


def counts(officer: Acting) -> dict[str, int]:
    """How many proposals each view holds for this officer."""
    return {name: view(name, officer).count() for name in VIEWS}


def of_case(case: TracingCase) -> QuerySet[Proposal]:
    """All proposals on one case, likeliest first."""
    return Proposal.objects.filter(case=case).select_related("record")


def awaiting_disclosure() -> QuerySet[Proposal]:
    """Confirmed proposals on whose case nobody has begun to decide what may be told, longest wait first."""
    waiting = Proposal.objects.filter(state=match.CONFIRMED, case__state=tracing_case.MATCH_CONFIRMED)
    return waiting.select_related("case", "record").order_by("found_at", "pk")


def overdue(*, at: datetime) -> QuerySet[Proposal]:
    """Proposals found longer ago than the limit ``match_review_hours`` that nobody has read."""
    latest = at - timedelta(hours=limits.on(timezone.localdate(at), "match_review_hours"))
    unread = Proposal.objects.filter(state=match.PROPOSED, found_at__lt=latest)
    return unread.select_related("case", "record").order_by("found_at", "pk")


def open_cases() -> QuerySet[TracingCase]:
    """Cases in which a new record could still be the person sought, oldest first."""
    return TracingCase.objects.filter(state__in=SEARCHED)


def cases_to_search() -> QuerySet[TracingCase]:
    """Open cases never searched with the facts they have now. Oldest first."""
    with_facts = CaseSearch.objects.filter(case=OuterRef("pk"), facts_at=OuterRef("facts_changed_at"))
    return open_cases().filter(~Exists(with_facts))


def due_cases(*, after: int, upto: int) -> list[UUID]:
    """Keys of the cases to be searched in full: those of ``cases_to_search``, and those reopened between two places in
    the ledger, which were not searched for what the register got meanwhile."""
    due = list(cases_to_search().values_list("pk", flat=True))
    entries = Entry.objects.filter(seq__gt=after, seq__lte=upto, kind__in=REOPENING).values_list("subject", flat=True)
    reopened = {UUID(subject.rpartition(":")[2]) for subject in entries}
    return due + sorted(reopened - set(due))


def last_sweep() -> Sweep | None:
    """When all open cases were last looked at, for new records or over the whole register."""
    return Sweep.objects.first()


def search_log(case: UUID) -> QuerySet[CaseSearch]:
    """When this case was searched and over how many records, newest first."""
    return CaseSearch.objects.filter(case_id=case)
