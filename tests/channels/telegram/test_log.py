"""The log learns nothing: neither the token, nor who wrote, nor what."""

import logging
import traceback

import pytest

from kinline.channels.base import Outbound
from kinline.channels.outcomes import Unreachable
from kinline.channels.telegram import CHANNEL
from kinline.channels.telegram.client import Bot
from kinline.channels.telegram.public import Hook, webhook
from kinline.channels.telegram.send import send
from kinline.channels.wires import Http, WireError
from kinline.demo.bot_api.people import Person
from tests.channels.telegram import updates
from tests.channels.telegram.conftest import TOKEN, clock
from tests.channels.telegram.test_webhook import SECRET, knock

# Speaks HTTP and asks no database.
pytestmark = pytest.mark.once

SAID, PERSON = "Шукаю сина Андрія", "777000111"


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog):
    """As somebody would who looks for a fault: every logger of every library, down to the last detail."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection", "kinline"):
        caplog.set_level(logging.DEBUG, logger=name)
    kinline = logging.getLogger("kinline")
    before, kinline.propagate = kinline.propagate, True
    yield
    kinline.propagate = before


def test_nothing_is_learnt_from_the_wire(bot, poller, cellar, telegram, caplog):
    writer = Person(telegram, int(PERSON))
    (parcel,) = CHANNEL.write(Outbound(number="4711", address=PERSON, text=SAID))
    writer.sends_photo(b"x" * 200, caption=SAID)
    writer.writes(SAID)
    telegram.fail("getUpdates", "page")
    telegram.fail("sendMessage", "cut")
    telegram.throttle("sendMessage", seconds=1)

    for _time in range(3):
        poller.once()
        send(bot, parcel)
    bot.fetch("files/2.jpg")
    cellar.is_down = True
    writer.writes(SAID)
    poller.once()

    assert "httpcore" in {record.name.partition(".")[0] for record in caplog.records}
    assert _told(caplog) == []


def test_nothing_is_learnt_from_a_dead_wire(caplog):
    dead = Bot(TOKEN, api="http://127.0.0.1:9")
    (parcel,) = CHANNEL.write(Outbound(number="4711", address=PERSON, text=SAID))

    assert send(dead, parcel) == Unreachable("network")
    assert _told(caplog) == []


@pytest.mark.parametrize("api", ["http://127.0.0.1:9", "nowhere", "ftp://x", "http://[", "http://\x00"])
def test_an_error_of_the_wire_holds_a_code_and_no_address(api):
    wire = Http(api, secret=TOKEN)

    with pytest.raises(WireError) as raised:
        wire.post("/bot_secret_/sendMessage", fields={"text": SAID}, seconds=1, most=100)

    shown = "".join(traceback.format_exception(raised.value))
    assert "Token" not in shown + repr(raised.value) + repr(wire) + repr(Bot(TOKEN))
    assert str(raised.value) in {"network", "address"}


def test_nothing_is_learnt_at_the_door(cellar, caplog):
    door = webhook(Hook(secret=SECRET, account="4242", take=cellar.take, clock=clock))
    cellar.is_down = True

    knock(door, updates.message(text=SAID))

    assert [record.code for record in caplog.records if record.name.startswith("kinline")] == ["OSError"]
    assert _told(caplog) == []
    assert SECRET not in repr(Hook(secret=SECRET, account="4242", take=cellar.take, clock=clock))


def _told(caplog) -> list[str]:
    """Lines of the log, with all that is filled in and all fields, that tell what nobody should know."""
    secrets = (TOKEN, TOKEN.partition(":")[2], SAID, PERSON, SECRET, "Андрі")
    return [
        record.name
        for record in caplog.records
        if any(word in f"{record.getMessage()} {vars(record)}" for word in secrets)
    ]
