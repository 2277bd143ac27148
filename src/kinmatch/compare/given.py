"""Given name: whether it is the same, also in another language or alphabet, short or as an initial."""

from kinmatch.given import given_concepts
from kinmatch.keys import coarse_readings, fine_readings
from kinmatch.level import sentence as _
from kinmatch.nearness import letters_apart
from kinmatch.script import scripts

FIELD = "given"
ASKS = _("the given name")
LEVELS = {
    "same": ("same", _("Spelt the same")),
    "other_alphabet": ("same", _("Same name, written in another alphabet")),
    "other_language": ("form", _("Same name, in another language or as a short form")),
    "alike": ("alike", _("Sounds the same, some letters differ")),
    "initial": ("initial", _("The initial agrees")),
    "close": ("close", _("One letter differs")),
    "initial_differs": ("different", _("The initial does not agree")),
    "different": ("different", _("A different given name")),
}
FUZZY = True


def keys(value: str) -> tuple[str, ...]:
    """Return the keys under which a given name is found: its concepts, skeletons and initial."""
    rough = _coarse(value)
    if _is_initial(value):
        return tuple(f"only-initial:{key[0]}" for key in rough[:1])
    concepts = [f"name:{concept}" for concept in sorted(given_concepts(_first(value)))]
    return (*concepts, *rough, *(f"initial:{key[0]}" for key in rough[:1]))


def probes(value: str) -> tuple[str, ...]:
    """Return the keys to look under; a full name also finds records that hold only its initial."""
    rough = _coarse(value)
    if _is_initial(value):
        return tuple(f"{kind}:{key[0]}" for key in rough[:1] for kind in ("initial", "only-initial"))
    return (*keys(value)[:-1], *(f"only-initial:{key[0]}" for key in rough[:1]))


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two given names agree."""
    if _is_initial(sought) or _is_initial(found):
        agree = _initials(sought) & _initials(found)
        return "initial" if agree else "initial_differs"
    if sought == found:
        return "same"
    one, other = _first(sought), _first(found)
    if set(fine_readings(one)) & set(fine_readings(other)):
        return "other_alphabet" if scripts(one) != scripts(other) else "same"
    known, also_known = given_concepts(one), given_concepts(other)
    if known & also_known:
        return "other_language"
    if known and also_known:
        return "different"  # Олександр and Олександра are one letter apart, and a brother and a sister
    if set(coarse_readings(one)) & set(coarse_readings(other)):
        return "alike"
    return "close" if letters_apart(coarse_readings(one), coarse_readings(other)) == 1 else "different"


def _first(value: str) -> str:
    return value.split()[0]


def _coarse(value: str) -> tuple[str, ...]:
    return coarse_readings(_first(value))


def _is_initial(value: str) -> bool:
    return len(_first(value)) == 1


def _initials(value: str) -> set[str]:
    return {key[0] for key in _coarse(value)}
