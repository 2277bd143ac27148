"""E1: telling a sender that something was NOT taken, and which other ways there are. Never silence, never a false yes.

It goes only to whom a machine may answer: a sender whom the channel vouches for, no machine, and at most once a day.

Source: RFC 3834, section 2 (whom automatic answers may go to).
"""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.intake import messages
from kinline.intake.actions.hear import MESSAGE, Said, clean
from kinrules import limits
from kinrules.terms import Acknowledgement

A_DAY = 24
NOT_TAKEN = outbox.Grounds(kind=Acknowledgement.NOT_TAKEN.value)


@transaction.atomic
def tell_not_taken(said: Said, *, channel: str, account: str, name: str, at: datetime) -> bool:
    """Tell the sender of a piece of post that was too large that we do NOT have it; ``name`` is what it is known by.

    ``said`` is read from what stands at its beginning. The same name twice is told once. False where nobody is told.
    """
    if said.kind != MESSAGE or not said.address or not said.authenticated:
        return False
    address = clean(said.address, 320)
    lately = sending.acknowledged_lately(
        channel=channel, address=address, at=at, hours=A_DAY, kind=Acknowledgement.NOT_TAKEN
    )
    most = limits.on(timezone.localdate(at), "intake_item_bytes") // 2**20
    told = messages.not_taken(language=said.language, megabytes=most)
    words = outbox.Words(text=told.text, language=told.language, subject=told.subject, answers=clean(said.wire_id, 255))
    to = outbox.Place(channel=channel, account=account, address=address)
    message = outbox.write(words, to=to, at=at, grounds=NOT_TAKEN, once=_once(name))
    if lately:
        outbox.withdraw(message, why="told-lately", at=at)
    return not lately


def _once(name: str) -> str:
    return f"not-taken:{sha256(name.encode()).hexdigest()}"
