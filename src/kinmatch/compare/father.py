"""Father: whether the names given for the father agree."""

from kinmatch.compare import given
from kinmatch.level import sentence as _
from kinmatch.person import Parts, split

FIELD = "father"
ASKS = _("the father's name")
LEVELS = {
    "same": ("same", _("The same father's name")),
    "close": ("close", _("The father's name differs by a letter or is only an initial")),
    "different": ("different", _("A different father's name")),
}
FUZZY = False
CLOSE = frozenset({"close", "initial"})


def keys(value: str) -> tuple[str, ...]:
    """Return the keys under which a father is found: those of his given name."""
    name = _given(split(value))
    return given.keys(name) if name else (value,)


def probes(value: str) -> tuple[str, ...]:
    """Return the keys to look under."""
    name = _given(split(value))
    return given.probes(name) if name else (value,)


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two fathers' names agree."""
    if sought == found:
        return "same"
    one, other = _given(split(sought)), _given(split(found))
    if not one or not other:
        return "different"
    agreed = given.level(one, other)
    return "different" if given.LEVELS[agreed][0] == "different" else "close" if agreed in CLOSE else "same"


def _given(parts: Parts) -> str:
    return (parts.given or parts.surname).rstrip(".")
