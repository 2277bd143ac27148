"""Information that may harm the person or their relatives goes to the Central Tracing Agency only.

Source: Geneva Convention IV, Art. 137, second paragraph, and Art. 140.

>>> refusal(Recipient.CENTRAL_AGENCY, detriment=True) is None
True
>>> refusal(Recipient.NEXT_OF_KIN, detriment=True).code
'disclosure.detriment'
"""

from kinrules.refusal import Refused
from kinrules.terms import Recipient


def refusal(recipient: Recipient, *, detriment: bool) -> Refused | None:
    """Return why ``recipient`` may not be told, or None if they may."""
    if detriment and recipient is not Recipient.CENTRAL_AGENCY:
        return Refused("disclosure.detriment", f"telling the {recipient.value} may harm the person or relatives")
    return None
