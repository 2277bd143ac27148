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
FUZZY = True
keys = surname.keys
probes = surname.probes


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two maiden names agree."""
    row = surname.LEVELS[surname.level(sought, found)][0]
    return {"same": "same", "alike": "same", "different": "different"}.get(row, "close")
