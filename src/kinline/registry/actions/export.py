"""Writing down that the register, or a part of it, leaves the house in a file."""

from datetime import datetime
from typing import Any

from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission


def note_export(form: str, *, filters: dict[str, Any], actor: ledger.Named, at: datetime) -> None:
    """Write down an export before its first row is handed out. No entry, no file.

    ``form`` is the kind of file, ``filters`` the codes by which rows were chosen (never a name).

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.RECORD_EXPORT, actor)
    ledger.append(kind="registry.export", subject="registry", actor=actor, at=at, facts={"form": form, **filters})
