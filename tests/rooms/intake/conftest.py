"""Post as a channel makes it out, and a sender who is always there."""

from dataclasses import dataclass, field

import pytest

from kinline.channels.base import Inbound
from kinline.intake import actions
from kinline.intake.models import Item
from tests import people
from tests.bureau import NOON, acting

ADDRESS = "-1000200300"
WORDS = "Мій син пропав під Вигаданим, 14 березня."


@dataclass(frozen=True)
class Delivery:
    """What a channel brings."""

    external_id: str = "bot:1"
    raw: bytes = WORDS.encode()
    channel: str = "telegram"
    account: str = "bot"

    def taken(self, at=NOON) -> actions.Taken:
        return actions.take(
            channel=self.channel, account=self.account, external_id=self.external_id, raw=self.raw, at=at
        )


@dataclass(frozen=True)
class Sender:
    """Says something in a chat that the channel vouches for."""

    said: Inbound = field(default_factory=lambda: said())


def said(**changes) -> Inbound:
    return Inbound(
        **{"wire_id": "chat:1", "address": ADDRESS, "text": WORDS, "language": "uk", "authenticated": True} | changes
    )


@pytest.fixture
def olha(db):
    return acting(people.OLHA)


@pytest.fixture(autouse=True)
def noise(db) -> None:
    """Somebody else's post, already read."""
    item = Item.objects.get(pk=Delivery(external_id="noise", raw=b"noise", account="other").taken().number)
    actions.note_read(item, [said(wire_id="noise", address="noise")], at=NOON)
