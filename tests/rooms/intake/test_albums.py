"""Photographs that were sent as one are one thing said: answered once, acknowledged once, read as one."""

from dataclasses import replace

import pytest

from kinline.channels.base import Attachment
from kinline.correspondence.models import Outgoing
from kinline.intake import actions, threads
from kinline.intake.models import Attachment as Kept
from kinline.intake.models import Conversation, Heard, Item
from tests.bureau import NOON
from tests.rooms.intake.conftest import ADDRESS, Delivery, said
from tests.rooms.intake.family import TELEGRAM

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = Attachment("photo.jpg", "image/jpeg", 9, b"", "far")


def sends(*captions: str, album: str = "a1") -> list[Heard]:
    """One photograph after the other, each with its caption; returns what was heard."""
    heard = []
    for caption in captions:
        number = Item.objects.count() + 1
        item = Item.objects.get(pk=Delivery(external_id=f"bot:{number}", raw=str(number).encode()).taken().number)
        one = replace(said(), wire_id=str(number), text=caption, album=album, mark=f"c/{number}", attachments=(PHOTO,))
        heard += actions.note_read(item, [one], at=NOON, abilities=TELEGRAM)
    return heard


def fetches(heard: Heard) -> None:
    """The photograph comes from the channel."""
    actions.keep_file(Kept.objects.get(heard=heard), str(heard.pk).encode(), at=NOON)


def acknowledged(status: str = "new") -> int:
    found = Outgoing.objects.filter(address=ADDRESS, status=status)
    return found.filter(text__contains="Надіслане вами збережено").count()


def test_the_parts_of_an_album_are_answered_once():
    first, *rest = sends("Його посвідчення", "", "", "")

    answered = Outgoing.objects.filter(address=ADDRESS, kind="message")
    assert {message.answers for message in answered if message.answers} == {first.wire_id}
    assert [Outgoing.objects.get(kind="A1", item=part.item_id).failure for part in rest] == ["album"] * 3


def test_words_under_a_later_part_are_heard():
    sends("", "Його посвідчення")

    assert "Його посвідчення" in Conversation.objects.get().standing["notes"]


def test_what_was_sent_as_one_is_acknowledged_once_when_all_of_it_is_here():
    parts = sends("", "", "")
    for part in parts[:2]:
        fetches(part)
    before = acknowledged()

    fetches(parts[2])

    assert (before, acknowledged()) == (0, 1)


def test_a_part_that_comes_late_holds_back_an_acknowledgement_that_is_not_sent_yet():
    fetches(sends("")[0])

    [late] = sends("")
    held_back = (acknowledged(), acknowledged("withdrawn"))
    fetches(late)

    assert held_back == (0, 1)
    assert acknowledged() == 1


def test_a_part_that_comes_after_the_acknowledgement_is_acknowledged_too():
    fetches(sends("")[0])
    Outgoing.objects.filter(status="new").update(status="sent")

    fetches(sends("")[0])

    assert (acknowledged("sent"), acknowledged()) == (1, 1)


def test_an_album_is_read_as_one_thing_said():
    sends("Його посвідчення", "", "")
    sends("", album="another")

    heard = [piece for piece in threads.of(Conversation.objects.get()) if not piece.ours]

    assert [(piece.words, len(piece.files)) for piece in heard] == [("Його посвідчення", 3), ("", 1)]
