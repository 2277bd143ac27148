"""Quality and speed of the engine on an invented registry, in figures that can be set beside a frozen run.

R@k: recall of the true record in the first k. R@P99: recall at the score where 99 % of first places are right over
all enquiries, absent people and relatives included. ECE: expected calibration error of the first place's probability,
in ten bins.
"""

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass

from kinmatch.bench.generate import Enquiry, enquiries, registry
from kinmatch.index import Index
from kinmatch.level import Hit

SURE = 0.9
PRECISION = 0.99
BINS = 10


@dataclass(frozen=True)
class Outcome:
    """One enquiry answered: what came first, and where the truth stood (0: not among the first ten)."""

    enquiry: Enquiry
    first: Hit | None
    place: int
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the first place is the person sought."""
        return self.place == 1

    @property
    def probability(self) -> float:
        """The probability given to the first place."""
        return self.first.probability if self.first else 0.0


def run(*, records: int, asked: int, seed: int) -> dict[str, object]:
    """Build, ask, and return the figures by name; times are CPU time."""
    bearers, persons = registry(records, seed)
    start = time.process_time()
    index = Index.build(persons)
    build = time.process_time() - start
    index.search(persons[0])
    outcomes = [_outcome(index, enquiry) for enquiry in enquiries(bearers, asked, seed + 1)]
    start = time.process_time()
    index.likely_same(persons[0])
    strict_build = time.process_time() - start
    start = time.process_time()
    for person in persons[:2000]:
        index.likely_same(person)
    likely_same = (time.process_time() - start) / min(2000, len(persons)) * 1000
    return {
        "records": records,
        "enquiries": asked,
        "seed": seed,
        "python": platform.python_version(),
        "weights": index.weights.run,
        **figures(outcomes),
        "build_s": round(build, 2),
        "strict_build_s": round(strict_build, 2),
        "likely_same_ms": round(likely_same, 3),
        "slices": slices(outcomes),
    }


def _outcome(index: Index, enquiry: Enquiry) -> Outcome:
    start = time.process_time()
    hits = index.search(enquiry.sought)
    spent = (time.process_time() - start) * 1000
    ids = [hit.record for hit in hits]
    place = ids.index(enquiry.record) + 1 if enquiry.record in ids else 0
    return Outcome(enquiry, hits[0] if hits else None, place, spent)


def figures(outcomes: list[Outcome]) -> dict[str, float]:
    """Return the figures over all outcomes."""
    present = [one for one in outcomes if one.enquiry.kind == "present"]
    absent = [one for one in outcomes if one.enquiry.kind == "absent"]
    kin = [one for one in outcomes if one.enquiry.relative_of]
    times = sorted(one.milliseconds for one in outcomes)
    return {
        "absent_over_90": _share(absent, lambda one: one.probability > SURE),
        "relatives_over_90": _share(kin, lambda one: one.probability > SURE),
        "recall_at_1": _share(present, lambda one: one.right),
        "recall_at_10": _share(present, lambda one: one.place > 0),
        "recall_at_p99": recall_at_precision(outcomes, len(present)),
        "ece": calibration_error(outcomes),
        "p50_ms": round(times[len(times) // 2], 2),
        "p99_ms": round(times[int(len(times) * 0.99)], 2),
    }


def _share(outcomes: list[Outcome], holds: Callable[[Outcome], bool]) -> float:
    return round(sum(holds(one) for one in outcomes) / max(1, len(outcomes)), 4)


def recall_at_precision(outcomes: list[Outcome], present: int) -> float:
    """Return the largest recall at which 99 % of the first places told so far, the surest first, are right."""
    right, best = 0, 0
    for told, one in enumerate(sorted(outcomes, key=lambda one: -one.probability), 1):
        right += one.right
        if right >= PRECISION * told:
            best = right
    return round(best / max(1, present), 4)


def calibration_error(outcomes: list[Outcome]) -> float:
    """Return the mean distance between the probability said and the share found right, over ten bins of probability."""
    bins: list[list[Outcome]] = [[] for _bin in range(BINS)]
    for one in outcomes:
        bins[min(BINS - 1, int(one.probability * BINS))].append(one)
    gaps = [abs(sum(one.probability - one.right for one in filled)) for filled in bins if filled]
    return round(sum(gaps) / max(1, len(outcomes)), 4)


def slices(outcomes: list[Outcome]) -> dict[str, list[float]]:
    """Return for each difficulty the number of enquiries with a record, recall at 1 and at 10."""
    names = sorted({name for one in outcomes for name in one.enquiry.slices})
    found: dict[str, list[float]] = {}
    for name in names:
        these = [one for one in outcomes if one.enquiry.kind == "present" and name in one.enquiry.slices]
        found[name] = [len(these), _share(these, lambda one: one.right), _share(these, lambda one: one.place > 0)]
    return found
