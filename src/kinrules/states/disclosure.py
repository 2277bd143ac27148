"""A disclosure: what a person may tell verified kin, proposed by one officer, approved by another, told by voice.

Source: Geneva Convention III, Art. 122; Geneva Convention IV, Art. 137, paragraph 2; practice of casualty notification.
"""

from kinrules.machine import Machine, Move
from kinrules.permissions import Permission as P
from kinrules.terms import EvidenceKind as E
from kinrules.words import sentence as _

PROPOSED = "proposed"
APPROVED = "approved"
TOLD = "told"
NOT_TOLD = "not_told"
WITHHELD = "withheld"
RETRACTED = "retracted"

MACHINE = Machine(
    name="disclosure",
    initial=PROPOSED,
    finals=frozenset({WITHHELD, RETRACTED}),
    moves=(
        Move(verb="approve", sources=(PROPOSED,), target=APPROVED, who=P.DISCLOSURE_APPROVE),
        Move(
            verb="withhold", sources=(PROPOSED, APPROVED), target=WITHHELD, who=P.DISCLOSURE_PROPOSE, needs=(E.REASON,)
        ),
        Move(verb="tell", sources=(APPROVED, NOT_TOLD), target=TOLD, who=P.DISCLOSURE_TELL, needs=(E.CALL_RECORD,)),
        Move(
            verb="could_not_tell",
            sources=(APPROVED, NOT_TOLD),
            target=NOT_TOLD,
            who=P.DISCLOSURE_TELL,
            needs=(E.CALL_RECORD,),
        ),
        Move(verb="void", sources=(APPROVED, NOT_TOLD), target=PROPOSED, who=P.DISCLOSURE_PROPOSE, needs=(E.REASON,)),
        Move(verb="retract", sources=(TOLD,), target=RETRACTED, who=P.DISCLOSURE_RETRACT, needs=(E.REASON,)),
    ),
    words={
        PROPOSED: _("proposed, waits for a second officer"),
        APPROVED: _("approved, to be told by a person"),
        TOLD: _("told by a person"),
        NOT_TOLD: _("tried, not told yet"),
        WITHHELD: _("withheld"),
        RETRACTED: _("retracted"),
        "approve": _("Approve"),
        "withhold": _("Withhold"),
        "tell": _("Told"),
        "could_not_tell": _("Not told"),
        "void": _("Take the approval back: something changed"),
        "retract": _("Retract"),
    },
)
