"""How far kinship is shown, by which steps, and what waits for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kinline.enquiries.models import EnquirerContact, Enquiry, KinshipStep
from kinline.ledger.models import Exhibit
from kinrules import limits
from kinrules.rules import kinship_ladder
from kinrules.terms import EvidenceKind, KinLevel

SHOWN = frozenset(way.value for ways in kinship_ladder.WAYS.values() for way in ways)


@dataclass(frozen=True)
class Standing:
    """The level that is reached, until which day, and the accepted steps it rests on."""

    level: KinLevel
    until: date | None
    steps: tuple[KinshipStep, ...]


def standing(enquiry: Enquiry, *, on: date) -> Standing:
    """How far kinship is shown on the day ``on``: steps that have expired no longer count."""
    accepted = KinshipStep.objects.filter(enquiry=enquiry, accepted=True, expires_on__gte=on).select_related("exhibit")
    steps = tuple(accepted)
    level = kinship_ladder.reached((step.level, step.way) for step in steps)
    carrying = tuple(step for step in steps if step.level <= level.value)
    return Standing(level, _until(carrying, level), carrying)


def steps(enquiry: Enquiry) -> QuerySet[KinshipStep]:
    """Every decision on this enquiry's ladder, oldest first."""
    return KinshipStep.objects.filter(enquiry=enquiry).select_related("exhibit")


def waiting(enquiry: Enquiry) -> QuerySet[Exhibit]:
    """What was shown and nobody has decided on, oldest first."""
    shown = Exhibit.objects.filter(subject=f"enquiry:{enquiry.pk}", kind__in=SHOWN)
    return shown.exclude(pk__in=KinshipStep.objects.filter(enquiry=enquiry).values("exhibit"))


def papers_waiting() -> QuerySet[Exhibit]:
    """Papers and statements of all families that wait for an officer for kinship, oldest first."""
    kinds = SHOWN - {EvidenceKind.CONTACT_CHECK.value}
    shown = Exhibit.objects.filter(subject__startswith="enquiry:", kind__in=kinds)
    return shown.exclude(pk__in=KinshipStep.objects.values("exhibit"))


def contacts_checked(enquiry: Enquiry, *, on: date) -> QuerySet[EnquirerContact]:
    """Ways to reach the family that were checked within ``contact_check_days``; a newer, unchecked one never counts."""
    since = on - timedelta(days=limits.on(on, "contact_check_days"))
    return EnquirerContact.objects.filter(enquirer=enquiry.enquirer_id, checked_at__date__gte=since)


def _until(carrying: Iterable[KinshipStep], level: KinLevel) -> date | None:
    """The level holds until the first step expires without which it would not be reached."""
    held = sorted(carrying, key=lambda step: (step.expires_on or date.max, step.pk))
    while held:
        first, *rest = held
        if kinship_ladder.reached((step.level, step.way) for step in rest) < level:
            return first.expires_on
        held = rest
    return None
