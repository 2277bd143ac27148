"""Kin hear before anybody else, and only kin whose kinship is shown hear at all; the public never does.

Source: Additional Protocol I, Art. 32; Geneva Convention III, Art. 13 (public curiosity) and 122, paragraph 4.

>>> refusal(Recipient.NEXT_OF_KIN, kin_level=KinLevel.KIN_SHOWN, kin_told=False) is None
True
>>> refusal(Recipient.OTHER_KIN, kin_level=KinLevel.KIN_SHOWN, kin_told=False).code
'disclosure.next-of-kin-first'
>>> refusal(Recipient.NEXT_OF_KIN, kin_level=KinLevel.IDENTITY_SEEN, kin_told=False).code
'disclosure.kin-not-shown'
"""

from kinrules.refusal import Refused
from kinrules.terms import KinLevel, Recipient


def refusal(recipient: Recipient, *, kin_level: KinLevel, kin_told: bool) -> Refused | None:
    """Return why ``recipient`` may not be told now, or None if they may."""
    if recipient is Recipient.PUBLIC:
        return Refused("disclosure.public", "persons are never disclosed to the public")
    if recipient in (Recipient.CENTRAL_AGENCY, Recipient.PROTECTING_POWER):
        return None
    if kin_level is not KinLevel.KIN_SHOWN:
        return Refused("disclosure.kin-not-shown", f"kinship is at level {kin_level.value}, telling needs 3")
    if recipient is Recipient.OTHER_KIN and not kin_told:
        return Refused("disclosure.next-of-kin-first", "the next of kin have not been told yet")
    return None
