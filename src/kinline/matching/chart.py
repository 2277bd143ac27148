"""The picture of a reliability table: what was said along, what came true upwards; on the diagonal all is well."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

SIDE, EDGE = 240, 28
SMALLEST, LARGEST = 2.5, 9.0


@dataclass(frozen=True)
class Point:
    """One band: its place in the picture in pixels, its size by the number of pairs, and the span it lies within."""

    x: float
    y: float
    radius: float
    top: float
    bottom: float


def points(bands: Iterable[Mapping[str, Any]]) -> list[Point]:
    """The points of a reliability table as a report holds it."""
    told = list(bands)
    most = max((band["pairs"] for band in told), default=1)
    return [
        Point(
            x=_across(band["said"]),
            y=_up(band["same"]),
            radius=round(SMALLEST + (LARGEST - SMALLEST) * sqrt(band["pairs"] / most), 1),
            top=_up(band["high"]),
            bottom=_up(band["low"]),
        )
        for band in told
    ]


def frame() -> dict[str, int]:
    """The size of the picture and of the square inside, in pixels."""
    return {"side": SIDE, "edge": EDGE, "inside": SIDE - 2 * EDGE, "far": SIDE - EDGE}


def _across(share: float) -> float:
    return round(EDGE + share * (SIDE - 2 * EDGE), 1)


def _up(share: float) -> float:
    return round(SIDE - EDGE - share * (SIDE - 2 * EDGE), 1)
