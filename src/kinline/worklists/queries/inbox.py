"""The inbox: one line for each thing that waits, from whatever desk. No line names a person or hints at fate."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import timezone

from kinline.disclosure import queries as disclosure
from kinline.enquiries import promises
from kinline.enquiries import queries as enquiries
from kinline.enquiries.models import Enquiry
from kinline.matching import queries as matching
from kinline.matching.models import Proposal
from kinline.staff.queries import Acting
from kinrules import limits, permissions
from kinrules.permissions import Permission
from kinrules.states import match

MOST_ON_A_PAGE = 50


class View(StrEnum):
    """The lists of the inbox, in the order in which they are shown."""

    MINE = "mine"
    UNCLAIMED = "unclaimed"
    MATCHES = "matches"
    CALLS = "calls"
    WAITING = "waiting"
    SECOND = "second"
    LATER = "later"


NEEDS: dict[View, Permission] = {
    View.MINE: Permission.ENQUIRY_VIEW,
    View.UNCLAIMED: Permission.ENQUIRY_VIEW,
    View.MATCHES: Permission.MATCH_VIEW,
    View.CALLS: Permission.ENQUIRY_VIEW,
    View.WAITING: Permission.ENQUIRY_VIEW,
    View.SECOND: Permission.ENQUIRY_VIEW,
    View.LATER: Permission.ENQUIRY_VIEW,
}
_OF_ENQUIRIES = {
    View.MINE: enquiries.View.MINE,
    View.UNCLAIMED: enquiries.View.UNCLAIMED,
    View.WAITING: enquiries.View.WAITING,
    View.LATER: enquiries.View.LATER,
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that waits. ``page`` and ``pk`` name the page that opens it, ``says`` the neutral sentence."""

    page: str
    pk: UUID
    reference: str
    says: str
    due_at: datetime
    began_at: datetime
    channel: str = ""
    who: str = ""
    danger: bool = False


def views(officer: Acting) -> list[View]:
    """The lists this officer may see."""
    return [view for view in View if permissions.allowed(NEEDS[view], officer)]


def counts(officer: Acting, *, at: datetime) -> dict[View, int]:
    """How many lines each list holds."""
    return {view: len(_rows(view, officer, at=at, sort=enquiries.Sort.DANGER)) for view in views(officer)}


def lines(view: View, officer: Acting, *, at: datetime, sort: enquiries.Sort, begin: int = 0) -> list[Line]:
    """One page of a list, from the row ``begin`` on."""
    rows = _rows(view, officer, at=at, sort=sort)
    return [row if isinstance(row, Line) else _line(row, at=at) for row in rows[begin : begin + MOST_ON_A_PAGE]]


class _Counted(Sequence[Any]):
    """A query that knows its length without being read."""

    def __init__(self, query: Any) -> None:
        self.query = query

    def __len__(self) -> int:
        return int(self.query.count())

    def __getitem__(self, part: Any) -> Any:
        return self.query[part]


def _rows(view: View, officer: Acting, *, at: datetime, sort: enquiries.Sort) -> Sequence[Any]:
    on = timezone.localdate(at)
    if view in _OF_ENQUIRIES:
        return _Counted(enquiries.rows(_OF_ENQUIRIES[view], officer=officer.human, on=on, sort=sort))
    if view is View.MATCHES:
        return _Counted(matching.to_read(officer).order_by(*_MATCH_ORDER[sort]))
    made = _calls(officer, at=at) if view is View.CALLS else _second(officer, at=at)
    return sorted(made, key=_ORDER[sort])


def _calls(officer: Acting, *, at: datetime) -> Iterable[Line]:
    """Calls offered to families, and calls that a disclosure has promised for today."""
    on = timezone.localdate(at)
    for enquiry in enquiries.rows(enquiries.View.CALLS, officer=officer.human, on=on)[:500]:
        yield _line(enquiry, at=at)
    if not permissions.allowed(Permission.DISCLOSURE_VIEW, officer):
        return
    for row in disclosure.to_tell_now(at=at):
        yield _of_disclosure(row.disclosure, "call_to_make", due_at=row.due_at)
    for call in disclosure.next_calls(at=at):
        if timezone.localdate(call.at) <= on:
            yield _of_disclosure(call.disclosure, "call_promised", due_at=call.at)


def _second(officer: Acting, *, at: datetime) -> Iterable[Line]:
    """What waits for a second officer, and may be this one."""
    on = timezone.localdate(at)
    if permissions.allowed(Permission.ENQUIRY_CLOSE_ABUSIVE, officer):
        for enquiry in enquiries.rows(enquiries.View.SECOND, officer=officer.human, on=on)[:500]:
            yield _line(enquiry, at=at)
    if permissions.allowed(Permission.DISCLOSURE_VIEW, officer):
        for each in disclosure.awaiting_approval():
            if permissions.allowed(Permission.DISCLOSURE_APPROVE, officer, each):
                yield _of_disclosure(each, "to_approve", due_at=each.proposed_at + timedelta(hours=_hours(at)))
    if permissions.allowed(Permission.MATCH_VIEW, officer):
        for proposal in matching.view("disputed", officer)[:500]:
            yield _of_proposal(proposal)


def _line(row: Enquiry | Proposal, *, at: datetime) -> Line:
    if isinstance(row, Proposal):
        return _of_proposal(row)
    return Line(
        page="enquiry",
        pk=row.pk,
        reference=row.short,
        channel=row.channel,
        says=_says(row, at=at),
        due_at=promises.due_at(row.promise_on, danger_at=row.danger_at),
        began_at=row.received_at,
        who=row.claimed_by.name if row.claimed_by else "",
        danger=row.danger_at is not None,
    )


def _says(row: Any, *, at: datetime) -> str:
    if row.danger_at is not None:
        return "danger"
    if row.news:
        return "news"
    if row.held_until is not None and row.held_until > timezone.localdate(at):
        return "held"
    return str(row.state)


def _of_proposal(proposal: Proposal) -> Line:
    hours = limits.on(timezone.localdate(proposal.found_at), "match_review_hours")
    return Line(
        page="matching_proposal",
        pk=proposal.pk,
        reference=proposal.pk.hex[:8].upper(),
        says="disputed" if proposal.state == match.DISPUTED else "proposal",
        due_at=proposal.found_at + timedelta(hours=hours),
        began_at=proposal.found_at,
    )


def _of_disclosure(row: Any, says: str, *, due_at: datetime) -> Line:
    return Line(
        page="disclosure",
        pk=row.pk,
        reference=row.enquiry.short,
        channel=row.enquiry.channel,
        says=says,
        due_at=due_at,
        began_at=row.proposed_at,
        who=row.proposed_by.name,
    )


def _hours(at: datetime) -> int:
    return limits.on(timezone.localdate(at), "disclosure_hours")


_ORDER: dict[enquiries.Sort, Callable[[Line], Any]] = {
    enquiries.Sort.DANGER: lambda line: (not line.danger, line.due_at, line.reference),
    enquiries.Sort.PROMISE: lambda line: (line.due_at, line.reference),
    enquiries.Sort.AGE: lambda line: (line.began_at, line.reference),
}
_MATCH_ORDER: dict[enquiries.Sort, tuple[str, ...]] = {
    enquiries.Sort.DANGER: ("-probability", "-score", "pk"),
    enquiries.Sort.PROMISE: ("found_at", "pk"),
    enquiries.Sort.AGE: ("found_at", "pk"),
}
