"""Groups are told politely that we speak in private; who blocked us, and who changed their words, is not lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kinline.channels.base import Kind
from kinline.correspondence.models import Outgoing
from kinline.enquiries.models import Addition
from kinline.intake import actions, threads
from kinline.intake.models import Conversation, Heard, Item
from kinline.intake.standing import Why
from tests.bureau import NOON
from tests.rooms.intake.conftest import ADDRESS, Delivery, said
from tests.rooms.intake.family import DANGER, TELEGRAM

pytestmark = pytest.mark.django_db(transaction=True)
GROUP = "-100200"


def hears(text: str = "", *, at=NOON, mark_of: Heard | None = None, **changes) -> Heard:
    """Something is heard; with ``mark_of`` it is a later wording of that."""
    number = Item.objects.count() + 1
    item = Item.objects.get(pk=Delivery(external_id=f"bot:{number}", raw=str(number).encode()).taken(at=at).number)
    one = replace(said(), wire_id=str(number), text=text, mark=f"c/{number}", **changes)
    if mark_of is not None:
        one = replace(one, mark=mark_of.mark, about=mark_of.mark)
    return actions.note_read(item, [one], at=at, abilities=TELEGRAM)[0]


def among_others(language: str = "ru", *, notice: str = "group", at=NOON) -> Heard:
    return hears(kind=Kind.IGNORED, address=GROUP, notice=notice, language=language, authenticated=False, at=at)


def told(address: str = ADDRESS) -> list[str]:
    found = Outgoing.objects.filter(address=address, kind="message").order_by("pk")
    return [message.text for message in found]


@pytest.mark.parametrize("notice", ["group", "channel"])
def test_a_group_is_told_once_a_day_in_its_language_that_we_speak_in_private(notice):
    for _message in range(3):
        among_others(notice=notice)
    [today] = told(GROUP)
    among_others(notice=notice, at=NOON + timedelta(days=1))

    assert "Бюро разговаривает только наедине" in today
    assert len(told(GROUP)) == 2
    assert not Conversation.objects.filter(address=GROUP).exists()


def test_whoever_blocks_us_is_put_before_a_person():
    hears("/start")

    hears(kind=Kind.BOUNCE, notice="blocked", authenticated=False)

    held = Conversation.objects.get(address=ADDRESS)
    kinds = [piece.kind for piece in threads.of(held) if not piece.ours]
    assert (held.person, kinds) == (Why.BLOCKED, ["message", "blocked"])


def test_danger_stands_when_its_sender_blocks_us_afterwards():
    hears("/start")
    hears(DANGER)

    hears(kind=Kind.BOUNCE, notice="blocked", authenticated=False)

    held = Conversation.objects.get(address=ADDRESS)
    assert (held.person, held.person_due_at) == (Why.DANGER, NOON + timedelta(minutes=10))


def test_a_kind_without_words_is_kept_and_asks_for_nothing():
    heard = hears(kind=Kind.IGNORED)

    assert Outgoing.objects.get(item=heard.item_id).failure == "no-message"
    assert told() == []


def test_a_later_wording_lies_beside_the_first_and_answers_nothing():
    hears("/start")
    hears("1")
    first = hears("Петренко Петро")

    edit = hears("Петренко Павло", mark_of=first)

    held = Conversation.objects.get(address=ADDRESS)
    assert (held.standing["step"], held.standing["answers"]["name"]) == ("born", "Петренко Петро")
    assert held.standing["notes"] == ["Петренко Павло"]
    assert "Нову редакцію збережено поруч із першою" in told()[-2]
    assert [piece.kind for piece in threads.of(held) if piece.pk == edit.pk and not piece.ours] == ["edited"]
    assert Heard.objects.filter(text="Петренко Петро").exists()


def test_whoever_mends_what_could_not_be_read_has_answered():
    for words in ("/start", "1", "Петренко Петро"):
        hears(words)
    unread = hears("колись навесні")

    hears("14.03.2001", mark_of=unread)

    assert Conversation.objects.get(address=ADDRESS).standing["answers"]["born"] == "2001-03-14"


def test_a_later_wording_of_what_was_added_is_added_too():
    for words in ("/start", "1", "Петренко Петро", "2001", "син", "+380501234567", "так"):
        hears(words)
    first = hears("Востаннє телефонував у березні")

    hears("Востаннє телефонував у квітні", mark_of=first)

    assert [each.words for each in Addition.objects.order_by("pk")] == [
        "Востаннє телефонував у березні",
        "Востаннє телефонував у квітні",
    ]
