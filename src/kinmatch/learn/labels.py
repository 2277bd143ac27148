"""What people decided: pairs confirmed and rejected, and from them how often a relative is found instead."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kinmatch.learn.pairs import TooLittle
from kinmatch.weights import Weights

LEAST_CASES = 30
"""Cases decided. From fewer, one relative more or less would move the share of relatives by more than three points."""
TRUST = 50.0  # cases the prior in force is worth
RELATIVE, NAMESAKE = "relative", "namesake"


@dataclass(frozen=True)
class Decided:
    """A pair on which people decided.

    ``probability`` is what the engine itself said, before any calibration; ``kin`` is "relative" or "namesake" where it
    was rejected as such, else "". Pairs of one enquiry carry the same ``case``.
    """

    case: str
    probability: float
    same: bool
    kin: str = ""


def relatives_prior(decided: Iterable[Decided], weights: Weights) -> Weights:
    """Return ``weights`` with the shares of persons and relatives as decided cases have them.

    A case counts as "person" if one of its pairs was confirmed, else as "relative" if one was rejected as a relative or
    namesake. Decided pairs say nothing about people who are recorded nowhere, so ``absent`` stays; the rest is shared
    anew between the two. Brothers and parents keep their parts of the relatives, which a reason does not tell apart.

    Raises:
        TooLittle: fewer than 30 cases were decided one way or the other.
    """
    persons, relatives, namesakes = _counted(decided)
    cases = persons + relatives + namesakes
    if cases < LEAST_CASES:
        raise TooLittle(f"{cases} decided cases are too few to learn from; at least {LEAST_CASES} are needed")
    found = 1.0 - weights.absent
    before = weights.relative / found
    share = (relatives + namesakes + TRUST * before) / (cases + TRUST)
    named = (namesakes + TRUST * weights.kinds[NAMESAKE]) / (relatives + namesakes + TRUST)
    blood = 1.0 - weights.kinds[NAMESAKE]
    kinds = {kind: (1.0 - named) * part / blood for kind, part in weights.kinds.items() if kind != NAMESAKE}
    return replace(weights, present=found * (1.0 - share), relative=found * share, kinds={**kinds, NAMESAKE: named})


def _counted(decided: Iterable[Decided]) -> tuple[int, int, int]:
    """Cases that ended with the person, with a relative, with a namesake."""
    by_case: dict[str, set[str]] = {}
    for pair in decided:
        said = "same" if pair.same else pair.kin
        by_case.setdefault(pair.case, set()).add(said)
    persons = sum("same" in said for said in by_case.values())
    left = [said for said in by_case.values() if "same" not in said]
    relatives = sum(RELATIVE in said for said in left)
    return persons, relatives, sum(NAMESAKE in said and RELATIVE not in said for said in left)
