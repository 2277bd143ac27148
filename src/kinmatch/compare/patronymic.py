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
FUZZY = True


def keys(value: str) -> tuple[str, ...]:
    """Return the keys under which a patronymic is found: the father's name and its stems, and the initial."""
    first = value.split()[0]
    rough = father_stems(first)
    if len(first) == 1:
        return tuple(f"only-initial:{key[0]}" for key in rough[:1])
    fathers = [f"father:{concept}" for concept in sorted(father_concepts(first))]
    return (*fathers, *rough, *(f"initial:{key[0]}" for key in rough[:1]))


def probes(value: str) -> tuple[str, ...]:
    """Return the keys to look under; a full patronymic also finds records that hold only its initial."""
    first = value.split()[0]
    rough = father_stems(first)
    if len(first) == 1:
        return tuple(f"{kind}:{key[0]}" for key in rough[:1] for kind in ("initial", "only-initial"))
    return (*keys(value)[:-1], *(f"only-initial:{key[0]}" for key in rough[:1]))


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
    return "close" if letters_apart(stems, other_stems) == 1 else "different"


def _initials(word: str) -> set[str]:
    return {key[0] for key in coarse_readings(word)}
