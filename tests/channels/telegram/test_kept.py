"""Telegram and the durable core together: what was written lies in the database, once, before Telegram forgets it."""

import json

import pytest

from kinline.channels.telegram.poll import Poller, Round
from kinline.channels.telegram.public import Hook, webhook
from kinline.intake import actions
from kinline.intake.models import Item, Raw
from tests.channels.telegram import updates
from tests.channels.telegram.conftest import clock
from tests.channels.telegram.test_webhook import SECRET, knock

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_written_is_kept_once_and_then_forgotten_there(bot, telegram, maria):
    poller = Poller(bot, take=actions.take, clock=clock, wait=0)
    maria.writes("Коваль Андрій")

    assert poller.once() == Round(taken=1)
    assert Poller(bot, take=actions.take, clock=clock, wait=0).once() == Round(taken=1, again=1)
    poller.once()

    (item,) = Item.objects.all()
    assert (item.channel, item.account, item.external_id) == ("telegram", "4242", "4242:1000")
    assert json.loads(bytes(Raw.objects.get().content))["message"]["text"] == "Коваль Андрій"
    assert telegram.updates == []


def test_another_body_under_a_known_number_is_kept_beside_the_first(telegram):
    door = webhook(Hook(secret=SECRET, account="4242", take=actions.take, clock=clock))

    answers = [knock(door, updates.message(text=text)).status_code for text in ("перше", "перше", "друге")]

    assert answers == [200, 200, 200]
    assert Item.objects.count() == 2
