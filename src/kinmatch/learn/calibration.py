"""From what the engine says to what came true here: a rising curve laid over the probability.

Which curve is chosen by how much there is to learn from. Below 30 decided pairs, or 5 of either kind, none: a new
bureau's probabilities stay as they are. From 30 a beta curve, held to "as it is" by a prior worth about ten pairs for
each of its three numbers. From 1,000 pairs, and 100 of either kind, steps that follow the counts. A curve that does not
describe held-out pairs better than "as it is" is thrown away.

Source: M. Kull, T. Silva Filho and P. Flach, Beta calibration, AISTATS (2017); B. Zadrozny and C. Elkan on isotonic
regression (2002).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEAST_PAIRS, LEAST_OF_EACH = 30, 5
ENOUGH_FOR_STEPS, ENOUGH_OF_EACH = 1_000, 100
HOLD = 2.5  # how firmly the beta curve is held to "as it is": ten pairs at even odds tell this much of a logit
STEP_TRUST = 10.0  # pairs that what the engine said is worth, in each step
EDGE = 1e-6
FOLDS = 5
ROUNDS = 60
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """A rising curve from [0, 1] to [0, 1]. ``kind`` is identity, beta or isotonic.

    beta: ``numbers`` are a, b, c of 1 / (1 + (1 - p)^b / (p^a e^c)), with a, b >= 0. isotonic: ``numbers`` are said
    probabilities and then, in the same order, what they come to; between them the curve is straight.
    ``pairs`` is how many decided pairs it was learnt from.
    """

    kind: str = "identity"
    numbers: tuple[float, ...] = ()
    pairs: int = 0

    def __call__(self, probability: float) -> float:
        """Return what ``probability`` comes to."""
        return float(self.curve(np.array([probability]))[0])

    def curve(self, probabilities: ArrayLike) -> Floats:
        """Return what each of ``probabilities`` comes to. Shape as given."""
        said = np.clip(np.asarray(probabilities, dtype=np.float64), 0.0, 1.0)
        if self.kind == "identity":
            return said
        if self.kind == "beta":
            return _logistic(_features(said) @ np.array(self.numbers))
        half = len(self.numbers) // 2
        return np.interp(said, self.numbers[:half], self.numbers[half:])

    def shared(self, probabilities: Sequence[float], relatives: Sequence[float]) -> list[tuple[float, float]]:
        """Return the probabilities of one answer calibrated, with those of relatives; together they stay within 1.

        The order of the hits stays. Relatives share what is left as they did before.
        """
        same = self.curve(list(probabilities))
        whole = float(same.sum())
        if whole > 1.0:
            same = same / whole
            whole = 1.0
        before = max(1.0 - float(sum(probabilities)), float(sum(relatives)), EDGE)
        left = (1.0 - whole) / before
        return [(float(one), kin * left) for one, kin in zip(same, relatives, strict=True)]


IDENTITY = Calibration()
"""What a new bureau begins with."""


def calibrate(said: ArrayLike, same: ArrayLike) -> Calibration:
    """Return the curve that decided pairs bear out. ``said`` and ``same`` have the shape (pairs,).

    ``said`` is what the engine itself said (0 to 1), ``same`` whether people decided that it is one person.

    Raises:
        ValueError: the two differ in length, or a probability is none.
    """
    p, y = _checked(said, same)
    for kind in _worth_trying(y):
        found = _FIT[kind](p, y)
        if _loss(cross_fitted(p, y, kind=kind), y) < _loss(p, y):
            return found
    return Calibration(pairs=len(y))


def cross_fitted(said: Floats, same: NDArray[np.bool_], *, kind: str) -> Floats:
    """Return for each pair what a curve of ``kind`` makes of it that was learnt from the other four fifths."""
    if kind == "identity":
        return said
    folds = np.empty(len(said), dtype=np.int64)
    # Dealt out in the order of what was said, so that every fifth has some of each band.
    folds[np.argsort(said, kind="stable")] = np.arange(len(said)) % FOLDS
    out = np.empty_like(said)
    for fold in range(FOLDS):
        held = folds == fold
        out[held] = _FIT[kind](said[~held], same[~held]).curve(said[held])
    return out


def _checked(said: ArrayLike, same: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    p, y = np.asarray(said, dtype=np.float64), np.asarray(same, dtype=np.bool_)
    if p.shape != y.shape or p.ndim != 1:
        raise ValueError(f"{p.shape} probabilities and {y.shape} decisions; give one decision a probability")
    if len(p) and not (np.isfinite(p).all() and p.min() >= 0.0 and p.max() <= 1.0):
        raise ValueError("a probability lies between 0 and 1")
    return p, y


def _worth_trying(y: NDArray[np.bool_]) -> list[str]:
    least = min(int(y.sum()), int((~y).sum()))
    if len(y) < LEAST_PAIRS or least < LEAST_OF_EACH:
        return []
    return ["isotonic", "beta"] if len(y) >= ENOUGH_FOR_STEPS and least >= ENOUGH_OF_EACH else ["beta"]


def _loss(p: Floats, y: NDArray[np.bool_]) -> float:
    held = np.clip(p, EDGE, 1 - EDGE)
    return float(-np.where(y, np.log(held), np.log1p(-held)).mean())


def _logistic(bits: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-np.clip(bits, -60.0, 60.0)))


def _features(p: Floats) -> Floats:
    held = np.clip(p, EDGE, 1 - EDGE)
    return np.stack([np.log(held), -np.log1p(-held), np.ones_like(held)], axis=-1)


def _beta(p: Floats, y: NDArray[np.bool_]) -> Calibration:
    """Newton's method on a convex loss; a slope that would fall is set to 0 and the others are fitted again."""
    start = np.array([1.0, 1.0, 0.0])
    free = np.array([True, True, True])
    while True:
        numbers = _newton(_features(p), y.astype(np.float64), start=np.where(free, start, 0.0), free=free)
        falling = free & (numbers < 0.0) & np.array([True, True, False])
        if not falling.any():
            return Calibration("beta", tuple(float(number) for number in numbers), len(y))
        free &= ~falling


def _newton(x: Floats, y: Floats, *, start: Floats, free: NDArray[np.bool_]) -> Floats:
    towards, numbers = np.array([1.0, 1.0, 0.0]), start.copy()
    for _round in range(ROUNDS):
        p = _logistic(x @ numbers)
        slope = x.T @ (p - y) + HOLD * (numbers - towards)
        bend = (x * (p * (1 - p))[:, None]).T @ x + HOLD * np.eye(3)
        step = np.zeros(3)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        scale = 1.0
        while scale > EDGE and _held_loss(x, y, numbers - scale * step) > _held_loss(x, y, numbers):
            scale /= 2
        numbers = numbers - scale * step
        if float(np.abs(scale * step).max()) < 1e-9:
            break
    return numbers


def _held_loss(x: Floats, y: Floats, numbers: Floats) -> float:
    bits = np.clip(x @ numbers, -60.0, 60.0)
    fit = float((np.logaddexp(0.0, bits) - y * bits).sum())
    return fit + HOLD / 2 * float(((numbers - np.array([1.0, 1.0, 0.0])) ** 2).sum())


def _steps(p: Floats, y: NDArray[np.bool_]) -> Calibration:
    """Pool adjacent violators; then each step is drawn towards what the engine said, and pooled again."""
    said, place, counts = np.unique(p, return_inverse=True, return_counts=True)
    agreed = np.bincount(place, weights=y.astype(np.float64), minlength=len(said))
    steps = _pooled([[float(s * n), float(k), float(n)] for s, k, n in zip(said, agreed, counts, strict=True)])
    drawn = [[whole, n * (same + STEP_TRUST * whole / n) / (n + STEP_TRUST), n] for whole, same, n in steps]
    knots = [(whole / n, same / n) for whole, same, n in _pooled(drawn)]
    return Calibration("isotonic", tuple(x for x, _y in knots) + tuple(y for _x, y in knots), len(p))


def _pooled(blocks: list[list[float]]) -> list[list[float]]:
    """Blocks of [sum said, sum same, count], joined until their shares rise strictly from block to block."""
    out: list[list[float]] = []
    for block in blocks:
        out.append(block)
        while len(out) > 1 and out[-2][1] / out[-2][2] >= out[-1][1] / out[-1][2]:
            last = out.pop()
            out[-1] = [one + other for one, other in zip(out[-1], last, strict=True)]
    return out


_FIT = {"beta": _beta, "isotonic": _steps}
