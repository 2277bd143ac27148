"""Opening a case from a conversation: with its code and one check, and slowed down as the families' pages are.

Five wrong tries of one code, or five of one family's way with whatever codes, and one waits. Whether such a code exists
is never said: a code that nobody has and a wrong check come to the same.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from kinline import keys
from kinline.enquiries.actions import tries
from kinline.enquiries.models import Enquiry
from kinline.enquiries.queries import families
from kinline.intake.standing import Abilities, Joining


@dataclass(frozen=True)
class Opened:
    """The enquiry that the code and the check open, if they do; and whether one must wait before the next try."""

    enquiry: Enquiry | None
    must_wait: bool = False


def open_case(joining: Joining, *, came_by: Abilities, at: datetime) -> Opened:
    """Try the code and the check once."""
    # Callers who hide their number share no way: one of them must not make all others wait.
    tried = [joining.code_hash, *([_way_hash(came_by)] if came_by.address else [])]
    if any(families.must_wait(each, at=at) for each in tried):
        return Opened(None, must_wait=True)
    enquiry = families.by_hash(joining.code_hash)
    if enquiry is None or not families.fits(enquiry, joining.check):
        waits = [tries.note_wrong(each, at=at) for each in tried]
        return Opened(None, must_wait=any(waits))
    for each in tried:
        tries.note_right(each)
    return Opened(enquiry)


def _way_hash(came_by: Abilities) -> str:
    """A family's way as the table of tries may hold it: no address can be read out of it."""
    way = f"tries {came_by.channel.value} {came_by.address}"
    return hmac.digest(keys.pepper(), way.encode(), "sha256").hex()
