"""One enquiry as an officer reads it: the thread of what was said and done, who is writing on it, what may be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone

from kinline.enquiries.models import (
    Addition,
    Answer,
    CaseNote,
    ContactLog,
    EnquirerContact,
    Enquiry,
    KinshipStep,
    Reply,
    TicketConflict,
    TracingCase,
)
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry
from kinline.staff import queries as staff
from kinrules import limits, permissions
from kinrules.machine import Move
from kinrules.permissions import Actor
from kinrules.states import enquiry as states


@dataclass(frozen=True, kw_only=True)
class Said:
    """One piece of the thread. ``kind`` names its heading, ``ours`` says who spoke, ``who`` is a ledger reference."""

    at: datetime
    kind: str
    words: str = ""
    about: str = ""
    channel: str = ""
    who: str = ""
    ours: bool = False
    unread: bool = False


@dataclass(frozen=True)
class Lease:
    """Who is writing on an enquiry, and since when."""

    holder: str
    since: datetime


def is_open(enquiry: Enquiry) -> bool:
    """Whether something is still owed to the family: no answer yet, and neither set aside nor withdrawn."""
    return enquiry.state in states.OWED


def of_case(case: TracingCase) -> QuerySet[Enquiry]:
    """Every enquiry about the person sought in ``case``, oldest first."""
    return Enquiry.objects.filter(case=case).select_related("enquirer").order_by("received_at", "pk")


def contacts(enquiry: Enquiry) -> QuerySet[EnquirerContact]:
    """Every way to reach the family, in the order in which they gave them."""
    return EnquirerContact.objects.filter(enquirer=enquiry.enquirer_id)


def moves(enquiry: Enquiry, *, actor: Actor) -> tuple[Move, ...]:
    """What ``actor`` may do with the enquiry from its state: the machine's moves, less those that are not permitted."""
    possible = states.MACHINE.after(enquiry.state)
    return tuple(move for move in possible if permissions.allowed(move.who, actor, enquiry))


def set_aside_by(enquiry: Enquiry) -> str:
    """The human who set the enquiry aside last, "" if nobody did."""
    entry = ledger.of(f"enquiry:{enquiry.pk}").filter(kind="enquiry.set_aside").last()
    return entry.actor.removeprefix("officer:") if entry else ""


def lease(enquiry: Enquiry, *, at: datetime) -> Lease | None:
    """Who is writing on the enquiry at this moment."""
    if enquiry.leased_by is None or enquiry.leased_until is None or enquiry.leased_until <= at:
        return None
    minutes = limits.on(timezone.localdate(at), "lease_minutes")
    return Lease(enquiry.leased_by.name, enquiry.leased_until - timedelta(minutes=minutes))


def thread(enquiry: Enquiry) -> list[Said]:
    """All that the family said and we did, oldest first."""
    pieces = chain(_asked(enquiry), _added(enquiry), _written(enquiry), _answered(enquiry), _contacts(enquiry))
    pieces = chain(pieces, _notes(enquiry), _steps(enquiry), _second_forms(enquiry))
    return sorted(pieces, key=lambda piece: piece.at)


def unread(enquiry: Enquiry) -> int:
    """How much of what the family added, or sent again in other words, nobody has read."""
    added = Addition.objects.filter(enquiry=enquiry, read_at__isnull=True).count()
    return added + TicketConflict.objects.filter(enquiry=enquiry.pk, settled_at__isnull=True).count()


def log(enquiry: Enquiry, *, most: int = 20) -> list[tuple[Entry, str]]:
    """The newest entries on the enquiry and its case, each with the name of who acted."""
    entries = list(ledger.of_any([f"enquiry:{enquiry.pk}", f"tracing_case:{enquiry.case_id}"]).order_by("-seq")[:most])
    names = staff.names({entry.actor for entry in entries})
    return [(entry, names.get(entry.actor, "")) for entry in entries]


def names_in(pieces: list[Said]) -> dict[str, str]:
    """The names of the officers who speak in a thread, by reference."""
    return staff.names({piece.who for piece in pieces})


def newest_reply(enquiry: Enquiry) -> Reply | None:
    """What a colleague wrote last, to stand beside one's own words when both wrote at once."""
    return Reply.objects.filter(enquiry=enquiry).order_by("-written_at", "-pk").first()


def _asked(enquiry: Enquiry) -> Iterator[Said]:
    yield Said(at=enquiry.received_at, kind="received", words=enquiry.relation_words, channel=enquiry.channel)


def _added(enquiry: Enquiry) -> Iterator[Said]:
    for each in Addition.objects.filter(enquiry=enquiry):
        yield Said(
            at=each.told_at,
            kind="addition",
            about=each.kind,
            words=each.words,
            channel=each.channel,
            unread=each.read_at is None,
        )


def _written(enquiry: Enquiry) -> Iterator[Said]:
    for each in Reply.objects.filter(enquiry=enquiry):
        yield Said(
            at=each.written_at, kind="reply", words=each.words, channel=each.channel, who=each.written_by, ours=True
        )


def _answered(enquiry: Enquiry) -> Iterator[Said]:
    replied = {each.words for each in Reply.objects.filter(enquiry=enquiry)}
    for each in Answer.objects.filter(enquiry=enquiry):
        words = "" if each.words in replied else each.words
        yield Said(at=each.given_at, kind="answer", about=each.kind, words=words, who=each.given_by, ours=True)


def _contacts(enquiry: Enquiry) -> Iterator[Said]:
    for each in ContactLog.objects.filter(enquiry=enquiry):
        kind = "reached" if each.reached else "not_reached"
        yield Said(
            at=each.contacted_at, kind=kind, channel=each.channel, who=f"officer:{each.by_officer_id}", ours=True
        )


def _notes(enquiry: Enquiry) -> Iterator[Said]:
    for each in CaseNote.objects.filter(case=enquiry.case_id):
        yield Said(at=each.written_at, kind="note", words=each.words, who=each.written_by, ours=True)


def _steps(enquiry: Enquiry) -> Iterator[Said]:
    for each in KinshipStep.objects.filter(enquiry=enquiry):
        kind = "kin_accepted" if each.accepted else "kin_asked_again" if each.asked_again else "kin_refused"
        yield Said(at=each.decided_at, kind=kind, about=each.way, words=each.reason, who=each.decided_by, ours=True)


def _second_forms(enquiry: Enquiry) -> Iterator[Said]:
    for each in TicketConflict.objects.filter(enquiry=enquiry.pk):
        words = "\n".join(value for value in _texts(each.body) if value)
        yield Said(at=each.sent_at, kind="sent_otherwise", words=words, unread=each.settled_at is None)


def _texts(body: object) -> Iterator[str]:
    """Every text in a form as it was kept, however deep."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict | list):
        for value in body.values() if isinstance(body, dict) else body:
            yield from _texts(value)
