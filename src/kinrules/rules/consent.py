"""A living person's own wish about being told of is asked and kept; the Central Tracing Agency is told in any case.

Source: Geneva Convention III, Art. 70 and 122, paragraph 4 (person to be informed); Geneva Convention IV, Art. 137.

>>> refusal(Recipient.NEXT_OF_KIN, wish=Wish.OBJECTS).code
'disclosure.person-objects'
>>> refusal(Recipient.NEXT_OF_KIN, wish=Wish.NOT_ASKED).code
'disclosure.wish-not-checked'
>>> refusal(Recipient.CENTRAL_AGENCY, wish=Wish.OBJECTS) is None
True
"""

from enum import StrEnum

from kinrules.refusal import Refused
from kinrules.terms import Recipient


class Wish(StrEnum):
    """What the person concerned said about their family being told."""

    NOT_ASKED = "not_asked"
    CANNOT_BE_ASKED = "cannot_be_asked"
    AGREES = "agrees"
    NAMED_THIS_KIN = "named_this_kin"
    OBJECTS = "objects"
    DEAD = "dead"


def refusal(recipient: Recipient, *, wish: Wish) -> Refused | None:
    """Return why ``recipient`` may not be told, given the person's ``wish``, or None if they may."""
    if recipient in (Recipient.CENTRAL_AGENCY, Recipient.PROTECTING_POWER):
        return None
    if wish is Wish.OBJECTS:
        return Refused("disclosure.person-objects", "the person objects to the family being told")
    if wish is Wish.NOT_ASKED:
        return Refused("disclosure.wish-not-checked", "the wish of the person has not been checked")
    return None
