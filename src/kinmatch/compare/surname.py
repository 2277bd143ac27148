"""Family name: whether the two read alike once written in one alphabet, women's and men's forms being one name."""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from kinmatch.family import mans_form
from kinmatch.keys import coarse, fine_readings
from kinmatch.level import never
from kinmatch.level import sentence as _
from kinmatch.nearness import letters_apart
from kinmatch.script import scripts

FIELD = "surname"
ASKS = _("the family name")
LEVELS = {
    "same": ("same", _("Spelt the same")),
    "other_alphabet": ("same", _("Same name, written in another alphabet")),
    "other_language": ("same", _("Same name, in the spelling of another language")),
    "womens_form": ("same", _("Same family name, once in its men's and once in its women's form")),
    "alike": ("alike", _("Sounds the same, some letters differ")),
    "part": ("part", _("One part of a double family name agrees")),
    "close": ("close", _("One letter differs")),
    "near": ("near", _("Two letters differ")),
    "different": ("different", _("A different family name")),
}
NEAR = {0: "alike", 1: "close", 2: "near"}
settled = never
MOST_READINGS = 6
WOMENS_ENDS = ("a", "opulu", "idu")


NONE: frozenset[str] = frozenset()


class Reading(NamedTuple):
    """The keys of a family name: whole, and of each part of a double one."""

    fine: frozenset[str]
    coarse: tuple[str, ...]
    stems: frozenset[str]
    parts: frozenset[str]
    womans: bool


@lru_cache(maxsize=200_000)
def reading(value: str) -> Reading:
    """Return the keys of a family name as folded by ``kinmatch.form``."""
    if " " not in value:
        fine = fine_readings(value)
        rough = tuple(dict.fromkeys(map(coarse, fine)))
        womans = bool(fine) and fine[0].endswith(WOMENS_ENDS)
        return Reading(frozenset(fine), rough, frozenset(map(mans_form, fine)), NONE, womans)
    # A double name is one name in either order.
    each = sorted(fine_readings(part) for part in value.split())
    readings = [parts for _index, parts in zip(range(MOST_READINGS), product(*each), strict=False)]
    whole = ["".join(parts) for parts in readings]
    rough = tuple(dict.fromkeys(map(coarse, whole)))
    parts = frozenset(coarse(key) for keys in each for key in keys)
    return Reading(
        fine=frozenset(whole),
        coarse=rough,
        stems=frozenset("".join(map(mans_form, parts)) for parts in readings),
        parts=frozenset(part for part in parts if len(part) > 2),
        womans=any(key.endswith(WOMENS_ENDS) for key in fine_readings(value.split()[-1])[:1]),
    )


def filed(value: str) -> tuple[str, ...]:
    """Return the keys a recorded family name stands under."""
    read = reading(value)
    stem = "s1:" if read.womans else "s0:"
    return (
        *["f:" + key for key in read.fine],
        *[stem + key for key in read.stems],
        *["c:" + key for key in read.coarse],
        *["p:" + part for part in read.parts],
    )


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys a sought family name is looked up under, each with the row that finding it means."""
    read = reading(value)
    stem = "s0:" if read.womans else "s1:"
    return (
        *[("f:" + key, "same") for key in read.fine],
        *[(stem + key, "same") for key in read.stems],
        *[("p:" + part, "part") for part in (*read.parts, *read.coarse)],
        *[("c:" + part, "part") for part in read.parts],
    )


def skeletons(value: str) -> tuple[str, ...]:
    """Return the skeletons of all readings."""
    return reading(value).coarse


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two family names agree."""
    if sought == found:
        return "same"
    one, other = reading(sought), reading(found)
    if one.fine & other.fine:
        return "other_alphabet" if scripts(sought) != scripts(found) else "other_language"
    if not one.stems.isdisjoint(other.stems) and _forms_of_both_sexes(one, other):
        return "womens_form"
    if not set(one.coarse).isdisjoint(other.coarse):
        return "alike"
    if one.parts & {*other.parts, *other.coarse} or other.parts & set(one.coarse):
        return "part"
    apart = letters_apart(one.coarse, other.coarse)
    return NEAR.get(apart, "different")


def _forms_of_both_sexes(one: Reading, other: Reading) -> bool:
    """One ends as women's forms do and the other does not."""
    return one.womans != other.womans
