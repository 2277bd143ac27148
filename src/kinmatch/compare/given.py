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
NEAR = {0: "alike", 1: "close"}


def filed(value: str) -> tuple[str, ...]:
    """Return the keys a recorded given name stands under: spellings, concepts and the initial."""
    initials = sorted(_initials(value))
    if _is_initial(value):
        return tuple(f"only:{letter}" for letter in initials)
    first = _first(value)
    return (
        *(f"f:{key}" for key in fine_readings(first)),
        *(f"n:{concept}" for concept in given_concepts(first)),
        *(f"i:{letter}" for letter in initials),
    )


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys a sought given name is looked up under, each with the row that finding it means."""
    initials = sorted(_initials(value))
    if _is_initial(value):
        return tuple((f"{kind}:{letter}", "initial") for letter in initials for kind in ("i", "only"))
    first = _first(value)
    return (
        *((f"f:{key}", "same") for key in fine_readings(first)),
        *((f"n:{concept}", "form") for concept in given_concepts(first)),
        *((f"only:{letter}", "initial") for letter in initials),
    )


def skeletons(value: str) -> tuple[str, ...]:
    """Return the skeletons of all readings; an initial has none."""
    return () if _is_initial(value) else _coarse(value)


def settled(value: str) -> bool:
    """Whether the table knows the name: Олександр and Олександра are one letter apart, a brother and a sister."""
    return bool(given_concepts(_first(value)))


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
        return "different"
    if set(coarse_readings(one)) & set(coarse_readings(other)):
        return "alike"
    return NEAR.get(letters_apart(coarse_readings(one), coarse_readings(other)), "different")


def _first(value: str) -> str:
    return value.split()[0]


def _coarse(value: str) -> tuple[str, ...]:
    return coarse_readings(_first(value))


def _is_initial(value: str) -> bool:
    return len(_first(value)) == 1


def _initials(value: str) -> set[str]:
    return {key[0] for key in _coarse(value)}
