"""Sex, as stated or as the names tell: counts only when it does not agree."""

from kinmatch.level import sentence as _

FIELD = "sex"
ASKS = _("whether a man or a woman is sought")
LEVELS = {
    "same": ("same", _("The same")),
    "different": ("different", _("One is a man and one a woman")),
}
FUZZY = False


def keys(value: str) -> tuple[str, ...]:
    """Return the key under which a sex is found."""
    return (value,)


def probes(value: str) -> tuple[str, ...]:
    """Return the key to look under."""
    return (value,)


def level(sought: str, found: str) -> str:
    """Return the code of the level at which the two agree."""
    return "same" if sought == found else "different"
