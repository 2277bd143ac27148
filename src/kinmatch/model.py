"""Ranking and evidence: the Fellegi-Sunter model with how common values are, and three hypotheses instead of two.

For every record: the same person, a relative or namesake of the person recorded, or neither. "Nobody recorded"
competes with all of them, so the probabilities of one search make one whole.

Source: I. Fellegi and A. Sunter, A theory for record linkage, JASA 64 (1969); W. Winkler on value-specific
frequencies (1989).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log2

from kinmatch.compare import comparators, level_code, row_of, says
from kinmatch.form import FIELDS, Form, forms
from kinmatch.level import MISSING, Comparison, Evidence, Level, WouldChange
from kinmatch.person import Person
from kinmatch.weights import KINDS, Weights, default_weights

Chance = Callable[[str, str, str], float | None]
TOP_EXPONENT = 500.0  # beyond this a power of two overflows; such odds are certainty anyway


def usual_chance(field: str, row: str, sought: str) -> None:
    """Where there is no registry, how common a value is comes from the default tables."""


@dataclass(frozen=True)
class Pair:
    """Two forms compared: the code of every fact, and the two sums in log2 units."""

    codes: dict[str, str]
    same: float
    relative: float


def weigh(sought: Form, found: Form, *, weights: Weights, chance: Chance = usual_chance) -> Pair:
    """Compare two forms fact by fact. Facts missing on either side count 0."""
    codes = {field: level_code(field, sought[field], found[field]) for field in FIELDS}
    same = 0.0
    kin = dict.fromkeys(KINDS, 0.0)
    for field, code in codes.items():
        if code == MISSING:
            continue
        row = row_of(field, code)
        share = chance(field, row, sought[field])
        same += weights.weight(field, row, chance=share)
        for kind in KINDS:
            kin[kind] += weights.kin_weight(field, row, kind=kind, chance=share)
    mixed = sum(weights.kinds[kind] * power(kin[kind]) for kind in KINDS)
    return Pair(codes, same, log2(max(mixed, 1e-300)))


def power(bits: float) -> float:
    """Return two to the power of ``bits``, held within what a float can carry."""
    return float(2.0 ** min(bits, TOP_EXPONENT))


def evidence_of(
    sought: Form, found: Form, codes: dict[str, str], *, weights: Weights, chance: Chance
) -> tuple[Evidence, ...]:
    """Return the evidence for every fact that at least one side gives."""
    return tuple(
        _evidence(field, codes[field], (sought, found), weights=weights, chance=chance)
        for field in FIELDS
        if (sought[field] or found[field]) and not (field == "sex" and codes[field] != "different")
    )


def _evidence(field: str, code: str, pair: tuple[Form, Form], *, weights: Weights, chance: Chance) -> Evidence:
    sought, found = pair
    share = None if code == MISSING else chance(field, row_of(field, code), sought[field])
    level = _level(field, code, share, weights)
    return Evidence(field, level.code, level.weight, level.says, sought.shown(field), found.shown(field), common=share)


def _level(field: str, code: str, share: float | None, weights: Weights) -> Level:
    worth = 0.0 if code == MISSING else weights.weight(field, row_of(field, code), chance=share)
    return Level(code, says(field, code), round(worth, 2))


def compare(sought: Person, found: Person, *, weights: Weights | None = None) -> Comparison:
    """Lay two descriptions side by side; of several asserted names the best-agreeing pair counts.

    >>> compare(Person("", full_name="Іван Коваль"), Person("", full_name="Koval, Ivan")).score > 10
    True
    """
    used = weights or default_weights()
    pairs = [(one, other, weigh(one, other, weights=used)) for one in forms(sought) for other in forms(found)]
    one, other, best = max(pairs, key=lambda pair: pair[2].same)
    same, relative = power(best.same), power(best.relative) * used.relative / used.present
    whole = same + relative + 1.0
    return Comparison(
        probability=same / whole,
        relative=relative / whole,
        score=round(best.same, 2),
        evidence=evidence_of(one, other, best.codes, weights=used, chance=usual_chance),
    )


def would_change(
    sought: Form, found: Form, *, weights: Weights, chance: Chance = usual_chance
) -> tuple[WouldChange, ...]:
    """Return the facts missing on either side, the one that could change the score most first.

    Agreement is reckoned with the value one side gives, where one does.
    """
    asked = [
        _would_change(field, sought[field], weights, chance)
        for field in FIELDS
        if field != "sex" and not (sought[field] and found[field])
    ]
    return tuple(sorted(asked, key=lambda one: one.differs - one.agrees))


def _would_change(field: str, sought: str, weights: Weights, chance: Chance) -> WouldChange:
    agrees = weights.weight(field, "same", chance=chance(field, "same", sought) if sought else None)
    differs = weights.weight(field, "different", chance=chance(field, "different", sought) if sought else None)
    return WouldChange(field, comparators()[field].ASKS, round(agrees, 2), round(differs, 2))
