"""Service number: whether letters and figures agree; the strongest single fact, when it was read rightly."""

from rapidfuzz.distance import OSA

from kinmatch.level import sentence as _

FIELD = "service_number"
ASKS = _("the service number")
LEVELS = {
    "same": ("same", _("The same number")),
    "close": ("close", _("One figure of the number differs")),
    "different": ("different", _("A different number")),
}
FUZZY = False


def keys(value: str) -> tuple[str, ...]:
    """Return the keys under which a number is found: itself, and both of its halves."""
    half = len(value) // 2
    return (value, f"<{value[:half]}", f">{value[half:]}") if len(value) > 5 else (value,)


def probes(value: str) -> tuple[str, ...]:
    """Return the keys to look under; one wrong figure leaves one half whole."""
    return keys(value)


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two numbers agree."""
    if sought == found:
        return "same"
    return (
        "close"
        if min(len(sought), len(found)) > 5 and OSA.distance(sought, found, score_cutoff=1) == 1
        else "different"
    )
