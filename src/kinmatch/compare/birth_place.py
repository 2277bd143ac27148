"""Place of birth: whether the two name the same place, or one a part of the other."""

from functools import lru_cache
from itertools import islice, product

from kinmatch.keys import coarse_readings
from kinmatch.level import never
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
NEAR = {0: "part", 1: "close"}
settled = never
MOST_READINGS = 8


@lru_cache(maxsize=50_000)
def _readings(value: str) -> tuple[tuple[str, ...], ...]:
    return tuple(coarse_readings(word) for word in value.split())


def _wholes(value: str) -> set[str]:
    """The place as one key for each reading, whatever the order of its words."""
    return {" ".join(sorted(words)) for words in islice(product(*_readings(value)), MOST_READINGS)}


def filed(value: str) -> tuple[str, ...]:
    """Return the keys a recorded place stands under: as a whole, and each of its words."""
    return (*(f"a:{whole}" for whole in _wholes(value)), *(f"w:{word}" for word in skeletons(value)))


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys a sought place is looked up under, each with the row that finding it means."""
    return (
        *((f"a:{whole}", "same") for whole in _wholes(value)),
        *((f"w:{word}", "part") for word in skeletons(value)),
    )


def skeletons(value: str) -> tuple[str, ...]:
    """Return the skeletons of all words."""
    return tuple(dict.fromkeys(key for readings in _readings(value) for key in readings))


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two places agree."""
    one, other = _readings(sought), _readings(found)
    if _wholes(sought) & _wholes(found):
        return "same"
    if any(set(readings) & set(others) for readings in one for others in other):
        return "part"
    apart = min(letters_apart(readings, others) for readings in one for others in other)
    return NEAR.get(apart, "different")
