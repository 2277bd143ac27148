"""What follows from what happened on a channel itself: somebody spoke to us among others, or blocked us."""

from datetime import datetime

from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.intake import messages
from kinline.intake.actions.converse import call_in
from kinline.intake.models import Conversation, Heard
from kinline.intake.notices import AMONG_OTHERS, Notice
from kinline.intake.standing import Why


def heed(heard: Heard, *, at: datetime) -> None:
    """Tell a group that we speak only in private, once a day; put before a person whoever blocked us."""
    if heard.notice in AMONG_OTHERS:
        _tell_the_group(heard, at=at)
    elif heard.notice == Notice.BLOCKED:
        _look_for_another_way(heard, at=at)


def _tell_the_group(heard: Heard, *, at: datetime) -> None:
    item, day = heard.item, timezone.localdate(at)
    text, language = messages.in_private(language=heard.language)
    to = outbox.Place(channel=item.channel, account=item.account, address=heard.address)
    once = f"among-others:{item.channel}:{item.account}:{heard.address}:{day}"
    outbox.write(outbox.Words(text=text, language=language), to=to, at=at, once=once[:120])


def _look_for_another_way(heard: Heard, *, at: datetime) -> None:
    item = heard.item
    held = Conversation.objects.select_for_update().filter(channel=item.channel, account=item.account)
    for each in held.filter(address=heard.address):
        call_in(each, Why.BLOCKED, minutes=0, at=at)
        each.save(update_fields=["person", "person_due_at"])
