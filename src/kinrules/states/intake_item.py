"""A piece of post as it came: kept first, read afterwards. Nothing that reached the bureau is thrown away.

Source: the bureau's security study, 2.10 (bytes first, read later; poison is set apart and the neighbour is served).
"""

from kinrules.machine import Machine, Move
from kinrules.permissions import Permission as P
from kinrules.words import sentence as _

WAITING = "waiting"
READ = "read"
QUARANTINED = "quarantined"
CONFLICT = "conflict"

MACHINE = Machine(
    name="intake_item",
    initial=WAITING,
    finals=frozenset({READ}),
    moves=(
        Move(verb="read", sources=(WAITING,), target=READ, who=P.INTAKE_READ),
        Move(verb="quarantine", sources=(WAITING,), target=QUARANTINED, who=P.INTAKE_READ),
        Move(verb="set_apart", sources=(WAITING,), target=CONFLICT, who=P.INTAKE_READ),
        Move(verb="release", sources=(QUARANTINED, CONFLICT), target=WAITING, who=P.INTAKE_RELEASE),
        Move(verb="read_by_hand", sources=(QUARANTINED, CONFLICT), target=READ, who=P.INTAKE_RELEASE),
    ),
    words={
        WAITING: _("kept, not read yet"),
        READ: _("read"),
        QUARANTINED: _("could not be read, waits for a person"),
        CONFLICT: _("came again with other words, waits for a person"),
        "read": _("Read"),
        "quarantine": _("Set apart: it cannot be read"),
        "set_apart": _("Set apart: it came again with other words"),
        "release": _("Try to read it again"),
        "read_by_hand": _("A person has read it"),
    },
)
