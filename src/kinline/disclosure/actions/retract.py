"""Taking back what was told wrongly: at once, by the same officer, by voice."""

from datetime import datetime

from django.db import transaction

from kinline.disclosure.actions.propose import reason_for
from kinline.disclosure.actions.tell import Outcome, keep_mistake_call
from kinline.disclosure.models import Disclosure, Telling
from kinline.enquiries import actions as enquiries
from kinline.ledger import actions as ledger
from kinline.staff.queries import Acting
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import disclosure as states
from kinrules.states import enquiry as enquiry_states
from kinrules.states import tracing_case


@transaction.atomic
def retract(disclosure: Disclosure, *, why: str, what_was_wrong: str, actor: Acting, at: datetime) -> None:
    """Retract what was told. ``why`` is for the file, ``what_was_wrong`` is read to the family, one line a screen.

    The case is searched again. The enquiry is opened again if this officer may; else the list of retractions shows
    the head of shift that it is not.

    Raises:
        Refused: not permitted, not told, or no reason.
    """
    ledger.hold(disclosure)
    if not what_was_wrong.strip():
        raise Refused("disclosure.no-reason", "the family must hear what was wrong")
    reason = reason_for(disclosure, why, actor=actor, at=at)
    disclosure.what_was_wrong, disclosure.retracted_at = what_was_wrong, at
    disclosure.save(update_fields=["what_was_wrong", "retracted_at"])
    ledger.advance(disclosure, "retract", actor=actor, at=at, evidence=[reason])
    case, enquiry = disclosure.enquiry.case, disclosure.enquiry
    ledger.hold(case)
    if case.state in (tracing_case.INFORMED, tracing_case.MONITORING):
        ledger.advance(case, "retract", actor=actor, at=at, evidence=[reason])
    closed = enquiry.state in (enquiry_states.ANSWERED, enquiry_states.CLOSED)
    if closed and permissions.allowed(Permission.ENQUIRY_WORK, actor, enquiry):
        enquiries.reopen(enquiry, actor=actor, at=at)


@transaction.atomic
def mistake_told(disclosure: Disclosure, outcome: Outcome, *, told: bool, actor: Acting, at: datetime) -> Telling:
    """Record the call in which the family was, or could not be, told of the mistake.

    Raises:
        Refused: not permitted, not retracted, or no next call set.
    """
    permissions.require(Permission.DISCLOSURE_RETRACT, actor, disclosure)
    ledger.hold(disclosure)
    if disclosure.state != states.RETRACTED:
        raise Refused("disclosure.not-retracted", "it was not retracted")
    if outcome.next_call_at is None or outcome.next_call_at <= at:
        raise Refused("disclosure.no-next-call", "the next call is not set")
    return keep_mistake_call(disclosure, outcome, told=told, actor=actor, at=at)
