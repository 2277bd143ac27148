"""Every read for those who ask. Nothing here, or below, looks into the register."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from kinline import keys
from kinline.enquiries import codes, contacts, safe_words
from kinline.enquiries.models import Addition, Answer, CodeTries, ContactLog, Draft, EnquirerContact, Enquiry
from kinrules.dates import PartialDate
from kinrules.refusal import Refused
from kinrules.states import enquiry as states
from kinrules.terms import AnswerKind, PublicState

YEAR_DIGITS = 4
_OF_HASH = 16


@dataclass(frozen=True)
class Event:
    """One thing that happened: ``kind`` names the sentence, ``channel`` the way where there was one."""

    at: datetime
    kind: str
    channel: str = ""


@dataclass(frozen=True)
class Standing:
    """What a family may see of its enquiry: one of six neutral states, the promise, the worker, what happened."""

    state: PublicState
    promise_on: date
    worker: str
    events: tuple[Event, ...]
    received_at: datetime


def draft(ticket: str) -> Draft | None:
    """The draft of a form."""
    return Draft.objects.filter(ticket=ticket).first()


def unfinished(code_hash: str) -> Draft | None:
    """The draft that will have this code and was not sent yet."""
    return Draft.objects.filter(code_hash=code_hash).exclude(step="sent").first()


def by_ticket(ticket: str) -> Enquiry | None:
    """The enquiry that a form has become."""
    return Enquiry.objects.filter(ticket=ticket).first()


def opens(enquiry: Enquiry, code: str, *, code_hash: str = "") -> bool:
    """Whether this is the code that the enquiry has now; ``code_hash`` spares making it, which is slow on purpose."""
    return enquiry.code_hash == (code_hash or hashed(code))


def key(enquiry: Enquiry) -> str:
    """What a pass is handed out for: the enquiry and the code it has now, so that no pass outlives its code."""
    return f"{enquiry.pk}.{enquiry.code_hash[:_OF_HASH]}"


def by_key(key: str) -> Enquiry | None:
    """The enquiry a pass was handed out for, unless its code was replaced since."""
    enquiry, _dot, of_hash = key.partition(".")
    if len(of_hash) != _OF_HASH:
        return None
    return Enquiry.objects.filter(pk=UUID(enquiry), code_hash__startswith=of_hash).first()


def by_code(code: str) -> Enquiry | None:
    """The enquiry with this case code."""
    return by_hash(hashed(code))


def by_hash(code_hash: str) -> Enquiry | None:
    """The enquiry whose case code has this hash."""
    return Enquiry.objects.filter(code_hash=code_hash).first()


def hashed(code: str) -> str:
    """The hash under which a code is kept."""
    return codes.hashed(code, pepper=keys.pepper())


def must_wait(code_hash: str, *, at: datetime) -> bool:
    """Whether too many wrong tries were made with this code a short while ago."""
    return CodeTries.objects.filter(code_hash=code_hash, wait_until__gt=at).exists()


def fits(enquiry: Enquiry | None, check: str) -> bool:
    """Whether ``check`` is the safe word, a way the family gave us, or the year of birth it gave us."""
    if enquiry is None or not check.strip():
        return False
    if safe_words.same(check, enquiry.safe_word):
        return True
    if any(contacts.canonical(way.channel, check) == way.canonical for way in _ways(enquiry)):
        return True
    digits = contacts.digits(check)
    if len(digits) == YEAR_DIGITS:
        return _is_birth_year(int(digits), enquiry)
    tail = contacts.tail(check)
    return bool(tail) and any(
        contacts.tail(way.canonical) == tail for way in _ways(enquiry) if way.channel in contacts.BY_NUMBER
    )


def standing(enquiry: Enquiry) -> Standing:
    """What the family may see."""
    worker = enquiry.claimed_by
    return Standing(
        state=states.PUBLIC[enquiry.state],
        promise_on=enquiry.promise_on,
        worker=worker.name if worker else "",
        events=_events(enquiry),
        received_at=enquiry.received_at,
    )


def contacts_made(enquiry: Enquiry) -> QuerySet[ContactLog]:
    """When and by which way the bureau contacted this family, newest first."""
    return ContactLog.objects.filter(enquiry=enquiry)


def _events(enquiry: Enquiry) -> tuple[Event, ...]:
    events = [Event(enquiry.received_at, "received")]
    for addition in Addition.objects.filter(enquiry=enquiry):
        events.append(Event(addition.told_at, "added"))
        if addition.read_at is not None:
            events.append(Event(addition.read_at, "read"))
    looks = Answer.objects.filter(enquiry=enquiry, kind=AnswerKind.NOTHING_KNOWN_YET.value)
    events += [Event(look.given_at, "looked") for look in looks]
    events += [
        Event(contact.contacted_at, "reached" if contact.reached else "not_reached", contact.channel)
        for contact in contacts_made(enquiry)
    ]
    return tuple(sorted(events, key=lambda event: event.at))


def _ways(enquiry: Enquiry) -> list[EnquirerContact]:
    return list(EnquirerContact.objects.filter(enquirer_id=enquiry.enquirer_id))


def _is_birth_year(year: int, enquiry: Enquiry) -> bool:
    own = enquiry.first_case or enquiry.case
    try:
        born = PartialDate.parse(own.born)
    except Refused:
        return False
    return abs(born.year - year) <= (1 if born.about else 0)
