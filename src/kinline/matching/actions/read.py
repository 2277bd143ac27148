"""Reading a proposal: same, not the same, ask the family, cannot tell yet. Nobody is told anything by it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from kinline.enquiries.models import TracingCase
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinline.matching import queries
from kinline.matching.actions import pairs
from kinline.matching.models import Proposal, Reading
from kinline.staff.queries import Acting
from kinrules.refusal import Refused
from kinrules.rules import independent_facts, two_people
from kinrules.states import captive_record, match, tracing_case
from kinrules.terms import EvidenceKind

AGREES = 1.0
"""Points (log2) from which a fact counts as agreeing."""

PRIMARY = frozenset({"service_number"})
_NAMES = frozenset({"surname", "given", "patronymic"})


class Decision(StrEnum):
    """What a reader can decide."""

    SAME = "same"
    NOT_SAME = "not_same"
    ASK_FAMILY = "ask_family"
    CANNOT_TELL = "cannot_tell"


@transaction.atomic
def decide(
    proposal: Proposal,
    decision: Decision,
    *,
    actor: Acting,
    at: datetime,
    version: int,
    reason: str = "",
    words: str = "",
) -> Proposal:
    """Keep one officer's reading of ``proposal`` and make the move that follows from it.

    The second reader decides without knowing the first decision; what follows depends on both. ``version`` is the
    version of the proposal that the officer read. A first "same" leaves it as it is: nothing that a reader sees has
    changed, and a new version would tell the second reader of the first.

    Raises:
        Refused: not permitted; changed since it was read; the same human twice; too little agrees; no reason given.
    """
    ledger.hold(proposal)
    if proposal.version != version:
        raise Refused("match.changed", "the proposal changed since it was read")
    _DECIDE[decision](proposal, actor=actor, at=at, reason=reason, words=words)
    Reading.objects.create(
        proposal=proposal, officer_id=actor.human, decision=decision.value, reason=reason, words=words, read_at=at
    )
    if proposal.state != match.READ_ONCE:
        proposal.version += 1
        proposal.save(update_fields=["version"])
    return proposal


@transaction.atomic
def undo(proposal: Proposal, *, actor: Acting, at: datetime, words: str) -> None:
    """Take back what was read, until the family was told; then it is retracted first. The readings stay, marked undone.

    Raises:
        Refused: not permitted, no reason, or the family was told.
    """
    ledger.hold(proposal)
    case = _held_case(proposal)
    reason = _reason(words, proposal=proposal, actor=actor, at=at)
    if proposal.state == match.CONFIRMED:
        if case.state in (tracing_case.INFORMED, tracing_case.MONITORING):
            raise Refused("match.gone-on", f"the case has gone on to {case.state}; retract instead")
        if case.state not in queries.SEARCHED:  # after a retraction it is searched already
            ledger.advance(case, "undo_match", actor=actor, at=at, evidence=[reason])
    ledger.advance(proposal, "undo", actor=actor, at=at, evidence=[reason])
    Reading.objects.filter(proposal=proposal, undone_at=None).update(undone_at=at)
    pairs.take_back(proposal, at=at)
    proposal.first_reader = proposal.second_reader = None
    proposal.version += 1
    proposal.save(update_fields=["first_reader", "second_reader", "version"])


def _same(proposal: Proposal, *, actor: Acting, at: datetime, reason: str, words: str) -> None:
    _require_enough(proposal)
    if proposal.record.state == captive_record.WITHDRAWN:
        raise Refused("match.record-withdrawn", "the record was withdrawn")
    case = _held_case(proposal)
    if proposal.state != match.READ_ONCE:
        ledger.advance(proposal, "read_same", actor=actor, at=at)
        proposal.first_reader_id = actor.human
        proposal.save(update_fields=["first_reader"])
        # The case stays where it is: its state is seen by the second reader, who is blind to this.
        return
    refused = two_people.refusal(proposal.first_reader_human, actor.human)
    if refused is not None:
        raise refused
    other = Proposal.objects.filter(case=case, state=match.CONFIRMED).exclude(pk=proposal.pk)
    if other.exists():
        raise Refused("match.another-confirmed", "another record is confirmed for this case")
    said = words or "read as one person"
    second = ledger.attest(EvidenceKind.SECOND_READER, said, subject=proposal, actor=actor, at=at)
    ledger.advance(proposal, "confirm", actor=actor, at=at, evidence=[second])
    proposal.second_reader_id = actor.human
    proposal.save(update_fields=["second_reader"])
    ledger.advance(case, "confirm_match", actor=actor, at=at, evidence=[second])
    pairs.note_decision(proposal, same=True, reason=reason, actor=actor, at=at)


def _not_same(proposal: Proposal, *, actor: Acting, at: datetime, reason: str, words: str) -> None:
    if proposal.state == match.READ_ONCE and proposal.first_reader_human == actor.human:
        raise Refused("match.undo-first", "the first reader undoes the first reading before deciding anew")
    spoken = ": ".join(filter(None, (reason, words)))
    exhibit = _reason(spoken, proposal=proposal, actor=actor, at=at)
    verb = "dispute" if proposal.state == match.READ_ONCE else "reject"
    ledger.advance(proposal, verb, actor=actor, at=at, evidence=[exhibit])
    if verb == "reject":
        pairs.note_decision(proposal, same=False, reason=reason, actor=actor, at=at)
    case = _held_case(proposal)
    live = Proposal.objects.filter(case=case).exclude(state=match.REJECTED)
    if not live.exists() and case.state in (tracing_case.CANDIDATES, tracing_case.REVIEW):
        ledger.advance(case, "reject_candidates", actor=actor, at=at)


def _ask_family(proposal: Proposal, *, actor: Acting, at: datetime, reason: str, **_words: str) -> None:
    ledger.advance(proposal, "ask_family", actor=actor, at=at, what=reason)
    _forget_first(proposal)


def _cannot_tell(proposal: Proposal, *, actor: Acting, at: datetime, **_said: str) -> None:
    ledger.advance(proposal, "cannot_tell", actor=actor, at=at)
    _forget_first(proposal)


_DECIDE: Mapping[Decision, Callable[..., None]] = {
    Decision.SAME: _same,
    Decision.NOT_SAME: _not_same,
    Decision.ASK_FAMILY: _ask_family,
    Decision.CANNOT_TELL: _cannot_tell,
}


def _forget_first(proposal: Proposal) -> None:
    """A proposal set back to undecided begins again with two readers."""
    proposal.first_reader = None
    proposal.save(update_fields=["first_reader"])


def _held_case(proposal: Proposal) -> TracingCase:
    case = proposal.case
    ledger.hold(case)
    return case


def _reason(words: str, *, proposal: Proposal, actor: Acting, at: datetime) -> Exhibit:
    if not words.strip():
        raise Refused("match.no-reason", "a reason is needed")
    return ledger.attest(EvidenceKind.REASON, words, subject=proposal, actor=actor, at=at)


def _require_enough(proposal: Proposal) -> None:
    agreeing = {fact["field"] for fact in proposal.evidence if fact["weight"] >= AGREES}
    beside_names = agreeing - _NAMES
    independent = len(beside_names) + bool(agreeing & _NAMES)
    refused = independent_facts.refusal(primary=len(agreeing & PRIMARY), independent=independent)
    if refused is not None:
        raise refused
