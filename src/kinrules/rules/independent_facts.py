"""A match rests on one primary identifier or document, or on two independent facts that agree.

Source: INTERPOL disaster victim identification (primary and secondary identifiers); the bureau's own rule.

>>> refusal(primary=0, independent=2) is None
True
>>> refusal(primary=0, independent=1).code
'match.too-little'
"""

from kinrules.refusal import Refused


def refusal(*, primary: int, independent: int) -> Refused | None:
    """Return why a match may not be confirmed on so many agreeing facts, or None if it may."""
    if primary < 1 and independent < 2:
        return Refused("match.too-little", "a match rests on one primary identifier or two independent facts")
    return None
