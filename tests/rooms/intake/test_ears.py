"""A channel that is not heard is seen at the desk, with the age of what waits."""

from datetime import timedelta

import pytest

from kinline.intake import waiting
from kinline.intake.actions.ears import note_ear
from kinline.intake.models import Ear
from tests import people
from tests.bureau import NOON, signed_in
from tests.reading import words

pytestmark = pytest.mark.django_db


def heard(*, minutes_ago: int, trouble: str = "") -> None:
    note_ear(channel="telegram", account="4242", trouble=trouble, at=NOON - timedelta(minutes=minutes_ago))


def test_a_channel_that_fails_for_minutes_is_down_since_its_first_failure():
    heard(minutes_ago=20)
    for minutes_ago in (11, 8, 1):
        heard(minutes_ago=minutes_ago, trouble="network")

    [slow] = [each for each in waiting.slow(at=NOON) if each.is_down]

    assert (slow.channel, slow.oldest) == ("telegram", NOON - timedelta(minutes=11))


def test_a_channel_that_failed_for_a_moment_or_is_heard_again_is_not_down():
    heard(minutes_ago=30, trouble="network")
    heard(minutes_ago=10)
    heard(minutes_ago=3, trouble="network")

    assert not [each for each in waiting.slow(at=NOON) if each.is_down]


def test_the_same_again_is_noted_once_a_minute():
    heard(minutes_ago=10)
    note_ear(channel="telegram", account="4242", trouble="", at=NOON - timedelta(minutes=10) + timedelta(seconds=30))

    assert Ear.objects.get().tried_at == NOON - timedelta(minutes=10)


def test_officers_read_that_a_channel_is_not_heard():
    heard(minutes_ago=60 * 24 * 400, trouble="token")

    page = signed_in(people.OLHA).get("/conversations/")

    assert "Telegram cannot be heard." in words(page.content)
