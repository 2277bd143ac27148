"""Place of birth: whether the two name the same place, or one a part of the other.

Source: data/place_names.toml for names that differ between languages, or were changed.
"""

from collections import defaultdict
from functools import cache, lru_cache
from itertools import islice, product

from kinmatch.keys import coarse_readings
from kinmatch.level import never
from kinmatch.level import sentence as _
from kinmatch.nearness import letters_apart
from kinmatch.script import words
from kinmatch.tables import table

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


@lru_cache(maxsize=50_000)
def _wholes(value: str) -> frozenset[str]:
    """The place as one key for each reading, whatever the order of its words."""
    return frozenset(" ".join(sorted(words)) for words in islice(product(*_readings(value)), MOST_READINGS))


@cache
def _known() -> dict[str, frozenset[int]]:
    """The places of the table by key: the numbers of those that may be meant."""
    places: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(table("place_names")["forms"]):
        for form in line.split():
            for key in _wholes(" ".join(words(form.replace("_", " ")))):
                places[key].add(number)
    return {key: frozenset(numbers) for key, numbers in places.items()}


@lru_cache(maxsize=50_000)
def _places(value: str) -> frozenset[int]:
    """The places of the table that the whole value may mean."""
    return frozenset(number for whole in _wholes(value) for number in _known().get(whole, ()))


@lru_cache(maxsize=50_000)
def _parts(value: str) -> frozenset[int]:
    """The places of the table that one word of the value may mean."""
    return frozenset(number for word in value.split() for number in _places(word))


def filed(value: str) -> tuple[str, ...]:
    """Return the keys a recorded place stands under: as a whole, each of its words, and the places of the table."""
    return (
        *(f"a:{whole}" for whole in _wholes(value)),
        *(f"w:{word}" for word in skeletons(value)),
        *(f"n:{place}" for place in _places(value)),
        *(f"m:{place}" for place in _parts(value)),
    )


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys a sought place is looked up under, each with the row that finding it means."""
    return (
        *((f"a:{whole}", "same") for whole in _wholes(value)),
        *((f"n:{place}", "same") for place in _places(value)),
        *((f"w:{word}", "part") for word in skeletons(value)),
        *((f"m:{place}", "part") for place in _parts(value) | _places(value)),
        *((f"n:{place}", "part") for place in _parts(value)),
    )


def skeletons(value: str) -> tuple[str, ...]:
    """Return the skeletons of all words."""
    return tuple(dict.fromkeys(key for readings in _readings(value) for key in readings))


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two places agree."""
    one, other = _readings(sought), _readings(found)
    if _wholes(sought) & _wholes(found) or _places(sought) & _places(found):
        return "same"
    if any(set(readings) & set(others) for readings in one for others in other):
        return "part"
    if _parts(sought) & (_parts(found) | _places(found)) or _places(sought) & _parts(found):
        return "part"
    apart = min(letters_apart(readings, others) for readings in one for others in other)
    return NEAR.get(apart, "different")
