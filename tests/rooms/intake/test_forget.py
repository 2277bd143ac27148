"""Papers leave the chat only when our copy is committed and whole; what could not be deleted is said."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import storages

from kinline.channels import sending
from kinline.channels.base import Attachment
from kinline.channels.outcomes import Refused, RetryAfter, Sent
from kinline.correspondence.models import Outgoing
from kinline.intake import actions
from kinline.intake.actions import forget
from kinline.intake.models import Attachment as Kept
from kinline.intake.models import Conversation, Heard, Item
from tests.bureau import NOON
from tests.rooms.intake.conftest import ADDRESS, Delivery, said
from tests.rooms.intake.family import TELEGRAM

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = Attachment("photo.jpg", "image/jpeg", 9, b"", "far")


def sends(file: Attachment = PHOTO, *, deletes: bool = True) -> Heard:
    number = Item.objects.count() + 1
    item = Item.objects.get(pk=Delivery(external_id=f"bot:{number}", raw=str(number).encode()).taken().number)
    one = replace(said(), address="17", wire_id=str(number), text="", mark=f"17/{number}", attachments=(file,))
    [heard] = actions.note_read(item, [one], at=NOON, abilities=replace(TELEGRAM, deletes=deletes))
    return heard


def fetches(heard: Heard) -> None:
    actions.keep_file(Kept.objects.get(heard=heard), str(heard.pk).encode(), at=NOON)


def asks_to_delete() -> Outgoing:
    forget.delete_papers(Conversation.objects.get(address="17"), answers="", once="asked", at=NOON)
    return Outgoing.objects.get(once="asked")


def newest() -> Outgoing:
    return Outgoing.objects.latest("pk")


def carried(message: Outgoing, *outcomes) -> list[str]:
    """Send this message alone to a wire that answers so; returns the methods it was asked for."""
    Outgoing.objects.filter(status="new").exclude(pk=message.pk).update(status="sent")
    asked, left = [], list(outcomes)

    def wire(parcel):
        asked.append(str(parcel.body["method"]))
        return left.pop(0) if left else Sent()

    sending.send_next("telegram", wire, worker="test", clock=lambda: NOON)
    return asked


def test_a_paper_is_deleted_in_the_message_that_says_it_is_kept():
    paper = sends()
    before = Outgoing.objects.exclude(forgets=[]).exists()

    fetches(paper)

    assert not before
    assert newest().forgets == [paper.mark]
    assert carried(newest()) == ["deleteMessage", "sendMessage"]
    assert "видалено із цього чату" in newest().text


def test_a_copy_that_is_not_what_was_sent_deletes_nothing(monkeypatch):
    paper = sends(deletes=False)
    fetches(paper)
    stored_as = Kept.objects.get(heard=paper).stored_as
    Path(storages["exhibits"].path(stored_as)).write_bytes(b"torn")

    message = asks_to_delete()

    assert message.forgets == []
    assert "немає документів і фото" in message.text


def test_a_paper_that_is_not_fetched_stays():
    sends(deletes=False)

    assert asks_to_delete().forgets == []


def test_a_voice_stays():
    fetches(sends(replace(PHOTO, type="audio/ogg")))

    assert newest().forgets == []


def test_papers_of_a_whole_conversation_are_deleted_on_wish_and_once():
    papers = [sends(deletes=False) for _paper in range(3)]
    for paper in papers:
        fetches(paper)

    first = asks_to_delete()

    assert first.forgets == [paper.mark for paper in papers]
    assert carried(first) == ["deleteMessage"] * 3 + ["sendMessage"]
    assert forget.forgettable(papers, Conversation.objects.get(address="17")) == ()


def test_what_could_not_be_deleted_is_said():
    fetches(sends())
    message = newest()

    carried(message, Refused("too-old"))

    message.refresh_from_db()
    assert (message.status, message.otherwise) == ("sent", "")
    assert "Видаліть його, будь ласка, самі" in message.text


def test_a_deletion_that_must_wait_is_tried_again_and_nothing_is_said_yet():
    fetches(sends())
    message = newest()

    assert carried(message, RetryAfter(5.0)) == ["deleteMessage"]

    message.refresh_from_db()
    assert message.status == "new"


def test_nobody_elses_papers_are_deleted():
    fetches(sends())

    assert not any(ADDRESS in mark for mark in newest().forgets)


@pytest.mark.parametrize(("why", "words"), [("too-large", "більший, ніж Telegram"), ("no-such-file", "ще раз")])
def test_whoever_sent_a_file_that_will_never_come_is_told_that_we_do_not_have_it(why, words):
    paper = sends()

    for _again in range(2):
        actions.cannot_fetch(Kept.objects.get(heard=paper), why=why, at=NOON)

    [told] = Outgoing.objects.filter(kind="E1")
    assert "Ми НЕ змогли взяти ваш файл" in told.text
    assert words in told.text
    assert forget.forgettable([paper], Conversation.objects.get(address="17")) == ()
