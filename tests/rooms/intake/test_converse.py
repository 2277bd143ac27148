"""Who is answered by the conversation, and who is left to a person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kinline.channels.base import Attachment
from kinline.correspondence.models import Outgoing
from kinline.intake import actions
from kinline.intake.models import Conversation, Item
from kinline.intake.standing import Why
from tests.bureau import NOON
from tests.rooms.intake.conftest import ADDRESS, Delivery, said
from tests.rooms.intake.family import DANGER, TELEGRAM

pytestmark = pytest.mark.django_db(transaction=True)


def hears(*texts: str, vouched: bool = True, kind: str = "message", attachments=()) -> Conversation | None:
    """One message after the other from one address; returns the conversation that is kept."""
    before = Item.objects.count()
    for number, text in enumerate(texts, before + 1):
        Delivery(external_id=f"bot:{number}", raw=text.encode()).taken()
        item, _raw = actions.begin_reading(at=NOON)
        one = replace(said(), wire_id=str(number), text=text, authenticated=vouched, kind=kind, attachments=attachments)
        actions.note_read(item, [one], at=NOON, abilities=TELEGRAM)
    return Conversation.objects.first()


def test_a_sender_nobody_vouches_for_is_put_before_a_person_and_not_answered():
    kept = hears("Я шукаю сина", vouched=False)

    assert (kept.person, kept.person_due_at) == (Why.UNPROVEN, None)
    assert not Outgoing.objects.filter(status="new").exclude(address="noise").exists()


def test_danger_is_heard_from_whoever_says_it():
    kept = hears(DANGER, vouched=False)

    assert (kept.person, kept.person_due_at) == (Why.DANGER, NOON + timedelta(minutes=10))


def test_a_later_word_puts_nobody_off_who_was_promised_a_person():
    kept = hears("1", DANGER, "людина")

    assert (kept.person, kept.person_due_at) == (Why.DANGER, NOON + timedelta(minutes=10))


def test_who_writes_in_anothers_name_changes_nothing_in_their_conversation():
    before = hears("/start", "1")

    after = hears("Петренко Петро", vouched=False)

    assert after.standing == before.standing
    assert after.person == Why.UNPROVEN


def test_a_file_that_still_lies_with_its_channel_is_not_acknowledged_as_kept():
    far, here = Attachment("photo.jpg", "image/jpeg", 9, b"", "far"), Attachment("photo.jpg", "image/jpeg", 5, b"bytes")

    hears("/start", attachments=(far,))
    hears("1", attachments=(here,))

    said = [outgoing.text for outgoing in Outgoing.objects.filter(address=ADDRESS, kind="message").order_by("pk")]
    assert ["Надіслане вами збережено" in text for text in said].count(True) == 1


def test_an_automatic_letter_begins_no_conversation():
    assert hears("I am out of office", kind="auto") is None
