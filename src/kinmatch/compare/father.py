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
NEAR = {0: "same", 1: "close"}
CLOSE = frozenset({"close", "initial"})


def filed(value: str) -> tuple[str, ...]:
    """Return the keys a recorded father stands under: the whole text, and those of his given name."""
    name = _given(split(value))
    return (f"x:{value}", *(given.filed(name) if name else ()))


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys a sought father is looked up under, each with the row that finding it means."""
    name = _given(split(value))
    rows = tuple((key, "close" if row in CLOSE else "same") for key, row in given.asked(name)) if name else ()
    return ((f"x:{value}", "same"), *rows)


def skeletons(value: str) -> tuple[str, ...]:
    """Return the skeletons of his given name."""
    name = _given(split(value))
    return given.skeletons(name) if name else ()


def settled(value: str) -> bool:
    """Whether the table knows his given name."""
    name = _given(split(value))
    return bool(name) and given.settled(name)


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
