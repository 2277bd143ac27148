"""What a family tells later: one detail, in its own words, saved at once; officers write it into the case."""

from datetime import datetime

from django.db import IntegrityError, transaction

from kinline.enquiries import danger
from kinline.enquiries.models import Addition, Enquiry
from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import Channel

KINDS = (
    "own_name",
    "unit",
    "service_number",
    "birth_place",
    "father_given_name",
    "mother_maiden_name",
    "last_contact",
    "marks",
    "who_else_asks",
    "languages",
    "health",
    "call_me",
    "stop",
    "changed_answers",
    "message",
)
LONGEST = 5_000


def add(
    enquiry: Enquiry,
    kind: str,
    words: str,
    *,
    actor: ledger.Named,
    at: datetime,
    channel: Channel = Channel.WEB,
    ticket: str | None = None,
) -> Addition:
    """Keep what the family adds. The same ``ticket`` twice keeps it once.

    Raises:
        Refused: not permitted, nothing was written, too much was written, or the kind is unknown.
    """
    permissions.require(Permission.ENQUIRY_RECEIVE, actor, enquiry)
    if kind not in KINDS:
        raise Refused("addition.kind", f"there is no kind of addition named {kind!r}")
    if not words.strip():
        raise Refused("addition.empty", "an addition needs words")
    if len(words) > LONGEST:
        raise Refused("addition.too-long", f"an addition holds at most {LONGEST} signs", longest=str(LONGEST))
    before = _sent_before(ticket)
    if before is not None:
        return before
    try:
        return _make(enquiry, kind, words, actor=actor, at=at, channel=channel, ticket=ticket)
    except IntegrityError:  # a double tap: the other tap was faster
        before = _sent_before(ticket)
        if before is None:
            raise
        return before


def _sent_before(ticket: str | None) -> Addition | None:
    return Addition.objects.filter(ticket=ticket).first() if ticket else None


@transaction.atomic
def _make(
    enquiry: Enquiry, kind: str, words: str, *, actor: ledger.Named, at: datetime, channel: Channel, ticket: str | None
) -> Addition:
    addition = Addition.objects.create(
        enquiry=enquiry, kind=kind, words=words.strip(), channel=channel.value, ticket=ticket, told_at=at
    )
    if danger.heard(words):
        Enquiry.objects.filter(pk=enquiry.pk, danger_at__isnull=True).update(danger_at=at)
    ledger.append(
        kind="enquiry.add",
        subject=ledger.reference(enquiry),
        actor=actor,
        at=at,
        facts={"addition": addition.pk, "kind": kind, "channel": channel.value},
    )
    return addition
