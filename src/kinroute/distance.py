"""How far apart two places are, and how long a way of unknown length takes: an estimate, and marked as one."""

from math import asin, cos, radians, sin, sqrt

from kinroute.facts import Place

EARTH_KM = 6371.0
ROUNDABOUT = 1.25
"""What a road or a track is longer than the great circle, on the whole."""
KM_AN_HOUR = {"foot": 4.5, "bus": 55.0, "car": 65.0, "train": 75.0, "ferry": 30.0, "air": 600.0}
"""What an estimate supposes; never shown as a fact."""


def great_circle_km(one: Place, other: Place) -> float:
    """Return the shortest distance between two places on the globe.

    Source: the haversine formula (R. W. Sinnott, Virtues of the Haversine, Sky and Telescope 68, 1984).
    """
    latitudes = radians(one.latitude), radians(other.latitude)
    turn = radians(other.longitude - one.longitude)
    chord = sin((latitudes[1] - latitudes[0]) / 2) ** 2 + cos(latitudes[0]) * cos(latitudes[1]) * sin(turn / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord))


def estimated_hours(one: Place, other: Place, mode: str, *, km: float | None = None) -> float:
    """Return how long a leg may take by ``mode``, over ``km`` where these are known."""
    length = km if km is not None else great_circle_km(one, other) * ROUNDABOUT
    return length / KM_AN_HOUR[mode]
