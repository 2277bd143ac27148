"""Military unit: whether both name the same unit, by its number first."""

from kinmatch.keys import coarse_key
from kinmatch.level import never, no_keys
from kinmatch.level import sentence as _

FIELD = "unit"
ASKS = _("the military unit")
LEVELS = {
    "same": ("same", _("The same unit")),
    "number": ("number", _("A number of the unit agrees")),
    "words": ("words", _("Words of the unit's name agree, no number does")),
    "different": ("different", _("A different unit")),
}
NEAR: dict[int, str] = {}
skeletons = no_keys
settled = never


def filed(value: str) -> tuple[str, ...]:
    """Return the keys a recorded unit stands under: its numbers, its words, and each number with each word."""
    numbers, words = _numbers(value), _words(value)
    return (
        f"x:{value}",
        *(f"{number}|{word}" for number in numbers for word in words or ("",)),
        *(f"d:{number}" for number in numbers),
        *(f"w:{word}" for word in words),
    )


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys a sought unit is looked up under, each with the row that finding it means."""
    numbers, words = _numbers(value), _words(value)
    return (
        (f"x:{value}", "same"),
        *((f"{number}|{word}", "same") for number in numbers for word in (*words, "")),
        *((f"d:{number}", "number" if words else "same") for number in numbers),
        *((f"w:{word}", "words") for word in words),
    )


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two units agree."""
    if sought == found:
        return "same"
    numbers = _numbers(sought) & _numbers(found)
    named = _words(sought) & _words(found)
    if numbers and (named or not _words(sought) or not _words(found)):
        return "same"
    if numbers:
        return "number"
    return "words" if named else "different"


def _numbers(value: str) -> set[str]:
    return {part for part in value.split() if part.isdigit()}


def _words(value: str) -> set[str]:
    """Skeletons cut to four symbols, so that бригада, бригади and окрема бригада meet."""
    return {coarse_key(part)[:4] for part in value.split() if not part.isdigit() and len(part) > 2} - {""}
