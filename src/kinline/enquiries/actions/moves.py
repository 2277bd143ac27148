"""Moving an enquiry through its states. Every open enquiry keeps a promise; every enquiry gets a recorded answer."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kinline.enquiries import promises
from kinline.enquiries.actions import rows
from kinline.enquiries.models import Answer, Enquiry
from kinline.enquiries.queries import desk as queries
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinrules.refusal import Refused
from kinrules.rules import two_people
from kinrules.states import enquiry as states
from kinrules.terms import AnswerKind, EvidenceKind

CLOSE_BY_STATE = {states.SET_ASIDE: "close_set_aside"}


@transaction.atomic
def accept(enquiry: Enquiry, *, actor: ledger.Named, at: datetime, version: int | None = None) -> None:
    """Accept what came in as an enquiry; the first promise stands."""
    _move(enquiry, "accept", actor=actor, at=at, version=version)
    rows.keep(enquiry)


@transaction.atomic
def ask_family(
    enquiry: Enquiry, *, actor: ledger.Named, at: datetime, version: int | None = None, promise_on: date | None = None
) -> None:
    """Ask the family for something; if they stay silent they hear from us by the day of the next look."""
    _move(enquiry, "ask_family", actor=actor, at=at, version=version)
    day = promise_on or promises.next_look(on=timezone.localdate(at))
    rows.keep(enquiry, promise_on=day, held_until=None, last_told_at=at)


@transaction.atomic
def resume(enquiry: Enquiry, *, actor: ledger.Named, at: datetime, version: int | None = None) -> None:
    """Go on looking, with a new promise in working days."""
    _move(enquiry, "resume", actor=actor, at=at, version=version)
    rows.keep(enquiry, promise_on=promises.first_word(on=timezone.localdate(at)), held_until=None)


@transaction.atomic
def offer_call(
    enquiry: Enquiry, *, actor: ledger.Named, at: datetime, version: int | None = None, promise_on: date | None = None
) -> None:
    """Offer a call. Calls are routine: every family is offered one, with or without news."""
    _move(enquiry, "offer_call", actor=actor, at=at, version=version)
    day = promise_on or promises.first_word(on=timezone.localdate(at))
    rows.keep(enquiry, promise_on=day, held_until=None, last_told_at=at)


@transaction.atomic
def answer_for_now(
    enquiry: Enquiry,
    *,
    words: str,
    actor: ledger.Named,
    at: datetime,
    version: int | None = None,
    next_look_on: date | None = None,
) -> Answer:
    """Answer "nothing known yet", with the day of the next look, which is also the family's promise."""
    day = next_look_on or promises.next_look(on=timezone.localdate(at))
    rows.hold(enquiry, version=version)
    exhibit = ledger.attest(EvidenceKind.ANSWER, words, subject=enquiry, actor=actor, at=at)
    _move(enquiry, "answer_for_now", actor=actor, at=at, evidence=[exhibit], next_look_on=day.isoformat())
    given = _answered(enquiry, AnswerKind.NOTHING_KNOWN_YET, words, actor=actor, at=at, next_look_on=day)
    rows.keep(enquiry, promise_on=day, held_until=None, last_told_at=at)
    case = enquiry.case
    rows.hold(case, version=None)
    rows.keep(
        case, next_look_on=min(filter(None, (case.next_look_on, day))) if _still_ahead(case.next_look_on, at) else day
    )
    return given


@transaction.atomic
def answer(
    enquiry: Enquiry,
    *,
    kind: AnswerKind,
    actor: ledger.Named,
    at: datetime,
    words: str = "",
    letter: UUID | None = None,
    version: int | None = None,
) -> Answer:
    """Record the answer this family got: that it was told is recorded here, and not what, unless ``words`` say."""
    rows.hold(enquiry, version=version)
    exhibit = ledger.attest(EvidenceKind.ANSWER, words or kind.value, subject=enquiry, actor=actor, at=at)
    _move(enquiry, "answer", actor=actor, at=at, evidence=[exhibit], answer=kind.value)
    given = _answered(enquiry, kind, words, actor=actor, at=at, letter=letter)
    rows.keep(enquiry, held_until=None, last_told_at=at)
    return given


@transaction.atomic
def set_aside(enquiry: Enquiry, *, reason: str, actor: ledger.Named, at: datetime, version: int | None = None) -> None:
    """Set aside what is not an enquiry; a second officer confirms before it is closed."""
    rows.hold(enquiry, version=version)
    exhibit = ledger.attest(EvidenceKind.REASON, _said(reason), subject=enquiry, actor=actor, at=at)
    _move(enquiry, "set_aside", actor=actor, at=at, evidence=[exhibit])
    _answered(enquiry, AnswerKind.NOT_AN_ENQUIRY, "", actor=actor, at=at)
    rows.keep(enquiry, claimed_by=None, claimed_at=None)


@transaction.atomic
def withdraw(
    enquiry: Enquiry, *, statement: str, actor: ledger.Named, at: datetime, version: int | None = None
) -> None:
    """The family withdraws; their own words are kept as the statement this rests on."""
    rows.hold(enquiry, version=version)
    exhibit = ledger.attest(EvidenceKind.RELATIVE_STATEMENT, _said(statement), subject=enquiry, actor=actor, at=at)
    _move(enquiry, "withdraw", actor=actor, at=at, evidence=[exhibit])
    _answered(enquiry, AnswerKind.WITHDRAWN_BY_FAMILY, "", actor=actor, at=at)
    rows.keep(enquiry, held_until=None)


@transaction.atomic
def close(enquiry: Enquiry, *, actor: ledger.Named, at: datetime, version: int | None = None) -> None:
    """Close what was answered or withdrawn; what was set aside is closed by another human than who set it aside.

    Raises:
        Refused: not permitted, not possible now, or the same human set it aside.
    """
    rows.hold(enquiry, version=version)
    verb = CLOSE_BY_STATE.get(enquiry.state, "close")
    if verb == "close_set_aside":
        refused = two_people.refusal(queries.set_aside_by(enquiry), actor.human)
        if refused is not None:
            raise refused
    _move(enquiry, verb, actor=actor, at=at)
    rows.keep(enquiry, claimed_by=None, claimed_at=None, danger_at=None)


@transaction.atomic
def reopen(enquiry: Enquiry, *, actor: ledger.Named, at: datetime, version: int | None = None) -> None:
    """Open an enquiry again, with a new promise."""
    _move(enquiry, "reopen", actor=actor, at=at, version=version)
    rows.keep(enquiry, promise_on=promises.first_word(on=timezone.localdate(at)))


def _move(
    enquiry: Enquiry,
    verb: str,
    *,
    actor: ledger.Named,
    at: datetime,
    version: int | None = None,
    evidence: Sequence[Exhibit] = (),
    **facts: str,
) -> None:
    rows.hold(enquiry, version=version)
    facts |= rows.facts_of_lease(enquiry, actor=actor, at=at)
    ledger.advance(enquiry, verb, actor=actor, at=at, evidence=evidence, **facts)


def _answered(
    enquiry: Enquiry,
    kind: AnswerKind,
    words: str,
    *,
    actor: ledger.Named,
    at: datetime,
    next_look_on: date | None = None,
    letter: UUID | None = None,
) -> Answer:
    return Answer.objects.create(
        enquiry=enquiry,
        kind=kind.value,
        words=words,
        next_look_on=next_look_on,
        letter=letter,
        given_by=actor.reference,
        given_at=at,
    )


def _still_ahead(day: date | None, at: datetime) -> bool:
    return day is not None and day > timezone.localdate(at)


def _said(words: str) -> str:
    if not words.strip():
        raise Refused("enquiry.no-reason", "a reason in words is needed")
    return words
