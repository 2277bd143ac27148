"""A match: a proposal that a record and a person sought are one person.

The engine proposes; two humans read it, the second blind to the first. "Not the same" needs a reason and is
remembered until a fact changes.

Source: the bureau's own rule of two readers; Geneva Convention III, Art. 122, paragraph 7 (enquiries and answers).
"""

from kinrules.machine import Machine, Move
from kinrules.permissions import Permission as P
from kinrules.terms import EvidenceKind as E
from kinrules.words import sentence as _

PROPOSED = "proposed"
READ_ONCE = "read_once"
DISPUTED = "disputed"
ASKED_FAMILY = "asked_family"
CANNOT_TELL = "cannot_tell"
CONFIRMED = "confirmed"
REJECTED = "rejected"

_UNDECIDED = (PROPOSED, ASKED_FAMILY, CANNOT_TELL)

MACHINE = Machine(
    name="match",
    initial=PROPOSED,
    finals=frozenset({CONFIRMED, REJECTED}),
    moves=(
        Move(verb="read_same", sources=(*_UNDECIDED, DISPUTED), target=READ_ONCE, who=P.MATCH_READ_FIRST),
        Move(verb="confirm", sources=(READ_ONCE,), target=CONFIRMED, who=P.MATCH_CONFIRM, needs=(E.SECOND_READER,)),
        Move(verb="dispute", sources=(READ_ONCE,), target=DISPUTED, who=P.MATCH_REJECT, needs=(E.REASON,)),
        Move(verb="reject", sources=(*_UNDECIDED, DISPUTED), target=REJECTED, who=P.MATCH_REJECT, needs=(E.REASON,)),
        Move(
            verb="ask_family", sources=(*_UNDECIDED, READ_ONCE, DISPUTED), target=ASKED_FAMILY, who=P.MATCH_READ_FIRST
        ),
        Move(
            verb="cannot_tell",
            sources=(*_UNDECIDED, READ_ONCE, DISPUTED),
            target=CANNOT_TELL,
            who=P.MATCH_READ_FIRST,
        ),
        Move(
            verb="undo",
            sources=(READ_ONCE, DISPUTED, ASKED_FAMILY, CANNOT_TELL, CONFIRMED, REJECTED),
            target=PROPOSED,
            who=P.MATCH_UNDO,
            needs=(E.REASON,),
        ),
        Move(
            verb="propose_again",
            sources=(READ_ONCE, DISPUTED, REJECTED, CANNOT_TELL, ASKED_FAMILY),
            target=PROPOSED,
            who=P.MATCH_PROPOSE,
        ),
    ),
    words={
        PROPOSED: _("proposed"),
        READ_ONCE: _("to be read by a second officer"),
        DISPUTED: _("two readers disagree"),
        ASKED_FAMILY: _("the family was asked"),
        CANNOT_TELL: _("cannot tell yet"),
        CONFIRMED: _("confirmed: one person"),
        REJECTED: _("rejected: two persons"),
        "read_same": _("Same person"),
        "confirm": _("Confirm: one person"),
        "dispute": _("Not the same"),
        "reject": _("Not the same"),
        "ask_family": _("Ask the family"),
        "cannot_tell": _("Cannot tell yet"),
        "undo": _("Undo"),
        "propose_again": _("Propose again"),
    },
)
