"""What there is to learn from, what was learnt, and which of it is in force."""

from dataclasses import dataclass

from django.db.models import QuerySet

from kinline.matching import chart
from kinline.matching.models import Acceptance, DecidedPair, LearntWeights


@dataclass(frozen=True)
class Lesson:
    """Learnt weights as an officer reads of them. ``bands`` are the rows of the reliability table, all in hundredths;
    ``before`` and ``after`` the points of its picture."""

    learnt: LearntWeights
    bands: tuple[dict[str, int], ...]
    before: tuple[chart.Point, ...]
    after: tuple[chart.Point, ...]
    too_little: tuple[str, ...]
    in_force: bool


def decided_pairs() -> QuerySet[DecidedPair]:
    """Pairs that officers decided and did not take back, oldest first."""
    return DecidedPair.objects.filter(undone_at=None).select_related("proposal", "proposal__case")


def learnt_weights() -> QuerySet[LearntWeights]:
    """Everything that was learnt, in force or not, newest first."""
    return LearntWeights.objects.all()


def learnt_by_digest(digest: str) -> LearntWeights | None:
    """The learnt weights whose digest begins with ``digest``; none where that says nothing or is not clear."""
    found = list(LearntWeights.objects.filter(digest__startswith=digest)[:2]) if len(digest) >= 8 else []
    return found[0] if len(found) == 1 else None


def acceptances() -> QuerySet[Acceptance]:
    """What was put in force by whom, newest first."""
    return Acceptance.objects.select_related("learnt")


def current_weights() -> LearntWeights | None:
    """The learnt weights in force; none where the table of the package is."""
    newest = acceptances().first()
    return newest.learnt if newest else None


def lessons(*, most: int) -> list[Lesson]:
    """What was learnt last, newest first; what is in force is among them, however old it is."""
    current = current_weights()
    shown = list(learnt_weights()[:most])
    if current is not None and current not in shown:
        shown.append(current)
    return [_lesson(each, in_force=each == current) for each in shown]


def _lesson(learnt: LearntWeights, *, in_force: bool) -> Lesson:
    told = learnt.report
    hundredths = ("least", "below", "said", "same", "low", "high")
    bands = tuple(
        {"pairs": band["pairs"]} | {name: round(100 * band[name]) for name in hundredths}
        for band in told["before"]["bands"]
    )
    before, after = (tuple(chart.points(told[side]["bands"])) for side in ("before", "after"))
    return Lesson(learnt, bands, before, after, tuple(told["too_little"]), in_force)
