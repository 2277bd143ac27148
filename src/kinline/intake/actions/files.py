"""Files that lay with their channel and were fetched: sealed under their digest, and only then acknowledged."""

from datetime import datetime

from django.db import transaction

from kinline.correspondence.outbox import actions as outbox
from kinline.evidence import actions as evidence
from kinline.intake.conversation import saying
from kinline.intake.models import Attachment, Conversation, Heard
from kinline.intake.standing import State

KEPT = "files_kept"


@transaction.atomic
def keep_file(file: Attachment, content: bytes, *, at: datetime) -> bool:
    """Keep the bytes of a file; tell its sender when all that came with the same words is here. False if it was."""
    kept = evidence.keep(content, at=at)
    missing = Attachment.objects.filter(pk=file.pk, digest="")
    if not missing.update(digest=kept.digest, stored_as=kept.stored_as, size=len(content)):
        return False
    if not Attachment.objects.filter(heard=file.heard_id, digest="").exists():
        _acknowledge(file.heard, at=at)
    return True


def cannot_fetch(file: Attachment, *, why: str) -> None:
    """Note that a file will never come; ``why`` is a code. The desk shows that it is not here."""
    Attachment.objects.filter(pk=file.pk, digest="").update(trouble=why[:40])


def _acknowledge(heard: Heard, *, at: datetime) -> None:
    item = heard.item
    held = Conversation.objects.filter(channel=item.channel, account=item.account, address=heard.address).first()
    if held is None or not heard.authenticated:
        return
    to = outbox.Place(channel=item.channel, account=item.account, address=heard.address)
    for place, say in enumerate(saying.sentence(State.read(held.standing), KEPT)):
        words = outbox.Words(text=say.text, language=say.language, answers=heard.wire_id)
        outbox.write(words, to=to, at=at, once=f"files:{heard.pk}:{place}")
