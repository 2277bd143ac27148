"""Learning from this bureau's work, and putting what was learnt in force: the first is shown, the second is decided.

What is learnt always begins from the table of the package, so that learning again and again does not wander off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from kinline.enquiries.models import TracingCase
from kinline.ledger import actions as ledger
from kinline.matching import engine, queries, sought
from kinline.matching.engine.kernels import Progress, no_progress
from kinline.matching.models import Acceptance, DecidedPair, LearntWeights
from kinmatch import learn as learning
from kinmatch.learn.pairs import Levels
from kinmatch.weights import Weights, default_weights
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused

if TYPE_CHECKING:
    from kinmatch import Index

MOST_CASES = 20_000
"""Cases looked at, the newest: more would hardly move a share, and less than a minute is spent on them."""
CANDIDATES = 5
AMONG = 10


@dataclass(frozen=True)
class Lesson:
    """What was learnt, not in force: the text of the file, its digest, and the report an officer reads.

    ``too_little`` names what there was too little of: "enquiries" for the shares, "cases" for the prior of relatives,
    "pairs" for the calibration.
    """

    text: str
    digest: str
    report: dict[str, Any]
    too_little: tuple[str, ...]


def learn(*, at: datetime, progress: Progress | None = None) -> Lesson:
    """Learn from the newest cases and from all decided pairs. Nothing is written and nothing is in force by it."""
    shown = progress or no_progress
    index = engine.index(build=True)
    cases = list(TracingCase.objects.order_by("-opened_at", "pk")[:MOST_CASES])
    weights, told = _from_enquiries(cases, index, run=f"learnt {timezone.localdate(at).isoformat()}", progress=shown)
    pairs = list(queries.decided_pairs())
    try:
        weights = learning.relatives_prior([_decided(pair, pair.said) for pair in pairs], weights)
    except learning.TooLittle:
        told["too_little"].append("cases")
    decided = list(_said_with(weights, pairs))
    figures = learning.report(decided)
    if figures.calibration.kind == "identity":
        told["too_little"].append("pairs")
    counts = {"enquiries": told["enquiries"], "confirmed": figures.confirmed, "rejected": figures.rejected}
    text = learning.write(learning.Written(weights, figures.calibration, timezone.localdate(at).isoformat(), counts))
    return Lesson(text, learning.digest_of(text), _report(told, figures, weights), tuple(told["too_little"]))


@transaction.atomic
def keep_learnt(lesson: Lesson, *, actor: ledger.Named, at: datetime) -> LearntWeights:
    """Keep what was learnt, so that an officer can read the report and accept it. The same lesson is kept once.

    Raises:
        Refused: not permitted, or there was too little to learn anything from.
    """
    permissions.require(Permission.MATCH_LEARN, actor)
    if set(lesson.too_little) >= {"enquiries", "cases", "pairs"}:
        raise Refused("match.too-little-to-learn", "there is too little to learn from")
    kept, is_new = LearntWeights.objects.get_or_create(
        digest=lesson.digest, defaults={"text": lesson.text, "report": lesson.report, "learnt_at": at}
    )
    if is_new:
        facts = {"digest": kept.digest}
        ledger.append(kind="weights.learn", subject=ledger.reference(kept), actor=actor, at=at, facts=facts)
    return kept


@transaction.atomic
def accept(learnt: LearntWeights | None, *, actor: ledger.Named, at: datetime) -> Acceptance:
    """Put learnt weights in force from now on; none: the default of the package. Earlier ones are kept.

    Accepting an earlier one is how an acceptance is taken back. Proposals keep what they were made with.

    Raises:
        Refused: not permitted, these are in force already, or their file was changed.
    """
    permissions.require(Permission.MATCH_LEARN, actor)
    before = engine.in_force().name
    name = learnt.digest if learnt else engine.DEFAULT
    if name == before:
        raise Refused("match.weights-in-force", "these weights are in force already")
    if learnt is not None:
        _check(learnt)
    accepted = Acceptance.objects.create(learnt=learnt, accepted_by=actor.reference, accepted_at=at)
    subject = ledger.reference(learnt) if learnt else f"weights:{engine.DEFAULT}"
    ledger.append(kind="weights.accept", subject=subject, actor=actor, at=at, facts={"digest": name, "before": before})
    return accepted


def _check(learnt: LearntWeights) -> None:
    try:
        same = learning.digest_of(learnt.text) == learnt.digest
    except learning.DamagedWeights as error:
        raise Refused("match.weights-damaged", "the learnt weights cannot be read") from error
    if not same:
        raise Refused("match.weights-damaged", "the learnt weights do not bear their digest")


def _from_enquiries(
    cases: Sequence[TracingCase], index: "Index", *, run: str, progress: Progress
) -> tuple[Weights, dict[str, Any]]:
    told: dict[str, Any] = {"enquiries": 0, "pairs": 0, "expected": 0, "gain": 0.0, "too_little": []}
    if len(index):
        pairs = learning.pairs_of(_asked(cases, index, progress), records=len(index))
        told |= {"enquiries": pairs.enquiries, "pairs": len(pairs)}
        try:
            learnt = learning.learn(pairs, weights=default_weights(), run=run)
            return learnt.weights, told | {"expected": round(learnt.expected), "gain": round(learnt.gain, 4)}
        except learning.TooLittle:
            told["too_little"].append("enquiries")
    else:
        told["too_little"].append("enquiries")
    return default_weights(), told


def _asked(cases: Sequence[TracingCase], index: "Index", progress: Progress) -> Iterator[list[Levels]]:
    for done, case in enumerate(cases, 1):
        yield [learning.levels_of(hit.evidence) for hit in index.search(sought.person(case), limit=CANDIDATES)]
        progress(done, len(cases))


def _said_with(weights: Weights, pairs: Sequence[DecidedPair]) -> Iterator[learning.Decided]:
    """Decided pairs with what the engine says of them with ``weights``; one it no longer finds is left out."""
    if not pairs:
        return
    index = engine.with_weights(weights)
    for pair in pairs:
        hits = index.search(sought.person(pair.proposal.case), limit=AMONG)
        said = next((hit.probability for hit in hits if hit.record == str(pair.proposal.record_id)), None)
        if said is not None:
            yield _decided(pair, said)


def _decided(pair: DecidedPair, said: float) -> learning.Decided:
    return learning.Decided(str(pair.proposal.case_id), said, pair.same, pair.kin)


def _report(told: dict[str, Any], figures: learning.Report, weights: Weights) -> dict[str, Any]:
    return {
        **told,
        "decided": figures.pairs,
        "confirmed": figures.confirmed,
        "rejected": figures.rejected,
        "kin": figures.kin,
        "calibration": figures.calibration.kind,
        "prior": {"present": weights.present, "relative": weights.relative, "absent": weights.absent},
        "before": asdict(figures.before),
        "after": asdict(figures.after),
    }
