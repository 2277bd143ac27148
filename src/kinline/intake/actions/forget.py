"""Deleting from a chat the papers that a family sent there, once the bureau's own copy is proved to be whole.

Nothing is deleted here: the outbox carries the deletion, and says afterwards what became of it. It is written in the
transaction in which the copy is, so no chat is emptied of what is not committed.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.intake import threads
from kinline.intake.conversation import saying
from kinline.intake.models import Attachment, Conversation, Heard
from kinline.intake.standing import State
from kinline.ledger import storing

log = logging.getLogger(__name__)
VOICE = "audio/"


def delete_papers(held: Conversation, *, answers: str, once: str, at: datetime) -> None:
    """Have all papers deleted that lie in the chat of ``held`` and are kept here, and say what became of it."""
    marks = forgettable(threads.heard_from(held), held)
    state = State.read(held.standing)
    [said] = saying.sentence(state, "papers_deleted" if marks else "papers_none")
    left = saying.sentence(state, "papers_left")[0].text if marks else ""
    words = outbox.Words(text=said.text, language=said.language, answers=answers, forgets=marks, otherwise=left)
    to = outbox.Place(channel=held.channel, account=held.account, address=held.address)
    outbox.write(words, to=to, at=at, once=once)


def forgettable(heard: Iterable[Heard], held: Conversation) -> tuple[str, ...]:
    """Marks of messages that brought papers of which every one is kept here whole, and that nobody deleted yet.

    A voice is no paper: whoever speaks to us may want to hear it again.
    """
    marks: dict[int, str] = {each.pk: each.mark for each in heard if each.mark}
    files = list(Attachment.objects.filter(heard__in=marks).order_by("heard_id", "position"))
    staying = {marks[file.heard_id] for file in files if file.media_type.startswith(VOICE) or not _is_whole(file)}
    gone = sending.forgotten(channel=held.channel, account=held.account, address=held.address)
    return tuple(dict.fromkeys(mark for file in files if (mark := marks[file.heard_id]) not in staying | gone))


def _is_whole(file: Attachment) -> bool:
    """Whether what lies in the storage is, read again, what was sent."""
    if not file.stored_as:
        return False
    if storing.holds(file.stored_as, digest=file.digest):
        return True
    log.error("a kept file is not what was sent; nothing is deleted", extra={"reference": f"attachment:{file.pk}"})
    return False
