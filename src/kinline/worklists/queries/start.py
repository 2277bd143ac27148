"""The start page: what the day holds for one officer, and what the last shift left."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kinline.disclosure import queries as disclosure
from kinline.enquiries import queries as enquiries
from kinline.imports import queries as imports
from kinline.intake import drawing
from kinline.intake.waiting import Queue
from kinline.matching import queries as matching
from kinline.registry import queries as registry
from kinline.staff import queries as staff
from kinline.staff.queries import Acting
from kinline.worklists.queries import inbox
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.states import import_batch

UNFINISHED = (import_batch.RECEIVED, import_batch.CHECKING, import_batch.CHECKED, import_batch.STOPPED)


@dataclass(frozen=True, kw_only=True)
class Day:
    """Figures of one officer's day, and the last note that a colleague left; None for what is not theirs to see."""

    mine: int | None
    due_soon: int
    calls: int | None
    unclaimed: int | None
    matches: int | None
    papers: int | None
    second: int | None
    overdue: int | None
    mistakes: int | None
    registers: int | None
    cards: int | None
    people: Queue | None
    post: Queue | None
    unsent: Queue | None
    handed_over_by: str
    handed_over: str


def day(officer: Acting, *, at: datetime) -> Day:
    """What the day holds for ``officer``."""
    counted = inbox.counts(officer, at=at)
    queues = drawing.queues(officer, at=at)
    note = staff.last_hand_over(before=at)
    return Day(
        mine=counted.get(inbox.View.MINE),
        due_soon=enquiries.due_within(1, officer=officer.human, at=at),
        calls=counted.get(inbox.View.CALLS),
        unclaimed=counted.get(inbox.View.UNCLAIMED),
        matches=counted.get(inbox.View.MATCHES),
        papers=enquiries.kinship.papers_waiting().count() if _may(Permission.KINSHIP_SHOW, officer) else None,
        second=counted.get(inbox.View.SECOND),
        overdue=_overdue(officer, at=at),
        mistakes=disclosure.retracted_untold().count() if _may(Permission.DISCLOSURE_VIEW, officer) else None,
        registers=_registers() if _may(Permission.IMPORT_RUN, officer) else None,
        cards=len(registry.due_cards(on=timezone.localdate(at))) if _may(Permission.RECORD_WRITE, officer) else None,
        people=queues.get("people"),
        post=queues.get("post"),
        unsent=queues.get("unsent"),
        handed_over_by=note.officer.name if note else "",
        handed_over=note.handed_over if note else "",
    )


def _overdue(officer: Acting, *, at: datetime) -> int | None:
    """Promises of all desks that were not kept; only for those who answer for the shift."""
    if not _may(Permission.ENQUIRY_CLOSE_ABUSIVE, officer) or not _may(Permission.DISCLOSURE_VIEW, officer):
        return None
    late = enquiries.overdue(on=timezone.localdate(at)).count()
    return late + matching.overdue(at=at).count() + len(disclosure.overdue(at=at))


def _registers() -> int:
    """Registers that arrived and were neither added nor refused yet."""
    return imports.listed().filter(state__in=UNFINISHED).count()


def _may(permission: Permission, officer: Acting) -> bool:
    return permissions.allowed(permission, officer)
