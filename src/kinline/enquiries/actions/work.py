"""Who works on an enquiry: claim, release, hold until a day, hand over, the soft lease, and what was looked at."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kinline.enquiries.actions import rows
from kinline.enquiries.models import Addition, CaseNote, Enquiry, TicketConflict
from kinline.enquiries.queries import desk as queries
from kinline.enquiries.queries import worklist
from kinline.ledger import actions as ledger
from kinline.staff.models import Officer
from kinrules import limits, permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused


@transaction.atomic
def claim(enquiry: Enquiry, *, actor: ledger.Named, at: datetime, take_over: bool = False) -> None:
    """Take the enquiry as one's own work. ``take_over`` takes it from a colleague, and that is written down.

    Raises:
        Refused: not permitted, or a colleague works on it.
    """
    permissions.require(Permission.ENQUIRY_WORK, actor, enquiry)
    rows.hold(enquiry, version=None)
    officer, before = rows.officer_behind(actor), enquiry.claimed_by_id
    if before == officer.pk:
        return
    if before is not None and not take_over:
        raise Refused("enquiry.claimed", "another officer has claimed this enquiry")
    facts = {"from": f"officer:{before}"} if before else {}
    rows.keep(enquiry, claimed_by=officer, claimed_at=at)
    ledger.append(kind="enquiry.claim", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)


def claim_next(*, actor: ledger.Named, at: datetime) -> Enquiry | None:
    """Take the right next one: words of danger first, then the nearest promise, then the oldest. None if none waits."""
    for enquiry in worklist.unclaimed(on=timezone.localdate(at))[:5]:
        try:
            claim(enquiry, actor=actor, at=at)
        except Refused as refused:
            if refused.code != "enquiry.claimed":
                raise
        else:
            return enquiry
    return None


@transaction.atomic
def release(enquiry: Enquiry, *, actor: ledger.Named, at: datetime) -> None:
    """Give the enquiry back to all; whoever takes it next sees what was noted."""
    permissions.require(Permission.ENQUIRY_WORK, actor, enquiry)
    rows.hold(enquiry, version=None)
    rows.keep(enquiry, claimed_by=None, claimed_at=None)
    ledger.append(kind="enquiry.release", subject=ledger.reference(enquiry), actor=actor, at=at)


@transaction.atomic
def hold_until(enquiry: Enquiry, day: date, *, actor: ledger.Named, at: datetime, version: int | None = None) -> None:
    """Hold until ``day``, which becomes the day by which the family hears from us.

    Raises:
        Refused: not permitted; the enquiry is finished; or the day is past or later than routine contact allows.
    """
    permissions.require(Permission.ENQUIRY_WORK, actor, enquiry)
    rows.hold(enquiry, version=version)
    today = timezone.localdate(at)
    latest = today + timedelta(days=limits.on(today, "routine_call_days"))
    if not queries.is_open(enquiry):
        raise Refused("enquiry.not-open", f"an enquiry that is {enquiry.state} cannot be held")
    if not today < day <= latest:
        raise Refused("enquiry.hold-day", "the day must lie ahead, and within the days of routine contact")
    facts = {"until": day.isoformat(), "promise_was": enquiry.promise_on.isoformat()}
    rows.keep(enquiry, held_until=day, promise_on=day)
    ledger.append(kind="enquiry.hold", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)


@transaction.atomic
def hand_over(enquiry: Enquiry, *, to: Officer, what_next: str, actor: ledger.Named, at: datetime) -> None:
    """Give the enquiry to a colleague, with one line that says what is next.

    Raises:
        Refused: not permitted, or the line is missing.
    """
    permissions.require(Permission.ENQUIRY_WORK, actor, enquiry)
    line = what_next.strip()
    if not line:
        raise Refused("enquiry.no-next", "a hand-over needs one line that says what is next")
    rows.hold(enquiry, version=None)
    rows.keep(enquiry, claimed_by=to, claimed_at=at, hand_over_note=line[:300])
    facts = {"to": f"officer:{to.pk}"}
    ledger.append(kind="enquiry.hand_over", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)


@transaction.atomic
def say_next(enquiry: Enquiry, what_next: str, *, actor: ledger.Named, at: datetime) -> None:
    """Keep the enquiry, and write down in one line what is next, for whoever looks at it meanwhile.

    Raises:
        Refused: not permitted, or the line is missing.
    """
    permissions.require(Permission.ENQUIRY_WORK, actor, enquiry)
    if not what_next.strip():
        raise Refused("enquiry.no-next", "a hand-over needs one line that says what is next")
    rows.hold(enquiry, version=None)
    rows.keep(enquiry, hand_over_note=what_next.strip()[:300])
    ledger.append(kind="enquiry.say_next", subject=ledger.reference(enquiry), actor=actor, at=at)


@transaction.atomic
def lease(enquiry: Enquiry, *, actor: ledger.Named, at: datetime) -> None:
    """Say that one is writing on this, unless a colleague is; it ends by itself after ``lease_minutes``."""
    permissions.require(Permission.ENQUIRY_VIEW, actor, enquiry)
    rows.hold(enquiry, version=None)
    officer, holder = rows.officer_behind(actor), rows.lease_holder(enquiry, at=at)
    if holder is not None and holder != officer.pk:
        return
    enquiry.leased_by = officer
    enquiry.leased_until = at + timedelta(minutes=limits.on(timezone.localdate(at), "lease_minutes"))
    enquiry.save(update_fields=["leased_by", "leased_until"])


@transaction.atomic
def end_lease(enquiry: Enquiry, *, actor: ledger.Named) -> None:
    """Say that one has finished writing; nothing happens if a colleague holds the lease."""
    rows.hold(enquiry, version=None)
    if str(enquiry.leased_by_id) == actor.human:
        enquiry.leased_by = enquiry.leased_until = None
        enquiry.save(update_fields=["leased_by", "leased_until"])


@transaction.atomic
def look_at_danger(enquiry: Enquiry, *, actor: ledger.Named, at: datetime) -> None:
    """Say that one has read the words of danger and acted; the enquiry goes back to its place in the order of work."""
    permissions.require(Permission.ENQUIRY_WORK, actor, enquiry)
    rows.hold(enquiry, version=None)
    if enquiry.danger_at is None:
        return
    facts = {"heard_at": enquiry.danger_at.isoformat()}
    rows.keep(enquiry, danger_at=None)
    ledger.append(kind="enquiry.look_at_danger", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)


@transaction.atomic
def read_additions(enquiry: Enquiry, *, actor: ledger.Named, at: datetime) -> int:
    """Say that one has read what the family added, and forms that came again with other words; returns how many."""
    permissions.require(Permission.ENQUIRY_VIEW, actor, enquiry)
    unread = Addition.objects.filter(enquiry=enquiry, read_at__isnull=True)
    count = unread.update(read_by=rows.officer_behind(actor), read_at=at)
    count += TicketConflict.objects.filter(enquiry=enquiry.pk, settled_at__isnull=True).update(settled_at=at)
    if count:
        facts = {"count": count}
        ledger.append(kind="enquiry.read_additions", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)
    return count


@transaction.atomic
def note(enquiry: Enquiry, words: str, *, actor: ledger.Named, at: datetime) -> CaseNote:
    """Leave a note for colleagues; families never see it.

    Raises:
        Refused: not permitted, or nothing was written.
    """
    permissions.require(Permission.ENQUIRY_VIEW, actor, enquiry)
    if not words.strip():
        raise Refused("enquiry.empty-note", "a note holds words")
    written = CaseNote.objects.create(case=enquiry.case, words=words, written_by=actor.reference, written_at=at)
    facts = {"note": written.pk}
    ledger.append(kind="enquiry.note", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)
    return written
