"""Receiving an enquiry: once, whole, and never by looking into the register."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from kinline import keys
from kinline.enquiries import codes, contacts, danger, names, promises, safe_words
from kinline.enquiries.intake import DETAILS, Intake
from kinline.enquiries.models import Draft, Enquirer, EnquirerContact, Enquiry, TicketConflict, TracingCase
from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import Channel

SENT = "sent"


@dataclass(frozen=True)
class Received:
    """What the family gets: its code and word. ``again`` says that this very form had come before."""

    enquiry: Enquiry
    code: str
    again: bool = False

    @property
    def safe_word(self) -> str:
        """The word that our staff say first."""
        return self.enquiry.safe_word


def receive(
    intake: Intake,
    *,
    actor: ledger.Named,
    at: datetime,
    code: str | None = None,
    ticket: str | None = None,
    code_hash: str | None = None,
) -> Received:
    """Make the enquiry and its case, or find what the same ``ticket`` made before. Bound to one transaction.

    ``code_hash`` may be given where it is known already, as it is made slowly on purpose.

    Raises:
        Refused: not permitted; no name; ``enquiry.sent-otherwise`` if the ticket came before with other words, which
            are kept for an officer.
    """
    permissions.require(Permission.ENQUIRY_RECEIVE, actor)
    if not intake.name.strip():
        raise Refused("enquiry.no-name", "an enquiry needs a name")
    before = _sent_before(ticket)
    if before is None:
        code = code or codes.new()
        code_hash = code_hash or codes.hashed(code, pepper=keys.pepper())
        try:
            return Received(_make(intake, actor=actor, at=at, ticket=ticket, code_hash=code_hash), code)
        except IntegrityError:  # a double tap: the other tap was faster
            before = _sent_before(ticket)
            if before is None:
                raise
    if before.body_digest != intake.digest():
        keep_conflict(before, intake, at=at)
        raise Refused("enquiry.sent-otherwise", "the ticket came before with other words; both are kept")
    return Received(before, code or "", again=True)


@transaction.atomic
def keep_conflict(enquiry: Enquiry, intake: Intake, *, at: datetime) -> TicketConflict:
    """Keep what a second sending says that the first did not; the same words are kept once."""
    body = {
        "name": intake.name,
        "born": intake.born,
        "born_words": intake.born_words,
        "relation": intake.relation.value,
        "relation_words": intake.relation_words,
        "ways": [[way.channel.value, way.value] for way in intake.ways],
        "leave_message": intake.leave_message,
    }
    kept, _is_new = TicketConflict.objects.get_or_create(
        ticket=enquiry.ticket or "",
        body_digest=intake.digest(),
        defaults={"enquiry": enquiry.pk, "body": body, "sent_at": at},
    )
    return kept


def _sent_before(ticket: str | None) -> Enquiry | None:
    return Enquiry.objects.filter(ticket=ticket).first() if ticket else None


@transaction.atomic
def _make(intake: Intake, *, actor: ledger.Named, at: datetime, ticket: str | None, code_hash: str) -> Enquiry:
    enquirer = _enquirer(intake)
    enquiry = Enquiry.objects.create(
        case=_case(intake, at=at),
        enquirer=enquirer,
        relation=intake.relation.value,
        relation_words=intake.relation_words.strip()[:200],
        channel=intake.channel.value,
        language=intake.language,
        code_hash=code_hash,
        safe_word=safe_words.draw(intake.language, aloud=intake.channel is Channel.TELEPHONE),
        ticket=ticket,
        body_digest=intake.digest(),
        received_at=at,
        promise_on=promises.first_word(on=timezone.localdate(at)),
        danger_at=at if danger.heard(intake.relation_words, intake.born_words, *intake.details.values()) else None,
    )
    ledger.append(
        kind="enquiry.receive",
        subject=ledger.reference(enquiry),
        actor=actor,
        at=at,
        facts={"case": str(enquiry.case_id), "channel": enquiry.channel, "language": enquiry.language},
    )
    Draft.objects.filter(ticket=ticket).update(step=SENT, saved_at=at)
    return enquiry


def _enquirer(intake: Intake) -> Enquirer:
    enquirer = Enquirer.objects.create(
        name=intake.enquirer_name.strip()[:300], language=intake.language, leave_message=intake.leave_message
    )
    for way in intake.ways:
        value = way.value.strip()[:300]
        EnquirerContact.objects.create(
            enquirer=enquirer,
            channel=way.channel.value,
            value=value,
            canonical=contacts.canonical(way.channel, value)[:300],
        )
    return enquirer


def _case(intake: Intake, *, at: datetime) -> TracingCase:
    name = intake.name.strip()[:300]
    given = {column: intake.details[column] for column in DETAILS if intake.details.get(column)}
    return TracingCase.objects.create(
        sought_name=name,
        name_key=names.key(name),
        born=intake.born,
        born_words=intake.born_words.strip()[:120],
        opened_at=at,
        facts_changed_at=at,
        **given,
    )
