"""Military unit: whether both name the same unit, by its number first."""

from kinmatch.keys import coarse_key
from kinmatch.level import sentence as _

FIELD = "unit"
ASKS = _("the military unit")
LEVELS = {
    "same": ("same", _("The same unit")),
    "number": ("number", _("A number of the unit agrees")),
    "words": ("words", _("Words of the unit's name agree, no number does")),
    "different": ("different", _("A different unit")),
}
FUZZY = False


def keys(value: str) -> tuple[str, ...]:
    """Return the keys under which a unit is found: its numbers and the skeletons of its words."""
    return tuple(dict.fromkeys([*sorted(_numbers(value)), *sorted(_words(value))])) or (value,)


def probes(value: str) -> tuple[str, ...]:
    """Return the keys to look under."""
    return keys(value)


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
