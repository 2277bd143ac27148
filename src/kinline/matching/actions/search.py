"""Searching the register for the persons sought, and proposing what was found."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from kinline.enquiries.models import TracingCase
from kinline.ledger import actions as ledger
from kinline.matching import engine, queries, sought
from kinline.matching.models import CaseSearch, Proposal, Reading
from kinline.registry import queries as registry
from kinline.registry.models import Record
from kinline.staff.queries import ENGINE
from kinmatch import Hit, Person, compare
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import captive_record, match, tracing_case

MOST = 5
LEAST_LIKELY = 0.02
"""Records less likely than this are not put before a reader; the why-not view shows any of them on request."""

LIVE = (match.PROPOSED, match.READ_ONCE, match.DISPUTED, match.ASKED_FAMILY, match.CANNOT_TELL)


@dataclass(frozen=True)
class Searched:
    """What one run over the due cases did."""

    cases: int
    proposals: int
    records: int


def search_due(*, at: datetime, progress: Callable[[int, int], None] | None = None) -> Searched:
    """Search every case that is due. Each case is one transaction, so a stopped run goes on where it stood."""
    due = list(queries.cases_to_search().values_list("pk", flat=True))
    found = 0
    for done, key in enumerate(due, start=1):
        found += search_case(TracingCase.objects.get(pk=key), at=at)
        if progress is not None:
            progress(done, len(due))
    return Searched(cases=len(due), proposals=found, records=len(engine.index()))


@transaction.atomic
def search_case(case: TracingCase, *, at: datetime, actor: ledger.Named = ENGINE) -> int:
    """Search the register for one person sought; return how many proposals are new.

    A pair rejected earlier is proposed again only when a fact on either side has changed.

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.CASE_SEARCH, actor, case)
    person, index = sought.person(case), engine.index()
    likely = [hit for hit in index.search(person, limit=MOST) if hit.probability >= LEAST_LIKELY]
    if case.state in (tracing_case.OPEN, tracing_case.EVIDENCE_NEEDED):
        ledger.advance(case, "search", actor=ENGINE, at=at)
    new = sum(_propose(case, person, hit, at=at) for hit in likely)
    CaseSearch.objects.create(case=case, searched_at=at, records=len(index), found=new)
    live = Proposal.objects.filter(case=case, state__in=LIVE).exists()
    if live and case.state == tracing_case.SEARCHING:
        ledger.advance(case, "find_candidates", actor=ENGINE, at=at)
    return new


@transaction.atomic
def propose_record(case: TracingCase, record: Record, *, actor: ledger.Named, at: datetime) -> Proposal:
    """Propose a record by hand, which the engine did not offer; it is then read by two like any other.

    Raises:
        Refused: not permitted, the record is withdrawn, or the pair is proposed already.
    """
    permissions.require(Permission.MATCH_PROPOSE, actor, case)
    if record.state == captive_record.WITHDRAWN:
        raise Refused("match.record-withdrawn", "the record was withdrawn")
    if Proposal.objects.filter(case=case, record=record).exists():
        raise Refused("match.proposed-already", "this pair is proposed already")
    person, found = sought.person(case), registry.person(record)
    side_by_side = compare(person, found)
    proposal = Proposal.objects.create(
        case=case,
        record=record,
        probability=side_by_side.probability,
        relative=side_by_side.relative,
        score=side_by_side.score,
        evidence=[_fact(fact) for fact in side_by_side.evidence],
        engine=f"{engine.VERSION} by hand",
        facts_digest=sought.digest(person, found),
        found_at=at,
    )
    ledger.append(kind="match.propose", subject=ledger.reference(proposal), actor=actor, at=at, facts=_pair(proposal))
    if case.state == tracing_case.OPEN:
        ledger.advance(case, "search", actor=ENGINE, at=at)
    if case.state == tracing_case.SEARCHING:
        ledger.advance(case, "find_candidates", actor=ENGINE, at=at)
    return proposal


def _written(person: Person, hit: Hit) -> dict[str, Any]:
    changes = engine.index().what_would_change_most(person, hit.record)
    return {
        "probability": hit.probability,
        "relative": hit.relative,
        "score": hit.score,
        "evidence": [_fact(fact) for fact in hit.evidence],
        "would_change": [asdict(change) for change in changes],
        "engine": engine.VERSION,
        "facts_digest": sought.digest(person, hit.person),
    }


def _propose(case: TracingCase, person: Person, hit: Hit, *, at: datetime) -> bool:
    """Write one proposal down, or bring an earlier one up to date; whether it is new to a reader."""
    known = Proposal.objects.filter(case=case, record_id=hit.record).first()
    if known is None:
        written = _written(person, hit)
        proposal = Proposal.objects.create(case=case, record_id=hit.record, found_at=at, **written)
        facts = _pair(proposal)
        ledger.append(kind="match.propose", subject=ledger.reference(proposal), actor=ENGINE, at=at, facts=facts)
        return True
    if known.state == match.CONFIRMED or known.facts_digest == sought.digest(person, hit.person):
        return False
    written = _written(person, hit)
    Proposal.objects.filter(pk=known.pk).update(**written, found_at=at, version=F("version") + 1)
    if known.state == match.PROPOSED:
        return False
    # Whoever read it read other facts: it begins again with two readers.
    ledger.advance(known, "propose_again", actor=ENGINE, at=at)
    Reading.objects.filter(proposal=known, undone_at=None).update(undone_at=at)
    Proposal.objects.filter(pk=known.pk).update(first_reader=None)
    return True


def _fact(fact: Any) -> dict[str, Any]:
    return {**asdict(fact), "weight": round(fact.weight, 2)}


def _pair(proposal: Proposal) -> dict[str, Any]:
    """What the ledger keeps of a proposal: references and the engine, never a name or a fact."""
    return {"case": str(proposal.case_id), "record": str(proposal.record_id), "engine": proposal.engine}
