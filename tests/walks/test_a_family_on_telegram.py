"""A mother writes to the bot at night: kept, read, answered, and an enquiry stands at the end, over real HTTP."""

from functools import partial
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from kinline.channels import fetching, reading, sending
from kinline.channels.telegram import send
from kinline.channels.telegram.poll import Poller
from kinline.correspondence.models import Outgoing
from kinline.enquiries.models import Addition, EnquirerContact, Enquiry
from kinline.intake import actions, threads
from kinline.intake.models import Attachment, Conversation, Heard, Item
from kinline.jobs import worker as jobs
from tests import people
from tests.bureau import signed_in
from tests.channels.telegram.conftest import bot, clock, maria, standing, telegram  # noqa: F401 - fixtures
from tests.rooms.evidence.papers import photograph

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bureau(bot):  # noqa: F811 - asked for by name
    """The worker at work: takes what came, reads it, and sends what is to be said; returns when nothing is left."""
    poller = Poller(bot, take=actions.take, clock=clock, wait=0)

    def works() -> None:
        while poller.once().taken + reading.read_due(clock=clock) + _sent(bot):
            pass

    return works


def _sent(bot) -> int:  # noqa: F811
    """Send all that is written. It is always noon, so the pace of a message a second to one chat is set aside."""
    Outgoing.objects.filter(attempted_at__isnull=False).update(attempted_at=None)
    Outgoing.objects.filter(status="new").update(due_at=clock())
    return int(sending.send_next("telegram", partial(send.send, bot), worker="test", clock=clock))


def asks(maria, bureau) -> None:  # noqa: F811
    """Maria answers everything she is asked."""
    for words in ("/start", "1", people.ANDRIY.name, "2001", "син", "+380501234567", "так"):
        maria.writes(words)
        bureau()


def test_a_family_asks_on_telegram_and_an_enquiry_stands(maria, bureau):  # noqa: F811
    asks(maria, bureau)

    enquiry = Enquiry.objects.get()
    said = "\n".join(maria.heard())
    assert enquiry.safe_word in said
    assert said.count("Ваш код справи") == 1
    assert Conversation.objects.get().enquiry == enquiry
    assert Heard.objects.count() == Item.objects.count() == 7


def test_the_whole_way_can_be_gone_by_buttons(maria, bureau):  # noqa: F811
    maria.writes("/start")
    bureau()
    for press in ("Українська", "", "Пропустити", "син або донька"):
        if press:
            maria.presses(press)
        else:
            maria.writes(people.ANDRIY.name)
        bureau()
    maria.shares_contact("+380501234567")
    bureau()
    maria.presses("Так, надіслати")
    bureau()

    enquiry = Enquiry.objects.get()
    assert enquiry.safe_word in "\n".join(maria.heard())
    assert EnquirerContact.objects.filter(canonical="+380501234567").exists()


def test_what_she_writes_later_is_added_and_told_so(maria, bureau):  # noqa: F811
    asks(maria, bureau)

    maria.writes("Востаннє він телефонував у березні")
    bureau()

    assert Addition.objects.filter(words="Востаннє він телефонував у березні").exists()
    assert "Ми додали це до вашої справи" in maria.heard()[-1]


def test_a_photograph_is_acknowledged_when_it_is_in_our_hands(maria, bureau, bot):  # noqa: F811
    asks(maria, bureau)
    maria.sends_photo(b"the photograph of a paper", caption="Його посвідчення")
    bureau()
    before = "\n".join(maria.heard())

    fetched, _pause = fetching.fetch_due("telegram", bot.fetch, clock=clock)
    bureau()

    kept = Attachment.objects.get()
    assert (fetched, kept.digest) == (1, sha256(b"the photograph of a paper").hexdigest())
    assert "збережено" not in before
    assert "Надіслане вами збережено" in maria.heard()[-1]


def test_a_photograph_is_seen_at_the_desk_without_the_place_where_it_was_taken(maria, bureau, bot):  # noqa: F811
    asks(maria, bureau)
    maria.sends_photo(photograph())
    bureau()
    fetching.fetch_due("telegram", bot.fetch, clock=clock)

    jobs.drain(worker="test", clock=clock)

    held, browser = Conversation.objects.get(), signed_in(people.OLHA)
    address = f"/conversations/{held.pk}/file/{Attachment.objects.get().pk}/page/1/large/"
    assert address in browser.get(f"/conversations/{held.pk}/").content.decode()
    assert not Image.open(BytesIO(browser.get(address).content)).getexif()


def test_an_album_is_one_thing_said(maria, bureau, bot):  # noqa: F811
    asks(maria, bureau)
    for page in (b"the first page", b"the second", b"the third"):
        maria.sends_photo(page, album="papers")
    bureau()
    before = len(maria.heard())

    fetching.fetch_due("telegram", bot.fetch, clock=clock)
    bureau()

    assert Attachment.objects.exclude(digest="").count() == 3
    assert [said.count("Надіслане вами збережено") for said in maria.heard()[before:]] == [1]
    assert [len(each.files) for each in threads.of(Conversation.objects.get()) if each.files] == [3]


def test_papers_leave_the_chat_once_they_are_in_our_hands(maria, bureau, bot):  # noqa: F811
    asks(maria, bureau)
    maria.sends_photo(b"the photograph of a paper", caption="Його посвідчення")
    voice = maria.sends_voice(b"a voice")
    bureau()
    before = [said["message_id"] for said in maria.sees() if "photo" in said]

    fetching.fetch_due("telegram", bot.fetch, clock=clock)
    bureau()

    assert len(before) == 1
    assert [said for said in maria.sees() if "photo" in said] == []
    assert voice in [said["message_id"] for said in maria.sees()]
    assert any("збережено й видалено із цього чату" in said for said in maria.heard())


def test_what_telegram_does_not_let_us_delete_is_said_honestly(maria, bureau, bot):  # noqa: F811
    asks(maria, bureau)
    old = maria.sends_photo(b"the photograph of a paper")
    maria.chat.messages[old]["date"] -= 49 * 60 * 60
    bureau()

    fetching.fetch_due("telegram", bot.fetch, clock=clock)
    bureau()

    assert old in [said["message_id"] for said in maria.sees()]
    assert "Видаліть його, будь ласка, самі" in maria.heard()[-1]


def test_a_family_may_ask_that_its_papers_leave_the_chat(maria, bureau):  # noqa: F811
    asks(maria, bureau)

    maria.presses("Видалити мої документи")
    bureau()

    assert "немає документів і фото, які ми могли б видалити" in maria.heard()[-1]


def test_the_same_update_brought_twice_is_answered_once(maria, bureau, telegram):  # noqa: F811
    maria.writes("/start")
    before = list(telegram.updates)
    bureau()
    said = list(maria.heard())

    telegram.updates[:0] = before
    bureau()

    assert maria.heard() == said
    assert Item.objects.count() == 1


def test_what_a_crash_left_half_done_is_done_once(maria, bureau, bot, monkeypatch):  # noqa: F811
    maria.writes("/start")
    Poller(bot, take=actions.take, clock=clock, wait=0).once()
    monkeypatch.setattr("kinline.intake.actions.read.converse", _dies)
    with pytest.raises(RuntimeError):
        reading.read_due(clock=clock)
    monkeypatch.undo()
    assert (Heard.objects.count(), Outgoing.objects.filter(status="new").count()) == (0, 0)

    Item.objects.update(leased_until=None)
    bureau()

    assert Heard.objects.count() == 1
    assert len(maria.heard()) > 0


def _dies(*_args, **_named):
    raise RuntimeError("the power failed")


def test_whoever_blocked_us_is_left_to_a_person(maria, bureau):  # noqa: F811
    maria.writes("/start")
    maria.blocks()
    bureau()

    assert Outgoing.objects.filter(status="dead", failure="blocked").exists()
    assert Conversation.objects.get().person == "blocked"


def test_what_is_said_in_a_group_is_answered_politely_and_kept_as_nobodys_word(maria, bureau, telegram):  # noqa: F811
    for words in ("Хто знає бюро?", "Де мій син Андрій?"):
        maria.writes_among(-100200, words)
        bureau()

    [answer] = [said for said in telegram.chats[-100200].messages.values() if said["from"]["is_bot"]]
    assert "Бюро розмовляє лише наодинці" in answer["text"]
    assert {heard.text for heard in Heard.objects.all()} == {""}
    assert (Conversation.objects.count(), Item.objects.count()) == (0, 2)


def test_what_she_changes_afterwards_lies_beside_the_first(maria, bureau):  # noqa: F811
    asks(maria, bureau)
    number = maria.writes("Востаннє він телефонував у березні")
    bureau()

    maria.edits(number, "Востаннє він телефонував у квітні")
    bureau()

    assert [each.words[-8:].strip() for each in Addition.objects.order_by("pk")] == ["березні", "у квітні"]
    assert Heard.objects.filter(text__startswith="Востаннє").count() == 2
