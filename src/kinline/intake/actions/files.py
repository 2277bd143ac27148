"""Files that lay with their channel and were fetched: sealed under their digest, and only then acknowledged."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.evidence import actions as evidence
from kinline.intake import queries
from kinline.intake.actions import forget, refuse
from kinline.intake.conversation import saying
from kinline.intake.models import Attachment, Conversation, Heard
from kinline.intake.standing import State

KEPT, NOT_TAKEN, TOO_LARGE = "files_kept", "file_not_taken", "file_too_large"
# The parts of an album come one after the other; the acknowledgement waits so long for the next.
SETTLES = timedelta(seconds=3)


@transaction.atomic
def keep_file(file: Attachment, content: bytes, *, at: datetime) -> bool:
    """Keep the bytes of a file; tell its sender when all that was sent with it is here. False if it was here before."""
    kept = evidence.keep(content, at=at)
    missing = Attachment.objects.filter(pk=file.pk, digest="")
    if not missing.update(digest=kept.digest, stored_as=kept.stored_as, size=len(content)):
        return False
    _acknowledge(file.heard, at=at)
    return True


@transaction.atomic
def cannot_fetch(file: Attachment, *, why: str, at: datetime) -> None:
    """Note that a file will never come, and tell its sender so (E1); ``why`` is a code. The desk shows it too."""
    missing = Attachment.objects.filter(pk=file.pk, digest="", trouble="")
    if not missing.update(trouble=why[:40]):
        return
    heard = file.heard
    held = _conversation(heard)
    if held is None or not _is_to_be_told(heard, held):
        return
    [said] = saying.sentence(State.read(held.standing), TOO_LARGE if why == "too-large" else NOT_TAKEN)
    words = outbox.Words(text=said.text, language=said.language, answers=heard.wire_id)
    outbox.write(words, to=_place(heard), at=at, grounds=refuse.NOT_TAKEN, once=f"not-taken:{file.pk}")
    if Attachment.objects.filter(heard__in=queries.album_of(heard).order_by()).exclude(digest="").exists():
        _acknowledge(heard, at=at)  # what came with it and is here


def deleted_there(file: Attachment) -> None:
    """Note that a file that is kept here lies with its channel no more."""
    Attachment.objects.filter(pk=file.pk).exclude(digest="").update(remote_id="")


def take_back(heard: Heard, *, at: datetime) -> None:
    """Do not say yet that other parts of this album are kept: one more came. What was sent already is true."""
    for part in queries.album_of(heard).exclude(pk=heard.pk):
        said = sending.under(_once(part))
        if said is not None:
            outbox.withdraw(said, why="more-came", at=at)


def _acknowledge(heard: Heard, *, at: datetime) -> None:
    """Say once that all is kept which was sent as one; what we wrote of a part and did not send yet is taken back."""
    together = queries.album_of(heard)
    if Attachment.objects.filter(heard__in=together.order_by(), digest="", trouble="").exists():
        return
    held = _conversation(heard)
    if held is None or not _is_to_be_told(heard, held):
        return
    take_back(heard, at=at)
    outbox.write(
        _kept(held, together), to=_place(heard), at=at, once=_once(heard), due_at=at + SETTLES if heard.album else at
    )


def _kept(held: Conversation, together: QuerySet[Heard]) -> outbox.Words:
    """That what was sent is kept; and where the chat is emptied of it, that too."""
    state = State.read(held.standing)
    marks = forget.forgettable(together, held) if state.abilities.deletes else ()
    [said] = saying.sentence(state, "files_kept_deleted" if marks else KEPT)
    left = saying.sentence(state, "files_kept_left")[0].text if marks else ""
    first = together.order_by("pk").first()
    answers = first.wire_id if first is not None else ""
    return outbox.Words(text=said.text, language=said.language, answers=answers, forgets=marks, otherwise=left)


def _conversation(heard: Heard) -> Conversation | None:
    item = heard.item
    return Conversation.objects.filter(channel=item.channel, account=item.account, address=heard.address).first()


def _is_to_be_told(heard: Heard, held: Conversation) -> bool:
    """Whether what became of a file is told: to whom the channel vouches for, and who has not put down since."""
    return heard.authenticated and not State.read(held.standing).abilities.one_call


def _place(heard: Heard) -> outbox.Place:
    return outbox.Place(channel=heard.item.channel, account=heard.item.account, address=heard.address)


def _once(heard: Heard) -> str:
    return f"files:{heard.pk}"
