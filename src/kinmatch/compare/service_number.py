"""Service number: whether letters and figures agree; the strongest single fact, when it was read rightly."""

from functools import lru_cache

from kinmatch.level import never, no_keys
from kinmatch.level import sentence as _

FIELD = "service_number"
ASKS = _("the service number")
LEVELS = {
    "same": ("same", _("The same number")),
    "close": ("close", _("One figure of the number differs")),
    "different": ("different", _("A different number")),
}
NEAR: dict[int, str] = {}
skeletons = no_keys
settled = never
SHORTEST = 6  # signs below which one wrong figure makes another number
LONGEST = 20
FIGURES = "0123456789"


def filed(value: str) -> tuple[str, ...]:
    """Return the key a recorded number stands under: itself."""
    return (f"x:{value}",)


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys to look up: the number, and every number that a slip of one sign makes of it."""
    return ((f"x:{value}", "same"), *((f"x:{other}", "close") for other in slips(value)))


@lru_cache(maxsize=1000)
def slips(value: str) -> frozenset[str]:
    """Return what one figure wrong, left out or put in, or two neighbours changing places make of a number.

    Letters stay: they are seldom taken for others.
    """
    if not SHORTEST <= len(value) <= LONGEST:
        return frozenset()
    halves = [(value[:at], value[at:]) for at in range(len(value) + 1)]
    wrong = [head + figure + tail[1:] for head, tail in halves if tail[:1].isdigit() for figure in FIGURES]
    added = [head + figure + tail for head, tail in halves for figure in FIGURES if len(value) < LONGEST]
    left_out = [head + tail[1:] for head, tail in halves if tail[:1].isdigit() and len(value) > SHORTEST]
    turned = [head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1]
    return frozenset([*wrong, *added, *left_out, *turned]) - {value}


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two numbers agree."""
    if sought == found:
        return "same"
    return "close" if found in slips(sought) else "different"
