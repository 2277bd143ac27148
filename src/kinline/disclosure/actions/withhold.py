"""Withholding: the Central Tracing Agency knows, the family reads the same neutral words as any other."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from kinline.disclosure.actions.propose import reason_for, require_no_call
from kinline.disclosure.models import Disclosure
from kinline.enquiries import actions as enquiries
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinline.staff.queries import Acting
from kinrules.refusal import Refused
from kinrules.states import tracing_case
from kinrules.terms import AnswerKind, WithholdingReason

FOR_NOW = frozenset({WithholdingReason.KIN_NOT_SHOWN, WithholdingReason.DEATH_IN_PERSON_FIRST})
"""Reasons that pass: the enquiry stays open. Every other reason ends it with the neutral answer."""


@dataclass(frozen=True, kw_only=True)
class Withholding:
    """Why nothing is told, when that is looked at again, and under which number the Agency was told."""

    because: WithholdingReason
    words: str
    review_on: date
    agency_words: str


@transaction.atomic
def withhold(disclosure: Disclosure, withholding: Withholding, *, actor: Acting, at: datetime) -> None:
    """Withhold from this family. Nothing is ever withheld from the Central Tracing Agency.

    Raises:
        Refused: not permitted, no reason, no day of review, the Agency was not told, or a call is going on.
    """
    ledger.hold(disclosure)
    require_no_call(disclosure)
    if not withholding.agency_words.strip():
        raise Refused("disclosure.agency-not-settled", "the Central Tracing Agency was not told")
    if withholding.review_on <= localdate(at):
        raise Refused("disclosure.no-review", "the day of review must lie in the future")
    reason = reason_for(disclosure, withholding.words, actor=actor, at=at)
    disclosure.withheld_because = withholding.because.value
    disclosure.review_on = withholding.review_on
    disclosure.agency, disclosure.agency_words = "made", withholding.agency_words
    disclosure.save(update_fields=["withheld_because", "review_on", "agency", "agency_words"])
    ledger.advance(disclosure, "withhold", actor=actor, at=at, evidence=[reason])
    _settle_case(disclosure, withholding.because, reason, actor=actor, at=at)
    if withholding.because not in FOR_NOW:
        # The neutral answer names no reason: every reason reads the same from outside.
        enquiries.answer(disclosure.enquiry, kind=AnswerKind.CANNOT_SHARE, actor=actor, at=at)


def _settle_case(
    disclosure: Disclosure, because: WithholdingReason, reason: Exhibit, *, actor: Acting, at: datetime
) -> None:
    case = disclosure.enquiry.case
    ledger.hold(case)
    if because is WithholdingReason.DEATH_IN_PERSON_FIRST:
        if case.state == tracing_case.DISCLOSURE_DECISION:
            ledger.advance(case, "defer", actor=actor, at=at, evidence=[reason])
    elif because not in FOR_NOW and case.state in (tracing_case.DISCLOSURE_DECISION, tracing_case.DEFERRED):
        ledger.advance(case, "withhold", actor=actor, at=at, evidence=[reason])
