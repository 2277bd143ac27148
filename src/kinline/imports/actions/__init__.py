"""Everything that writes registers: received, checked, mended, added, taken back."""

from kinline.imports.actions.add import add_rows, begin_adding
from kinline.imports.actions.check import begin_check, check_rows, refuse, remember, stop
from kinline.imports.actions.fix import fix, settle_one
from kinline.imports.actions.receive import Received, drop_unkept, receive, receive_mended
from kinline.imports.actions.resume import resume
from kinline.imports.actions.undo import undo

__all__ = [
    "Received",
    "add_rows",
    "begin_adding",
    "begin_check",
    "check_rows",
    "drop_unkept",
    "fix",
    "receive",
    "receive_mended",
    "refuse",
    "remember",
    "resume",
    "settle_one",
    "stop",
    "undo",
]
