"""Proposing what a family may be told, changing it, approving it, and taking the approval back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kinline.disclosure import queries
from kinline.disclosure.models import Disclosure
from kinline.enquiries import actions as enquiries
from kinline.enquiries.models import EnquirerContact, Enquiry
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinline.matching.models import Proposal
from kinline.staff.models import Officer
from kinline.staff.queries import Acting
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.rules import told_by_a_person, two_people
from kinrules.rules.consent import Wish
from kinrules.rules.told_by_a_person import Means
from kinrules.states import disclosure as states
from kinrules.states import enquiry as enquiry_states
from kinrules.states import match, tracing_case
from kinrules.terms import EvidenceKind, Fate, Recipient

_MAY_BE_CALLED = (
    enquiry_states.ACCEPTED,
    enquiry_states.AWAITING_FAMILY,
    enquiry_states.AWAITING_CALL,
    enquiry_states.STILL_LOOKING,
)
_DECIDED_ALREADY = (
    tracing_case.DISCLOSURE_DECISION,
    tracing_case.DEFERRED,
    tracing_case.INFORMED,
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What an officer read in the record and chose: never text that a machine wrote."""

    fate: Fate
    language: str
    recipient: Recipient = Recipient.NEXT_OF_KIN
    wish: Wish = Wish.NOT_ASKED
    means: Means = Means.VOICE
    contact: EnquirerContact | None = None
    detriment: bool = False
    detriment_words: str = ""
    agency: str = "not_yet"
    agency_words: str = ""
    may_say: str = ""


@transaction.atomic
def propose(proposal: Proposal, *, enquiry: Enquiry, choice: Choice, actor: Acting, at: datetime) -> Disclosure:
    """Propose what this family may be told of a confirmed match.

    Raises:
        Refused: not permitted; the match is not confirmed, or is another person's; the enquiry is not open for a
            call; somebody proposed already; or what was chosen may not be told in this way.
    """
    permissions.require(Permission.DISCLOSURE_PROPOSE, actor, enquiry)
    _require_proposable(proposal, enquiry)
    disclosure = Disclosure(proposal=proposal, enquiry=enquiry, proposed_by_id=actor.human, proposed_at=at)
    _write(disclosure, choice)
    disclosure.save(force_insert=True)
    _decide_case(disclosure, actor=actor, at=at)
    facts = {"enquiry": str(enquiry.pk), "match": str(proposal.pk), "digest": queries.digest(disclosure)}
    ledger.append(kind="disclosure.propose", subject=ledger.reference(disclosure), actor=actor, at=at, facts=facts)
    return disclosure


@transaction.atomic
def revise(disclosure: Disclosure, choice: Choice, *, actor: Acting, at: datetime, version: int) -> None:
    """Change what is proposed. An approval there was is void, and who changes it counts as its proposer.

    Raises:
        Refused: not permitted, changed since it was read, or a call is going on.
    """
    permissions.require(Permission.DISCLOSURE_PROPOSE, actor, disclosure)
    ledger.hold(disclosure)
    if disclosure.version != version:
        raise Refused("disclosure.changed-since-read", "the proposal changed since it was read")
    require_no_call(disclosure)
    if disclosure.state != states.PROPOSED:
        void(disclosure, why="changed", actor=actor, at=at)
    _write(disclosure, choice)
    disclosure.proposed_by_id, disclosure.proposed_at = actor.human, at
    disclosure.version += 1
    disclosure.save()
    facts = {"digest": queries.digest(disclosure)}
    ledger.append(kind="disclosure.revise", subject=ledger.reference(disclosure), actor=actor, at=at, facts=facts)


@transaction.atomic
def approve(disclosure: Disclosure, *, seen: str, actor: Acting, at: datetime) -> None:
    """Approve exactly what was read, and offer the family a call as every family is offered one.

    ``seen`` is the digest of what the officer read.

    Raises:
        Refused: not permitted, the same human, a gate without which nothing is approved is shut, or it changed.
    """
    ledger.hold(disclosure)
    refused = two_people.refusal(str(disclosure.proposed_by_id), actor.human)
    if refused is not None:
        raise refused
    if queries.digest(disclosure) != seen:
        raise Refused("disclosure.changed-since-read", "what would be told changed since it was read")
    require_open(disclosure, only=queries.HARD, actor=actor, at=at)
    disclosure.approved_by_id, disclosure.approved_at, disclosure.approved_digest = actor.human, at, seen
    disclosure.save(update_fields=["approved_by", "approved_at", "approved_digest"])
    ledger.advance(disclosure, "approve", actor=actor, at=at, digest=seen)
    enquiries.offer_call(disclosure.enquiry, actor=actor, at=at)


@transaction.atomic
def void(disclosure: Disclosure, *, why: str, actor: Acting, at: datetime) -> None:
    """Take the approval back because something changed.

    Raises:
        Refused: not permitted, not approved, no reason, or a call is going on.
    """
    ledger.hold(disclosure)
    require_no_call(disclosure)
    reason = reason_for(disclosure, why, actor=actor, at=at)
    disclosure.approved_by = disclosure.approved_at = disclosure.accompanied_by = None
    disclosure.approved_digest = ""
    disclosure.version += 1
    disclosure.save(update_fields=["approved_by", "approved_at", "approved_digest", "accompanied_by", "version"])
    ledger.advance(disclosure, "void", actor=actor, at=at, evidence=[reason])


@transaction.atomic
def accompany(disclosure: Disclosure, second: Officer | None, *, actor: Acting) -> None:
    """Note which second officer is with the caller.

    The row's history keeps it, and the telling names both. The ledger says nothing of it: a death alone needs two, so
    an entry would tell a death to whoever reads the ledger.

    Raises:
        Refused: not permitted, the caller themself, or a call is going on.
    """
    permissions.require(Permission.DISCLOSURE_TELL, actor, disclosure)
    ledger.hold(disclosure)
    require_no_call(disclosure)
    refused = None if second is None else two_people.refusal(actor.human, str(second.pk))
    if refused is not None:
        raise refused
    disclosure.accompanied_by = second
    disclosure.save(update_fields=["accompanied_by"])


def require_open(disclosure: Disclosure, *, actor: Acting, at: datetime, only: frozenset[str] | None = None) -> None:
    """Return if every gate named in ``only`` (or every gate) is open for ``actor`` at this moment.

    Raises:
        Refused: the first shut gate's own refusal.
    """
    for gate in queries.gate(disclosure, caller=actor, at=at):
        if gate.refused is not None and (only is None or gate.code in only):
            raise gate.refused


def require_no_call(disclosure: Disclosure) -> None:
    """Return if no call is going on; what is being said to a family does not change under the speaker."""
    if disclosure.call_begun_at is not None:
        raise Refused("disclosure.call-going-on", "a call is going on or waits to be recorded")


def reason_for(disclosure: Disclosure, why: str, *, actor: Acting, at: datetime) -> Exhibit:
    """Keep a reason as an exhibit.

    Raises:
        Refused: there is none.
    """
    if not why.strip():
        raise Refused("disclosure.no-reason", "a reason is needed")
    return ledger.attest(EvidenceKind.REASON, why, subject=disclosure, actor=actor, at=at)


def _require_proposable(proposal: Proposal, enquiry: Enquiry) -> None:
    if proposal.state != match.CONFIRMED:
        raise Refused("disclosure.match-not-confirmed", "the match is not confirmed")
    if enquiry.case_id != proposal.case_id:
        raise Refused("disclosure.other-case", "the enquiry belongs to another case")
    if enquiry.state not in _MAY_BE_CALLED:
        raise Refused("disclosure.enquiry-not-accepted", f"the enquiry is {enquiry.state}")
    live = Disclosure.objects.filter(enquiry=enquiry).exclude(state__in=[states.WITHHELD, states.RETRACTED])
    if live.exists():
        raise Refused("disclosure.already-proposed", "this family has a live disclosure")


def _write(disclosure: Disclosure, choice: Choice) -> None:
    if choice.fate is Fate.NOTHING_KNOWN:
        raise Refused("disclosure.nothing-to-tell", "that nothing is known is an answer, not a disclosure")
    refused = told_by_a_person.refusal(choice.means, fate=choice.fate, staff=2)
    if refused is not None:
        raise refused
    for name in ("fate", "recipient", "wish", "means"):
        setattr(disclosure, name, getattr(choice, name).value)
    for name in (
        "language",
        "contact",
        "detriment",
        "detriment_words",
        "agency",
        "agency_words",
        "may_say",
    ):
        setattr(disclosure, name, getattr(choice, name))
    disclosure.lines = queries.lines_for(disclosure, script=choice.fate.value)


def _decide_case(disclosure: Disclosure, *, actor: Acting, at: datetime) -> None:
    case = disclosure.enquiry.case
    ledger.hold(case)
    if case.state == tracing_case.MATCH_CONFIRMED:
        ledger.advance(case, "decide_disclosure", actor=actor, at=at)
    elif case.state in (tracing_case.WITHHELD, tracing_case.MONITORING):
        ledger.advance(case, "reconsider", actor=actor, at=at)
    elif case.state not in _DECIDED_ALREADY:
        raise Refused("disclosure.case-not-confirmed", f"the case is {case.state}")
