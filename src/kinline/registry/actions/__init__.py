"""Everything that writes the registry: one verb, one function, one transaction."""

from kinline.registry.actions.export import note_export
from kinline.registry.actions.move import advance
from kinline.registry.actions.recording import add_report, record, record_many
from kinline.registry.actions.withdraw import Undone, withdraw_batch, withdraw_report

__all__ = [
    "Undone",
    "add_report",
    "advance",
    "note_export",
    "record",
    "record_many",
    "withdraw_batch",
    "withdraw_report",
]
