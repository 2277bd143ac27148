"""The kinship ladder: what is shown is attached, and an officer for kinship accepts it, asks again or refuses.

The levels and what carries them are in kinrules/rules/kinship_ladder.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from kinline.enquiries.actions import rows
from kinline.enquiries.models import EnquirerContact, Enquiry, KinshipStep
from kinline.enquiries.queries import kinship as queries
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinrules import limits, permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.rules import kinship_ladder
from kinrules.terms import EvidenceKind, KinLevel

LARGEST = 10 * 1024 * 1024
"""Bytes of one paper: a photo from a telephone or a scan of some pages."""


class Decision(StrEnum):
    """What an officer decides on one thing that was shown."""

    ACCEPT = "accept"
    ASK_AGAIN = "ask_again"
    REFUSE = "refuse"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One decision: for which level, and why, where it is not accepted."""

    level: KinLevel
    decision: Decision
    reason: str = ""


@transaction.atomic
def attach_paper(
    enquiry: Enquiry,
    kind: EvidenceKind,
    document: ledger.Document,
    *,
    actor: ledger.Named,
    at: datetime,
    origin: str = "",
) -> Exhibit:
    """Keep a paper that shows identity or kinship; it waits for a decision.

    Raises:
        Refused: not permitted, empty, or larger than ``LARGEST`` bytes.
    """
    permissions.require(Permission.KINSHIP_VIEW, actor, enquiry)
    if not document.content:
        raise Refused("kinship.empty-file", "the file is empty")
    if len(document.content) > LARGEST:
        raise Refused("kinship.file-too-large", f"the file is larger than {LARGEST} bytes")
    return ledger.attach(kind, document, subject=enquiry, actor=actor, at=at, origin=origin)


@transaction.atomic
def note_shown(
    enquiry: Enquiry, kind: EvidenceKind, words: str, *, actor: ledger.Named, at: datetime, origin: str = ""
) -> Exhibit:
    """Keep in words what was shown without a paper: a call back, an answer only family would know, a video call."""
    permissions.require(Permission.KINSHIP_VIEW, actor, enquiry)
    if not words.strip():
        raise Refused("enquiry.no-reason", "words are needed: what was shown, and how")
    return ledger.attest(kind, words, subject=enquiry, actor=actor, at=at, origin=origin)


@transaction.atomic
def judge(
    enquiry: Enquiry, exhibit: Exhibit, judgement: Judgement, *, actor: ledger.Named, at: datetime
) -> KinshipStep:
    """Accept what was shown for a level, ask again, or refuse it with a reason.

    Raises:
        Refused: not permitted; it is another enquiry's; it was decided already; it cannot carry that level; no reason.
    """
    permissions.require(Permission.KINSHIP_SHOW, actor, enquiry)
    rows.hold(enquiry, version=None)
    _require_fitting(enquiry, exhibit, judgement)
    today = timezone.localdate(at)
    accepted = judgement.decision is Decision.ACCEPT
    step = KinshipStep.objects.create(
        enquiry=enquiry,
        level=judgement.level.value,
        way=exhibit.kind,
        exhibit=exhibit,
        accepted=accepted,
        asked_again=judgement.decision is Decision.ASK_AGAIN,
        reason=judgement.reason.strip()[:300],
        decided_by=actor.reference,
        decided_at=at,
        expires_on=months_after(today, limits.on(today, "kinship_months")) if accepted else None,
    )
    standing = queries.standing(enquiry, on=today)
    rows.keep(enquiry, kin_level=standing.level.value, kin_until=standing.until)
    facts = {"level": step.level, "way": step.way, "exhibit": str(exhibit.pk), "reached": standing.level.value}
    kind = f"kinship.{judgement.decision.value}"
    ledger.append(kind=kind, subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)
    return step


@transaction.atomic
def check_contact(
    enquiry: Enquiry, contact: EnquirerContact, words: str, *, actor: ledger.Named, at: datetime
) -> KinshipStep:
    """A way to reach the family was checked: called back or written to, and the safe word or code came back.

    Raises:
        Refused: not permitted; the contact is somebody else's; or the words are missing.
    """
    if contact.enquirer_id != enquiry.enquirer_id:
        raise Refused("kinship.other-contact", "this way of contact belongs to another family")
    origin = f"contact:{contact.pk}"
    exhibit = note_shown(enquiry, EvidenceKind.CONTACT_CHECK, words, actor=actor, at=at, origin=origin)
    judgement = Judgement(level=KinLevel.CONTACT_CHECKED, decision=Decision.ACCEPT)
    step = judge(enquiry, exhibit, judgement, actor=actor, at=at)
    contact.checked_at = at
    contact.save(update_fields=["checked_at"])
    return step


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it is shorter.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(year, month + 1, day.day - shorter)
        except ValueError:
            continue
    raise ValueError(f"no day {day.day} in {year}-{month + 1:02d}")


def _require_fitting(enquiry: Enquiry, exhibit: Exhibit, judgement: Judgement) -> None:
    if exhibit.subject != ledger.reference(enquiry):
        raise Refused("kinship.other-exhibit", "this was shown for another enquiry")
    if KinshipStep.objects.filter(exhibit=exhibit, level=judgement.level.value).exists():
        raise Refused("kinship.decided", "this was decided already")
    ways = kinship_ladder.WAYS.get(judgement.level, ())
    if exhibit.kind not in [way.value for way in ways]:
        raise Refused("kinship.wrong-way", f"{exhibit.kind} cannot carry level {judgement.level.value}")
    if judgement.decision is not Decision.ACCEPT and not judgement.reason.strip():
        raise Refused("enquiry.no-reason", "a reason in words is needed")
