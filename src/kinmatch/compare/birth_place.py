"""Place of birth: whether the two name the same place, or one a part of the other."""

from functools import lru_cache

from kinmatch.keys import coarse_readings
from kinmatch.level import sentence as _
from kinmatch.nearness import letters_apart

FIELD = "birth_place"
ASKS = _("the place of birth")
LEVELS = {
    "same": ("same", _("The same place")),
    "part": ("part", _("One of the places named is the same")),
    "close": ("close", _("A place name differs by a letter")),
    "different": ("different", _("A different place")),
}
FUZZY = True


@lru_cache(maxsize=50_000)
def _readings(value: str) -> tuple[tuple[str, ...], ...]:
    return tuple(coarse_readings(word) for word in value.split())


def keys(value: str) -> tuple[str, ...]:
    """Return the keys under which a place is found: the skeletons of all its words."""
    return tuple(dict.fromkeys(key for readings in _readings(value) for key in readings))


def probes(value: str) -> tuple[str, ...]:
    """Return the keys to look under."""
    return keys(value)


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two places agree."""
    one, other = _readings(sought), _readings(found)
    shared = sum(any(set(readings) & set(others) for others in other) for readings in one)
    if shared and shared == len(one) == len(other):
        return "same"
    if shared:
        return "part"
    apart = min(letters_apart(readings, others) for readings in one for others in other)
    return "close" if apart == 1 else "different"
