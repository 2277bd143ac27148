"""An import batch: a register that arrived as a table, checked before a row of it counts.

Source: Geneva Convention III, Art. 122, paragraphs 2 and 4 (information from services and lists).
"""

from kinrules.machine import Machine, Move
from kinrules.permissions import Permission as P
from kinrules.terms import EvidenceKind as E
from kinrules.words import sentence as _

RECEIVED = "received"
CHECKING = "checking"
CHECKED = "checked"
ADDING = "adding"
ADDED = "added"
UNDONE = "undone"
REFUSED = "refused"
STOPPED = "stopped"

MACHINE = Machine(
    name="import_batch",
    initial=RECEIVED,
    finals=frozenset({UNDONE, REFUSED}),
    moves=(
        Move(verb="check", sources=(RECEIVED, CHECKED, STOPPED), target=CHECKING, who=P.IMPORT_RUN),
        Move(verb="finish_check", sources=(CHECKING,), target=CHECKED, who=P.IMPORT_RUN),
        Move(verb="stop", sources=(CHECKING,), target=STOPPED, who=P.IMPORT_RUN),
        Move(verb="refuse", sources=(RECEIVED, CHECKING), target=REFUSED, who=P.IMPORT_RUN, needs=(E.REASON,)),
        Move(verb="add", sources=(CHECKED, ADDED), target=ADDING, who=P.IMPORT_ADD, needs=(E.REGISTER_FILE,)),
        Move(verb="finish_adding", sources=(ADDING,), target=ADDED, who=P.IMPORT_ADD),
        Move(verb="undo", sources=(ADDED,), target=UNDONE, who=P.IMPORT_UNDO, needs=(E.REASON,)),
    ),
    words={
        RECEIVED: _("received"),
        CHECKING: _("being checked"),
        CHECKED: _("checked"),
        ADDING: _("being added"),
        ADDED: _("added"),
        UNDONE: _("taken back"),
        REFUSED: _("refused"),
        STOPPED: _("stopped"),
        "check": _("Check"),
        "finish_check": _("Finish checking"),
        "stop": _("Stop"),
        "refuse": _("Refuse the file"),
        "add": _("Add the good rows"),
        "finish_adding": _("Finish adding"),
        "undo": _("Undo"),
    },
)
