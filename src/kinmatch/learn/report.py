"""How far what was said came true: a reliability table, the expected calibration error and the Brier score.

"After" is always measured on pairs that the curve did not learn from, in five folds; otherwise every curve looks right.

Source: G. Brier, Verification of forecasts expressed in terms of probability (1950); reliability tables as in
A. Murphy and R. Winkler (1977).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kinmatch.learn.calibration import Calibration, calibrate, cross_fitted
from kinmatch.learn.labels import Decided

BINS = 10
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """Decided pairs of which something between ``least`` and ``below`` was said: how many, the mean said, the share
    that was one person, and within what that share lies with 95 in 100 (Wilson's interval)."""

    least: float
    below: float
    pairs: int
    said: float
    same: float
    low: float
    high: float


@dataclass(frozen=True)
class Figures:
    """How far one set of probabilities came true. ``ece`` and ``brier`` are in [0, 1], 0 being perfect."""

    bands: tuple[Band, ...]
    ece: float
    brier: float


@dataclass(frozen=True)
class Report:
    """Before and after calibration, with what it was measured on."""

    pairs: int
    confirmed: int
    rejected: int
    kin: int
    calibration: Calibration
    before: Figures
    after: Figures


def report(decided: Sequence[Decided]) -> Report:
    """Choose a calibration for ``decided`` and say what it improves."""
    said = np.array([pair.probability for pair in decided], dtype=np.float64)
    same = np.array([pair.same for pair in decided], dtype=np.bool_)
    chosen = calibrate(said, same)
    after = cross_fitted(said, same, kind=chosen.kind)
    return Report(
        pairs=len(decided),
        confirmed=int(same.sum()),
        rejected=int((~same).sum()),
        kin=sum(bool(pair.kin) for pair in decided),
        calibration=chosen,
        before=figures(said, same),
        after=figures(after, same),
    )


def figures(said: ArrayLike, same: ArrayLike) -> Figures:
    """Return the figures of probabilities ``said`` (shape: pairs) against decisions ``same`` (shape: pairs)."""
    p, y = np.asarray(said, dtype=np.float64), np.asarray(same, dtype=np.bool_)
    if not len(p):
        return Figures((), 0.0, 0.0)
    bin_of = np.minimum((p * BINS).astype(np.int64), BINS - 1)
    bands = tuple(_band(at, p[bin_of == at], y[bin_of == at]) for at in range(BINS) if (bin_of == at).any())
    ece = sum(band.pairs * abs(band.said - band.same) for band in bands) / len(p)
    return Figures(bands, round(ece, 6), round(float(((p - y) ** 2).mean()), 6))


def _band(at: int, p: Floats, y: NDArray[np.bool_]) -> Band:
    low, high = _wilson(int(y.sum()), len(y))
    return Band(at / BINS, (at + 1) / BINS, len(p), float(p.mean()), float(y.mean()), low, high)


def _wilson(met: int, of: int) -> tuple[float, float]:
    """E. Wilson, Probable inference, the law of succession, and statistical inference (1927); z = 1.96."""
    z, share = 1.96, met / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * float(np.sqrt(share * (1 - share) / of + z * z / (4 * of * of)))
    return max(0.0, middle - half), min(1.0, middle + half)
