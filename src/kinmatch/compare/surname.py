"""Family name: whether the two read alike once written in one alphabet, women's and men's forms being one name."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from kinmatch.keys import coarse, fine_readings
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
FUZZY = True
MOST_READINGS = 6
WOMENS_END = re.compile(r"(?<=[NKV])[AE]$")


@dataclass(frozen=True)
class Reading:
    """The keys of a family name: whole, and of each part of a double one."""

    fine: frozenset[str]
    coarse: tuple[str, ...]
    stems: frozenset[str]
    parts: frozenset[str]
    scripts: frozenset[str]


@lru_cache(maxsize=200_000)
def reading(value: str) -> Reading:
    """Return the keys of a family name as folded by ``kinmatch.form``."""
    each = [fine_readings(part) for part in value.split()]
    whole = ["".join(parts) for _index, parts in zip(range(MOST_READINGS), product(*each), strict=False)]
    rough = tuple(dict.fromkeys(map(coarse, whole)))
    parts = frozenset(coarse(key) for keys in each for key in keys) if len(each) > 1 else frozenset()
    return Reading(
        fine=frozenset(whole),
        coarse=rough,
        stems=frozenset(WOMENS_END.sub("", key) for key in rough if len(key) > 3),
        parts=frozenset(part for part in parts if len(part) > 2),
        scripts=scripts(value),
    )


def keys(value: str) -> tuple[str, ...]:
    """Return the keys a family name is found under: skeletons whole, in parts, without women's endings."""
    read = reading(value)
    return tuple(dict.fromkeys([*read.coarse, *sorted(read.parts), *sorted(read.stems)]))


def probes(value: str) -> tuple[str, ...]:
    """Return the keys to look under."""
    return keys(value)


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two family names agree."""
    if sought == found:
        return "same"
    one, other = reading(sought), reading(found)
    if one.fine & other.fine:
        return "other_alphabet" if one.scripts != other.scripts else "other_language"
    if not one.stems.isdisjoint(other.stems) and _forms_of_both_sexes(one, other):
        return "womens_form"
    if not set(one.coarse).isdisjoint(other.coarse):
        return "alike"
    if one.parts & {*other.parts, *other.coarse} or other.parts & set(one.coarse):
        return "part"
    apart = letters_apart(one.coarse, other.coarse)
    return {1: "close", 2: "near"}.get(apart, "different")


def _forms_of_both_sexes(one: Reading, other: Reading) -> bool:
    """One ends in a woman's -a and the other does not."""
    return any(key.endswith("A") for key in one.coarse) != any(key.endswith("A") for key in other.coarse)
