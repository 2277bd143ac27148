"""Conversations that wait at the desk: invented families on Telegram who need a person."""

from datetime import timedelta

from kinline.channels.base import Attachment, Inbound
from kinline.channels.telegram.conversation import ABILITIES
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.intake import actions
from kinline.intake.models import Conversation, Heard, Item
from tests.bureau import NOON
from tests.rooms.evidence.papers import ogg
from tests.rooms.intake.conftest import ADDRESS, Delivery, said
from tests.rooms.intake.family import DANGER

CODE = "4821 0937 5612 3474"
VOICE = Attachment(name="голос.ogg", type="audio/ogg", size=47, content=ogg())


def hears(text: str = DANGER, *, address: str = ADDRESS, minutes_ago: int = 0, **more) -> Conversation:
    """Somebody says something; returns their conversation."""
    at = NOON - timedelta(minutes=minutes_ago)
    wire_id = f"{address}:{Item.objects.count()}"
    item = Item.objects.get(pk=Delivery(external_id=wire_id, raw=wire_id.encode()).taken(at=at).number)
    inbound: Inbound = said(wire_id=wire_id, address=address, text=text, **more)
    actions.note_read(item, [inbound], at=at, abilities=ABILITIES)
    return Conversation.objects.get(address=address)


def unreadable(raw: bytes = b"<script>alert(1)</script>", *, name: str = "torn") -> Item:
    """A piece of post that was tried as often as is allowed."""
    number = Delivery(external_id=name, raw=raw).taken(at=NOON).number
    at = NOON
    for _try in range(3):
        item, _raw = actions.begin_reading(at=at)
        actions.could_not_read(item, trouble="unreadable", at=at)
        at += timedelta(minutes=5)
    return Item.objects.get(pk=number)


def dead(text: str = "Ми отримали ваше повідомлення.", *, failure: str = "blocked", address: str = "77") -> Outgoing:
    """A message of ours that no channel took."""
    Outgoing.objects.filter(status="new").update(status="sent")
    to = outbox.Place(channel="telegram", account="bot", address=address)
    outbox.write(outbox.Words(text=text, language="uk"), to=to, at=NOON)
    claimed = outbox.claim(worker="test", at=NOON)
    outbox.failed(claimed, at=NOON, code=failure, for_good=True)
    return Outgoing.objects.get(pk=claimed.pk)


def heard_last() -> int:
    """The key of the newest thing heard."""
    return Heard.objects.latest("pk").pk
