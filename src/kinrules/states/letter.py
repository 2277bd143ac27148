"""A letter of the bureau: drafted by one officer, sealed by another, checkable by its code.

Source: Geneva Convention III, Art. 122, paragraph 8; Geneva Convention IV, Art. 137, paragraph 3 (signature or seal).
"""

from kinrules.machine import Machine, Move
from kinrules.permissions import Permission as P
from kinrules.terms import EvidenceKind as E
from kinrules.words import sentence as _

DRAFTED = "drafted"
SEALED = "sealed"
HANDED_OVER = "handed_over"
VOIDED = "voided"

MACHINE = Machine(
    name="letter",
    initial=DRAFTED,
    finals=frozenset({VOIDED}),
    moves=(
        Move(verb="seal", sources=(DRAFTED,), target=SEALED, who=P.LETTER_APPROVE),
        Move(verb="hand_over", sources=(SEALED,), target=HANDED_OVER, who=P.LETTER_WRITE),
        Move(
            verb="void",
            sources=(DRAFTED, SEALED, HANDED_OVER),
            target=VOIDED,
            who=P.LETTER_WRITE,
            needs=(E.REASON,),
        ),
    ),
    words={
        DRAFTED: _("drafted"),
        SEALED: _("signed"),
        HANDED_OVER: _("handed over"),
        VOIDED: _("no longer valid"),
        "seal": _("Sign the letter"),
        "hand_over": _("Record that it was handed over"),
        "void": _("Declare the letter void"),
    },
)
