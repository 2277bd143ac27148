"""Mother's maiden name: whether it reads alike once written in one alphabet."""

from kinmatch.compare import surname
from kinmatch.level import sentence as _

FIELD = "mother_maiden"
ASKS = _("the mother's maiden name")
LEVELS = {
    "same": ("same", _("The same maiden name")),
    "close": ("close", _("The maiden name differs by a letter or two")),
    "different": ("different", _("A different maiden name")),
}
NEAR = {0: "same", 1: "close", 2: "close"}
ROWS = {"same": "same", "alike": "same", "different": "different"}
filed = surname.filed
skeletons = surname.skeletons
settled = surname.settled


def asked(value: str) -> tuple[tuple[str, str], ...]:
    """Return the keys a sought name is looked up under, each with the row that finding it means."""
    return tuple((key, ROWS.get(row, "close")) for key, row in surname.asked(value))


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two maiden names agree."""
    row = surname.LEVELS[surname.level(sought, found)][0]
    return ROWS.get(row, "close")
