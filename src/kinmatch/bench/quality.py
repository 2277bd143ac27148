"""Quality and speed in figures that can be set side by side, for any engine that ranks records.

R@k: recall of the true record in the first k. R@P99: recall at the score where 99 % of first places are right over
all enquiries, absent people and relatives included. ECE: expected calibration error of the first place's probability,
in ten bins. Brier: mean square of what that probability misses.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinmatch.bench.generate import ABSENT, BROTHER, PRESENT, Enquiries
from kinmatch.bench.world import Flags, Ints

SURE = 0.9
PRECISION = 0.99
BINS = 10
NOWHERE = -np.inf
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Outcomes:
    """Enquiries answered: where the truth stood (0: not among those returned), and the score of what came first.

    ``score`` is ``NOWHERE`` where nothing was returned. All arrays have the shape (enquiries,).
    """

    place: Ints
    score: Floats

    @property
    def right(self) -> Flags:
        """Whether the first place is the person sought."""
        return np.equal(self.place, 1)


def figures(outcomes: Outcomes, asked: Enquiries, *, probabilities: bool) -> dict[str, float]:
    """Return the figures over all outcomes, false matches first where the scores are probabilities."""
    kind = asked.kind[: len(outcomes.place)]
    present = kind == PRESENT
    found: dict[str, float] = {}
    if probabilities:
        found["absent_over_90"] = _share(outcomes.score > SURE, kind == ABSENT)
        found["relatives_over_90"] = _share(outcomes.score > SURE, kind >= BROTHER)
    found["recall_at_1"] = _share(outcomes.right, present)
    found["recall_at_10"] = _share(outcomes.place > 0, present)
    told = recall_at_precision(outcomes.score, outcomes.right)
    found["recall_at_p99"] = round(told / max(1, int(present.sum())), 4)
    if probabilities:
        probability = np.maximum(outcomes.score, 0.0)
        found["ece"] = calibration_error(probability, outcomes.right)
        found["brier"] = round(float(((probability - outcomes.right) ** 2).mean()), 4) if len(kind) else 0.0
    return found


def _share(holds: Flags, among: Flags) -> float:
    return round(float(holds[among].mean()), 4) if among.any() else 0.0


def recall_at_precision(score: Floats, right: Flags) -> int:
    """Return the most right answers told so that 99 % of those told are right, telling the highest scores first.

    Equal scores are told together or not at all.
    """
    order = np.argsort(-score, kind="stable")
    order = order[score[order] > NOWHERE]
    if not len(order):
        return 0
    told, so_far = np.arange(1, len(order) + 1), np.cumsum(right[order])
    last_of_its_score = np.append(score[order][1:] != score[order][:-1], True)
    good = last_of_its_score & (so_far >= PRECISION * told)
    return int(so_far[good].max(initial=0))


def calibration_error(probability: Floats, right: Flags) -> float:
    """Return the mean distance between the probability said and the share found right, over ten bins of probability."""
    bins = np.minimum(BINS - 1, (probability * BINS).astype(np.int64))
    gaps = np.abs(np.bincount(bins, weights=probability - right, minlength=BINS))
    return round(float(gaps.sum()) / max(1, len(right)), 4)


def slices(outcomes: Outcomes, asked: Enquiries) -> dict[str, list[float]]:
    """Return for each difficulty the number of enquiries with a record, recall at 1 and at 10."""
    count = len(outcomes.place)
    present = asked.kind[:count] == PRESENT
    these = {name: present & holds[:count] for name, holds in asked.slices.items()}
    return {
        name: [int(among.sum()), _share(outcomes.right, among), _share(outcomes.place > 0, among)]
        for name, among in sorted(these.items())
    }


def times(nanoseconds: NDArray[np.int64]) -> dict[str, float]:
    """Return the median, the 99th percentile and the longest time, in milliseconds of CPU."""
    half, most, longest = (float(np.percentile(nanoseconds, share)) / 1e6 for share in (50, 99, 100))
    return {"p50_ms": round(half, 3), "p99_ms": round(most, 3), "longest_ms": round(longest, 3)}


def pair_figures(pairs: Any, score: Floats, truth: NDArray[np.int64]) -> dict[str, float]:
    """Return how many pairs told with more than .9 are wrong, and the recall: at most, and where 99 % told are right.

    Shapes: ``pairs`` (told,) and ``truth`` (true pairs,) hold one number a pair.
    """
    right = np.isin(pairs, truth)
    return {
        "wrong_over_90": _share(~right, score > SURE),
        "pairs_told": len(right),
        "pair_recall": round(float(right.sum()) / max(1, len(truth)), 4),
        "pair_recall_at_p99": round(recall_at_precision(score, right) / max(1, len(truth)), 4),
    }
