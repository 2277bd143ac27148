"""Beginning the call, and keeping what came of it: told, not told, and the calls that were promised."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kinline.disclosure import queries
from kinline.disclosure.actions.propose import require_open
from kinline.disclosure.models import Disclosure, Telling
from kinline.enquiries import actions as enquiries
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinline.staff.queries import Acting
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.rules.told_by_a_person import Means
from kinrules.states import disclosure as states
from kinrules.states import tracing_case
from kinrules.terms import AnswerKind, Channel, EvidenceKind

_LASTING = queries.HARD | {"approval"}
"""Gates that must still be open when a call is recorded as told. The hour may have passed while they spoke."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a call: how far it went, who was with the family, what they asked for, when we call next."""

    lines_said: int = 0
    present: str = ""
    asked_for: str = ""
    next_call_at: datetime | None = None


@transaction.atomic
def begin_call(disclosure: Disclosure, *, actor: Acting, at: datetime) -> None:
    """Begin to tell: every gate is checked now, and nothing is changed until the call is recorded.

    Raises:
        Refused: not permitted, a gate is shut, or another officer's call is going on.
    """
    ledger.hold(disclosure)
    permissions.require(Permission.DISCLOSURE_TELL, actor, disclosure)
    if disclosure.call_begun_at is not None:
        if str(disclosure.call_begun_by_id) == actor.human:
            return
        raise Refused("disclosure.call-going-on", "another officer's call is going on")
    require_open(disclosure, actor=actor, at=at)
    disclosure.call_begun_by_id, disclosure.call_begun_at = actor.human, at
    disclosure.save(update_fields=["call_begun_by", "call_begun_at"])
    # Who sits beside the caller stands in the telling: here it would tell a death, which alone needs two.
    ledger.append(kind="disclosure.begin_call", subject=ledger.reference(disclosure), actor=actor, at=at)


@transaction.atomic
def tell(disclosure: Disclosure, outcome: Outcome, *, actor: Acting, at: datetime) -> Telling:
    """Record that the family was told by a person; the case is informed and the enquiry answered.

    Raises:
        Refused: not permitted, not this officer's call, no next call set, or a lasting gate has shut meanwhile.
    """
    _require_own_call(disclosure, actor=actor)
    if outcome.next_call_at is None or outcome.next_call_at <= at:
        raise Refused("disclosure.no-next-call", "the next call is not set")
    require_open(disclosure, only=_LASTING, actor=actor, at=at)
    telling = _keep(disclosure, outcome, told=True, purpose="tell", actor=actor, at=at)
    record = _record(disclosure, outcome, actor=actor, at=at)
    _end_call(disclosure)
    disclosure.told_at = at
    disclosure.save(update_fields=["told_at"])
    ledger.advance(disclosure, "tell", actor=actor, at=at, evidence=[record])
    _inform_case(disclosure, record, actor=actor, at=at)
    enquiries.answer(disclosure.enquiry, kind=AnswerKind.TOLD_BY_A_PERSON, actor=actor, at=at)
    return telling


@transaction.atomic
def could_not_tell(disclosure: Disclosure, outcome: Outcome, *, actor: Acting, at: datetime) -> Telling:
    """Record that the family could not be told; a next call is always set.

    Raises:
        Refused: not permitted, not this officer's call, or no next call set.
    """
    _require_own_call(disclosure, actor=actor)
    if outcome.next_call_at is None or outcome.next_call_at <= at:
        raise Refused("disclosure.no-next-call", "the next call is not set")
    telling = _keep(disclosure, outcome, told=False, purpose="tell", actor=actor, at=at)
    record = _record(disclosure, outcome, actor=actor, at=at)
    _end_call(disclosure)
    ledger.advance(disclosure, "could_not_tell", actor=actor, at=at, evidence=[record])
    return telling


@transaction.atomic
def follow_up(disclosure: Disclosure, outcome: Outcome, *, reached: bool, actor: Acting, at: datetime) -> Telling:
    """Record a call that was promised after the family was told; ``next_call_at`` may stay empty.

    Raises:
        Refused: not permitted, or the family has not been told yet.
    """
    permissions.require(Permission.DISCLOSURE_TELL, actor, disclosure)
    ledger.hold(disclosure)
    if disclosure.state not in (states.TOLD, states.RETRACTED):
        raise Refused("disclosure.not-told-yet", "the family has not been told")
    telling = _keep(disclosure, outcome, told=reached, purpose="follow_up", actor=actor, at=at)
    _note(disclosure, telling, kind="disclosure.follow_up", actor=actor, at=at)
    return telling


@transaction.atomic
def keep_mistake_call(disclosure: Disclosure, outcome: Outcome, *, told: bool, actor: Acting, at: datetime) -> Telling:
    """Record the call that takes back a mistake, with its record for the letter that follows."""
    telling = _keep(disclosure, outcome, told=told, purpose="mistake", actor=actor, at=at)
    _record(disclosure, outcome, actor=actor, at=at)
    _note(disclosure, telling, kind="disclosure.mistake_call", actor=actor, at=at)
    return telling


def _require_own_call(disclosure: Disclosure, *, actor: Acting) -> None:
    ledger.hold(disclosure)
    permissions.require(Permission.DISCLOSURE_TELL, actor, disclosure)
    if disclosure.call_begun_at is None:
        raise Refused("disclosure.no-call-begun", "no call was begun")
    if str(disclosure.call_begun_by_id) != actor.human:
        raise Refused("disclosure.not-the-caller", "another officer began this call")


def _keep(
    disclosure: Disclosure, outcome: Outcome, *, told: bool, purpose: str, actor: Acting, at: datetime
) -> Telling:
    telling = Telling.objects.create(
        disclosure=disclosure,
        purpose=purpose,
        by_officer_id=actor.human,
        with_officer_id=disclosure.accompanied_by_id if purpose == "tell" else None,
        told=told,
        lines_said=outcome.lines_said,
        present=outcome.present,
        asked_for=outcome.asked_for,
        next_call_at=outcome.next_call_at,
        told_at=at,
    )
    channel = Channel.IN_PERSON if disclosure.means == Means.IN_PERSON else Channel.TELEPHONE
    reached = told or outcome.lines_said > 0
    enquiries.log_contact(disclosure.enquiry, channel=channel.value, reached=reached, actor=actor, at=at)
    return telling


def _record(disclosure: Disclosure, outcome: Outcome, *, actor: Acting, at: datetime) -> Exhibit:
    said = f"lines said: {outcome.lines_said}\npresent: {outcome.present}\nasked for: {outcome.asked_for}"
    return ledger.attest(EvidenceKind.CALL_RECORD, said, subject=disclosure, actor=actor, at=at)


def _end_call(disclosure: Disclosure) -> None:
    disclosure.call_begun_by = disclosure.call_begun_at = None
    disclosure.save(update_fields=["call_begun_by", "call_begun_at"])


def _inform_case(disclosure: Disclosure, record: Exhibit, *, actor: Acting, at: datetime) -> None:
    case = disclosure.enquiry.case
    ledger.hold(case)
    if case.state in (tracing_case.DISCLOSURE_DECISION, tracing_case.DEFERRED):
        ledger.advance(case, "inform", actor=actor, at=at, evidence=[record])


def _note(disclosure: Disclosure, telling: Telling, *, kind: str, actor: Acting, at: datetime) -> None:
    facts = {"telling": str(telling.pk)}
    ledger.append(kind=kind, subject=ledger.reference(disclosure), actor=actor, at=at, facts=facts)
