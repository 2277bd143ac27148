"""Patronymic: whether both name the same father, in any language, alphabet or grammatical sex."""

from kinmatch.given import father_concepts, father_stems
from kinmatch.keys import coarse_readings, fine_readings
from kinmatch.level import sentence as _
from kinmatch.nearness import letters_apart
from kinmatch.script import scripts

FIELD = "patronymic"
ASKS = _("the patronymic or the father's name")
LEVELS = {
    "same": ("same", _("Spelt the same")),
    "other_alphabet": ("same", _("Same name, written in another alphabet")),
    "other_language": ("same", _("The same father's name, in another language or form")),
    "alike": ("alike", _("Sounds the same, some letters differ")),
    "initial": ("initial", _("The initial agrees")),
    "close": ("close", _("One letter differs")),
    "initial_differs": ("different", _("The initial does not agree")),
    "different": ("different", _("A different patronymic")),
}
NEAR = {0: "alike", 1: "close"}


def filed(value: str) -> tuple[str, ...]:
    """Return the keys a recorded patronymic stands under: spellings, the father's name and the initial."""
    first = value.split()[0]
    initials = sorted(_initials(first))
    if len(first) == 1:
        return tuple(f"only:{letter}" for letter in initials)
    return (
        *(f"f:{key}" for key in fine_readings(first)),
        *(f"n:{concept}" for concept in father_concepts(first)),
        *(f"c:{stem}" for stem in father_stems(first)),
        *(f"i:{letter}" for letter in initials),
    )


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys a sought patronymic is looked up under, each with the row that finding it means."""
    first = value.split()[0]
    initials = sorted(_initials(first))
    if len(first) == 1:
        return tuple((f"{kind}:{letter}", "initial") for letter in initials for kind in ("i", "only"))
    return (
        *((f"f:{key}", "same") for key in fine_readings(first)),
        *((f"n:{concept}", "same") for concept in father_concepts(first)),
        *((f"c:{stem}", "alike") for stem in father_stems(first)),
        *((f"only:{letter}", "initial") for letter in initials),
    )


def skeletons(value: str) -> tuple[str, ...]:
    """Return the stems of the father's name, and the whole word, whose ending may be what is misspelt.

    An initial has none.
    """
    first = value.split()[0]
    return () if len(first) == 1 else tuple(dict.fromkeys((*father_stems(first), *coarse_readings(first))))


def settled(value: str) -> bool:
    """Whether the table knows the father's name."""
    return bool(father_concepts(value.split()[0]))


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two patronymics agree."""
    one, other = sought.split()[0], found.split()[0]
    if len(one) == 1 or len(other) == 1:
        return "initial" if _initials(one) & _initials(other) else "initial_differs"
    if one == other:
        return "same"
    if set(fine_readings(one)) & set(fine_readings(other)):
        return "other_alphabet" if scripts(one) != scripts(other) else "other_language"
    known, also_known = father_concepts(one), father_concepts(other)
    if known & also_known:
        return "other_language"
    stems, other_stems = father_stems(one), father_stems(other)
    if set(stems) & set(other_stems):
        return "alike"
    if known and also_known:
        return "different"
    return NEAR.get(letters_apart(skeletons(one), skeletons(other)), "different")


def _initials(word: str) -> set[str]:
    return {key[0] for key in coarse_readings(word)}
