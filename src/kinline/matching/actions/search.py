"""Searching the register for one person sought, and proposing what was found."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from kinline.enquiries.models import TracingCase
from kinline.ledger import actions as ledger
from kinline.matching import engine, sought
from kinline.matching.models import CaseSearch, Proposal, Reading
from kinline.matching.reverse import LEAST_LIKELY
from kinline.registry import queries as registry
from kinline.registry.models import Record
from kinline.staff.queries import ENGINE
from kinmatch import Hit, Person, compare
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import captive_record, match, tracing_case

if TYPE_CHECKING:
    from kinmatch import Index

MOST = 5

LIVE = (match.PROPOSED, match.READ_ONCE, match.DISPUTED, match.ASKED_FAMILY, match.CANNOT_TELL)

Known = Mapping[str, tuple[str, str]]
"""Of one case: record -> state and facts digest of its proposal."""


@dataclass(frozen=True)
class Likely:
    """A record likely enough to be read, with its probabilities after calibration."""

    hit: Hit
    probability: float
    relative: float


@dataclass(frozen=True)
class Looked:
    """What one search found, before anything is written: the person sought, and the likely records."""

    person: Person
    likely: tuple[Likely, ...]
    index: "Index"
    force: engine.Force


def look(case: TracingCase, *, index: "Index", force: engine.Force) -> Looked:
    """Search ``index`` for the person sought. Nothing is written."""
    person = sought.person(case)
    hits = index.search(person, limit=MOST)
    shares = force.calibration.shared([hit.probability for hit in hits], [hit.relative for hit in hits])
    likely = tuple(
        Likely(hit, same, kin) for hit, (same, kin) in zip(hits, shares, strict=True) if hit.probability >= LEAST_LIKELY
    )
    return Looked(person, likely, index, force)


def is_news(case: TracingCase, looked: Looked, known: Known) -> bool:
    """Whether what was found changes anything: a proposal, or where the case stands."""
    if case.state in (tracing_case.OPEN, tracing_case.EVIDENCE_NEEDED):
        return True
    if case.state == tracing_case.SEARCHING and looked.likely:
        return True
    return any(_changes(known.get(one.hit.record), looked.person, one.hit.person) for one in looked.likely)


def search_case(case: TracingCase, *, at: datetime, actor: ledger.Named = ENGINE) -> int:
    """Search the register for one person sought; return how many proposals are new.

    A pair rejected earlier is proposed again only when a fact on either side has changed.

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.CASE_SEARCH, actor, case)
    return keep(case, look(case, index=engine.index(build=True), force=engine.in_force()), at=at)


@transaction.atomic
def keep(case: TracingCase, looked: Looked, *, at: datetime) -> int:
    """Write down what one search found, and move the case on; return how many proposals are new."""
    if case.state in (tracing_case.OPEN, tracing_case.EVIDENCE_NEEDED):
        ledger.advance(case, "search", actor=ENGINE, at=at)
    new = sum(_propose(case, looked, one, at=at) for one in looked.likely)
    searched(case, looked, at=at, found=new).save()
    live = Proposal.objects.filter(case=case, state__in=LIVE).exists()
    if live and case.state == tracing_case.SEARCHING:
        ledger.advance(case, "find_candidates", actor=ENGINE, at=at)
    return new


def searched(case: TracingCase, looked: Looked, *, at: datetime, found: int = 0) -> CaseSearch:
    """The row, not yet saved, that says that ``case`` was searched with the facts it has."""
    return CaseSearch(case=case, searched_at=at, facts_at=case.facts_changed_at, records=len(looked.index), found=found)


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
    person, found, force = sought.person(case), registry.person(record), engine.in_force()
    side_by_side = compare(person, found, weights=force.weights)
    proposal = Proposal.objects.create(
        case=case,
        record=record,
        probability=side_by_side.probability,
        relative=side_by_side.relative,
        score=side_by_side.score,
        evidence=[_fact(fact) for fact in side_by_side.evidence],
        engine=f"{engine.VERSION} by hand",
        weights=force.name,
        facts_digest=sought.digest(person, found),
        found_at=at,
    )
    ledger.append(kind="match.propose", subject=ledger.reference(proposal), actor=actor, at=at, facts=_pair(proposal))
    if case.state == tracing_case.OPEN:
        ledger.advance(case, "search", actor=ENGINE, at=at)
    if case.state == tracing_case.SEARCHING:
        ledger.advance(case, "find_candidates", actor=ENGINE, at=at)
    return proposal


def _written(looked: Looked, one: Likely) -> dict[str, Any]:
    hit = one.hit
    changes = looked.index.what_would_change_most(looked.person, hit.record)
    return {
        "probability": one.probability,
        "relative": one.relative,
        "said": hit.probability,
        "score": hit.score,
        "evidence": [_fact(fact) for fact in hit.evidence],
        "would_change": [asdict(change) for change in changes],
        "engine": engine.VERSION,
        "weights": looked.force.name,
        "facts_digest": sought.digest(looked.person, hit.person),
    }


def _propose(case: TracingCase, looked: Looked, one: Likely, *, at: datetime) -> bool:
    """Write one proposal down, or bring an earlier one up to date; whether it is new to a reader."""
    hit = one.hit
    known = Proposal.objects.filter(case=case, record_id=hit.record).first()
    if known is None:
        proposal = Proposal.objects.create(case=case, record_id=hit.record, found_at=at, **_written(looked, one))
        facts = _pair(proposal)
        ledger.append(kind="match.propose", subject=ledger.reference(proposal), actor=ENGINE, at=at, facts=facts)
        return True
    if not _changes((known.state, known.facts_digest), looked.person, hit.person):
        return False
    written = _written(looked, one)
    Proposal.objects.filter(pk=known.pk).update(**written, found_at=at, version=F("version") + 1)
    if known.state == match.PROPOSED:
        return False
    # Whoever read it read other facts: it begins again with two readers.
    ledger.advance(known, "propose_again", actor=ENGINE, at=at)
    Reading.objects.filter(proposal=known, undone_at=None).update(undone_at=at)
    Proposal.objects.filter(pk=known.pk).update(first_reader=None)
    return True


def _changes(known: tuple[str, str] | None, person: Person, found: Person) -> bool:
    """Whether finding this record again says anything that its proposal does not say."""
    if known is None:
        return True
    state, facts_digest = known
    return state != match.CONFIRMED and facts_digest != sought.digest(person, found)


def _fact(fact: Any) -> dict[str, Any]:
    return {**asdict(fact), "weight": round(fact.weight, 2)}


def _pair(proposal: Proposal) -> dict[str, Any]:
    """What the ledger keeps of a proposal: references and the engine, never a name or a fact."""
    return {"case": str(proposal.case_id), "record": str(proposal.record_id), "engine": proposal.engine}
