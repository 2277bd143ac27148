"""Calls to the line as the core hears them: keys, and names said after the tone. Invented families."""

import json

from kinline.channels.base import Attachment as Enclosed
from kinline.channels.base import Inbound
from kinline.channels.telephone.conversation import ABILITIES
from kinline.intake import actions
from kinline.intake.models import Attachment, Conversation, Item
from tests.bureau import NOON
from tests.rooms.intake.conftest import Delivery

CALLER = "+380501234567"
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt invented"


def calls(*keys: str, call: str = "5f0c1a2b", number: str = CALLER) -> Conversation:
    """Somebody calls and presses ``keys``; "" is a name said after the tone."""
    for step, key in enumerate(("start", *keys)):
        raw = json.dumps([call, step]).encode()
        taken = Delivery(channel="telephone", account="main", external_id=f"{call}:{step}", raw=raw).taken(at=NOON)
        said = Inbound(
            wire_id=f"{call}:{step}",
            address=f"{number};{call}",
            answer=key if key != "start" else "",
            attachments=() if key else (Enclosed(name="name.wav", type="audio/wav", size=len(WAV), content=WAV),),
            authenticated=True,
        )
        actions.note_read(Item.objects.get(pk=taken.number), [said], at=NOON, abilities=ABILITIES)
    return Conversation.objects.get(address=f"{number};{call}")


def calls_on(held: Conversation) -> Attachment:
    """The same caller says something after the tone."""
    _number, _sign, call = held.address.partition(";")
    raw = json.dumps([call, 9]).encode()
    taken = Delivery(channel="telephone", account="main", external_id=f"{call}:9", raw=raw).taken(at=NOON)
    enclosed = Enclosed(name="more.wav", type="audio/wav", size=len(WAV), content=WAV)
    said = Inbound(wire_id=f"{call}:9", address=held.address, attachments=(enclosed,), authenticated=True)
    actions.note_read(Item.objects.get(pk=taken.number), [said], at=NOON, abilities=ABILITIES)
    return Attachment.objects.latest("pk")
