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
# By fact and level: the weight for one person, then for each kind of relative.
Worth = dict[tuple[str, str], tuple[float, ...]]
TOP_EXPONENT = 500.0  # beyond this a power of two overflows; such odds are certainty anyway


def usual_chance(field: str, row: str, sought: str) -> None:
    """Where there is no registry, how common a value is comes from the default tables."""


@dataclass(frozen=True)
class Pair:
    """Two forms compared: the code of every fact, and the two sums in log2 units."""

    codes: dict[str, str]
    same: float
    relative: float


class Scale:
    """One form laid on the scale against many: levels and weights met once are remembered.

    ``worth`` may be shared by scales of the same weights for which the chance does not depend on the value sought.
    """

    def __init__(
        self, sought: Form, *, weights: Weights, chance: Chance = usual_chance, worth: Worth | None = None
    ) -> None:
        self.sought = sought
        self.weights = weights
        self.chance = chance
        self._given = [(field, value) for field, value in zip(FIELDS, sought.values, strict=True) if value]
        self._codes: dict[tuple[str, str], str] = {}
        self._worth: Worth = {} if worth is None else worth

    def weigh(self, found: Form) -> Pair:
        """Compare with one form, fact by fact. Facts missing on either side count 0."""
        codes = dict.fromkeys(FIELDS, MISSING)
        sums = [0.0] * (1 + len(KINDS))
        for field, value in self._given:
            other = found[field]
            if other:
                codes[field] = code = self._code(field, value, other)
                sums = [total + more for total, more in zip(sums, self._weights_of(field, code), strict=True)]
        mixed = sum(self.weights.kinds[kind] * power(bits) for kind, bits in zip(KINDS, sums[1:], strict=True))
        return Pair(codes, sums[0], log2(max(mixed, 1e-300)))

    def evidence(self, found: Form, codes: dict[str, str]) -> tuple[Evidence, ...]:
        """Return the evidence for every fact that at least one side gives."""
        return tuple(
            self._evidence(field, codes[field], found)
            for field in FIELDS
            if (self.sought[field] or found[field]) and not (field == "sex" and codes[field] != "different")
        )

    def would_change(self, found: Form) -> tuple[WouldChange, ...]:
        """Return the facts missing on either side, the one that could change the score most first.

        Agreement is reckoned with the value sought, where it is given.
        """
        open_facts = [field for field in FIELDS if field != "sex" and not (self.sought[field] and found[field])]
        asked = [self._would_change(field) for field in open_facts]
        return tuple(sorted(asked, key=lambda one: one.differs - one.agrees))

    def _code(self, field: str, sought: str, found: str) -> str:
        if (field, found) not in self._codes:
            self._codes[field, found] = level_code(field, sought, found)
        return self._codes[field, found]

    def _weights_of(self, field: str, code: str) -> tuple[float, ...]:
        """The weight for one person, then for each kind of relative."""
        if (field, code) not in self._worth:
            row = row_of(field, code)
            share = self.chance(field, row, self.sought[field])
            kin = (self.weights.kin_weight(field, row, kind=kind, chance=share) for kind in KINDS)
            self._worth[field, code] = (self.weights.weight(field, row, chance=share), *kin)
        return self._worth[field, code]

    def _evidence(self, field: str, code: str, found: Form) -> Evidence:
        share = None if code == MISSING else self.chance(field, row_of(field, code), self.sought[field])
        worth = 0.0 if code == MISSING else self._weights_of(field, code)[0]
        level = Level(code, says(field, code), round(worth, 2))
        shown = self.sought.shown(field), found.shown(field)
        return Evidence(field, level.code, level.weight, level.says, *shown, common=share)

    def _would_change(self, field: str) -> WouldChange:
        sought = self.sought[field]
        agrees, differs = (
            self.weights.weight(field, row, chance=self.chance(field, row, sought) if sought else None)
            for row in ("same", "different")
        )
        return WouldChange(field, comparators()[field].ASKS, round(agrees, 2), round(differs, 2))


def power(bits: float) -> float:
    """Return two to the power of ``bits``, held within what a float can carry."""
    return float(2.0 ** min(bits, TOP_EXPONENT))


def compare(sought: Person, found: Person, *, weights: Weights | None = None) -> Comparison:
    """Lay two descriptions side by side; of several asserted names the best-agreeing pair counts.

    >>> compare(Person("", full_name="Іван Коваль"), Person("", full_name="Koval, Ivan")).score > 10
    True
    """
    used = weights or default_weights()
    scales = [Scale(form, weights=used) for form in forms(sought)]
    pairs = [(scale, other, scale.weigh(other)) for scale in scales for other in forms(found)]
    scale, other, best = max(pairs, key=lambda pair: pair[2].same)
    same, relative = power(best.same), power(best.relative) * used.relative / used.present
    whole = same + relative + 1.0
    return Comparison(same / whole, relative / whole, round(best.same, 2), scale.evidence(other, best.codes))
