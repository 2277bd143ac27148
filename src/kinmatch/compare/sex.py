"""Sex, as stated or as the names tell: counts only when it does not agree."""

from kinmatch.level import never, no_keys
from kinmatch.level import sentence as _

FIELD = "sex"
ASKS = _("whether a man or a woman is sought")
LEVELS = {
    "same": ("same", _("The same")),
    "different": ("different", _("One is a man and one a woman")),
}
NEAR: dict[int, str] = {}
skeletons = no_keys
settled = never


def filed(value: str) -> tuple[str, ...]:
    """Return the key a recorded sex stands under."""
    return (f"x:{value}",)


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the key to look up."""
    return ((f"x:{value}", "same"),)


def level(sought: str, found: str) -> str:
    """Return the code of the level at which the two agree."""
    return "same" if sought == found else "different"
