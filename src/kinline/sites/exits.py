"""What the command line answers a shell, and how a refusal becomes such an answer.

Source: design of the command line, section 4; 75 is EX_TEMPFAIL of sysexits.h, 130 is 128 + SIGINT.
"""

import re
from enum import IntEnum

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError, ProgrammingError

from kinline.ui import refusals, unwritten
from kinrules.refusal import Refused


class Exit(IntEnum):
    """The exit codes, one meaning each."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    NOT_ALLOWED = 4
    CONFLICT = 5
    ROW_ERRORS = 6
    GATE = 7
    TRY_LATER = 75
    STOPPED = 130


class Stop(Exception):  # noqa: N818 - read at every ``raise`` as what it is
    """A command cannot go on: an exit code, a code for the machine and a whole sentence for the person."""

    def __init__(self, exit_code: Exit, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
        self.code = code
        self.sentence = sentence


# The beginning or the end of a refusal's code -> what to answer. The first that fits.
REFUSALS = (
    ("permission.", Exit.NOT_ALLOWED),
    (".not-found", Exit.NOT_FOUND),
    ("machine.wrong-state", Exit.CONFLICT),
    (".stale", Exit.CONFLICT),
    (".no-evidence", Exit.GATE),
    ("two-people.", Exit.GATE),
    ("disclosure.", Exit.GATE),
)
# What SQLite and PostgreSQL say of a table or column that no migration has made yet.
NO_TABLE = re.compile(r"no such (table|column)|(relation|column) .* does not exist")
UNEXPECTED = (
    "Something went wrong on our side and nothing was changed. Run the same command again; "
    "if it fails again, run `kinline doctor` and send its answer to whoever looks after this installation."
)


def stop_for(error: BaseException) -> Stop:
    """What to answer for ``error``, whatever it is."""
    match error:
        case Stop():
            return error
        case Refused():
            return Stop(_exit_for(error.code), error.code, refusals.sentence(error))
        case ObjectDoesNotExist():
            return Stop(Exit.NOT_FOUND, "not-found", f"There is nothing by that number. {error}")
        case OperationalError() | ProgrammingError() if NO_TABLE.search(str(error)):
            return Stop(Exit.FAILED, "database.not-ready", "The database is not up to date. Run: kinline migrate")
        case _ if unwritten.trouble(error) is unwritten.Trouble.FULL:
            return Stop(
                Exit.TRY_LATER,
                "disk.full",
                "The disk is full, and nothing was half written. Make room, then run the same command again.",
            )
        case OperationalError() | InterfaceError():
            return Stop(
                Exit.TRY_LATER,
                "database.busy",
                "The database did not answer in time and nothing was changed. Try again in a minute.",
            )
        case OSError():
            return Stop(
                Exit.FAILED, "file", f"The file could not be used: {error.strerror}. Check its name and rights."
            )
        case KeyboardInterrupt():
            return Stop(Exit.STOPPED, "stopped", "Stopped, as you asked.")
        case _:
            return Stop(Exit.FAILED, "unexpected", UNEXPECTED)


def _exit_for(code: str) -> Exit:
    return next(
        (exit_code for part, exit_code in REFUSALS if code.startswith(part) or code.endswith(part)), Exit.FAILED
    )
