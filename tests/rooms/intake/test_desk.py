"""Whoever was promised a person within minutes is seen at the desk, read whole, and answered by somebody."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kinline.correspondence.models import Outgoing
from kinline.enquiries.models import Addition
from kinline.intake import threads, waiting
from kinline.intake.actions import person
from kinline.intake.models import Conversation
from kinline.ledger import queries as ledger
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, acting, signed_in
from tests.reading import words
from tests.rooms.enquiries.desk.conftest import asked
from tests.rooms.intake.desk import CODE, VOICE, heard_last, hears

pytestmark = pytest.mark.django_db
LISTS = ("/conversations/", "/conversations/post/", "/conversations/unsent/")
ANSWER = "Ми телефонуємо вам сьогодні."


@pytest.fixture
def at_olha(db):
    """The browser of an enquiry operator."""
    return signed_in(people.OLHA)


def kinds(subject: str) -> list[str]:
    return [entry.kind for entry in ledger.of(subject)]


def form(text: str = ANSWER, **more: str) -> dict[str, str]:
    return {"once": str(uuid4()), "words": text} | more


# --- Who is seen, and by whom ---


def test_words_of_danger_are_first_and_what_is_overdue_before_what_is_due(at_olha):
    later = hears(address="1", minutes_ago=3)
    overdue = hears(address="2", minutes_ago=30)
    hears("/start", address="3", minutes_ago=90)
    asking = hears("людина", address="3", minutes_ago=80)

    page = at_olha.get("/conversations/")

    assert [row["row"] for row in page.context["rows"]] == [overdue, later, asking]
    assert waiting.people_queue(at=NOON) == waiting.Queue(count=3, oldest=NOON - timedelta(minutes=80), late=1)
    assert "Words of danger. Look at this first." in words(page.content)
    assert "Overdue by" in words(page.content)


def test_a_quiet_conversation_is_not_on_the_list(at_olha):
    hears("/start")

    assert "Nobody waits for a person." in words(at_olha.get("/conversations/").content)


@pytest.mark.parametrize(
    ("officer", "statuses"),
    [
        (people.OLHA, [200, 200, 200]),
        (people.MARKO, [200, 200, 200]),
        (people.SOFIIA, [200, 403, 403]),
        (people.IRYNA, [403, 403, 403]),
        (people.DARYNA, [403, 403, 403]),
        (people.TARAS, [403, 403, 403]),
        (people.NADIIA, [403, 403, 403]),
        (people.ROMAN, [403, 403, 403]),
    ],
    ids=lambda each: getattr(each, "sign_in", ""),
)
def test_only_who_answers_families_sees_what_they_say(db, officer, statuses):
    browser = signed_in(officer)

    assert [browser.get(address).status_code for address in LISTS] == statuses


def test_an_officer_without_permission_neither_reads_nor_answers(db):
    held = hears()
    browser = signed_in(people.TARAS)
    address = f"/conversations/{held.pk}/"

    assert browser.get(address).status_code == 403
    assert browser.post(f"{address}seen-to/", {"seen": heard_last()}).status_code == 403
    assert browser.post(f"{address}reply/", form(checked="on", send="1")).status_code == 403
    assert "viewed" not in kinds(f"conversation:{held.pk}")
    with pytest.raises(Refused, match="permission"):
        person.see_to(held, seen=heard_last(), actor=acting(people.TARAS), at=NOON)


# --- The thread ---


def test_reading_a_conversation_is_written_down_before_it_is_shown(at_olha):
    held = hears()

    at_olha.get(f"/conversations/{held.pk}/")

    entry = ledger.of(f"conversation:{held.pk}").last()
    assert (entry.kind, entry.actor) == ("viewed", acting(people.OLHA).reference)
    assert entry.facts == {"purpose": "conversation.view"}


def test_the_thread_holds_what_was_heard_and_what_was_sent_in_order_and_nothing_of_others(at_olha):
    held = hears("/start", minutes_ago=60)
    hears("Слова чужої родини", address="other")
    hears("Вони вимагають гроші", minutes_ago=2, attachments=(VOICE,))

    shown = words(at_olha.get(f"/conversations/{held.pk}/").content)
    thread = threads.of(held)

    assert "Слова чужої родини" not in shown
    assert shown.index("/start") < shown.index("We wrote") < shown.index("Вони вимагають гроші")
    assert "Voice голос.ogg (47\xa0bytes)".replace("\xa0", " ") in shown
    assert [piece.at for piece in thread] == sorted(piece.at for piece in thread)


def test_a_sender_whom_the_channel_does_not_vouch_for_is_marked(at_olha):
    held = hears()
    hears("Я справді мати", authenticated=False)

    assert "Sender not proven" in words(at_olha.get(f"/conversations/{held.pk}/").content)


def test_a_long_thread_is_read_in_light_pages_and_nothing_is_left_out(at_olha):
    held = hears()
    hears("дуже довго " * 3_000)

    pages = threads.pages(threads.of(held))
    read = [at_olha.get(f"/conversations/{held.pk}/", {"page": n + 1}) for n in range(len(pages))]

    assert len(pages) > 1
    assert sum(piece.words.count("довго") for page in pages for piece in page) == 3_000
    assert sum(words(page.content).count("довго") for page in read) == 3_000


def test_naughty_words_come_back_escaped(at_olha):
    held = hears("<script>alert(1)</script> \u202e погрожують")

    page = at_olha.get(f"/conversations/{held.pk}/").content.decode()

    assert "<script>alert" not in page
    assert "\u202e" not in page


# --- What a person does ---


def test_whoever_answered_or_called_takes_it_off_the_list_and_is_named_in_the_ledger(at_olha):
    held = hears(minutes_ago=30)

    answer = at_olha.post(f"/conversations/{held.pk}/seen-to/", {"seen": heard_last()})

    held.refresh_from_db()
    entry = ledger.of(f"conversation:{held.pk}").last()
    assert answer["Location"] == "/conversations/"
    assert (held.person, held.person_due_at) == ("", None)
    assert (entry.kind, entry.actor) == ("conversation.see_to", acting(people.OLHA).reference)
    assert (entry.facts["why"], entry.facts["late"]) == ("danger", True)
    assert held.address not in str(entry.facts)


def test_what_was_said_since_the_page_was_opened_keeps_it_on_the_list(at_olha):
    held = hears()
    seen = heard_last()
    hears("Вони вже тут, погрожують")

    page = at_olha.post(f"/conversations/{held.pk}/seen-to/", {"seen": seen})

    held.refresh_from_db()
    assert page.status_code == 409
    assert "They have written again since you opened this page." in words(page.content)
    assert "Вони вже тут" in words(page.content)
    assert held.person == "danger"


def test_an_answer_is_shown_first_and_then_sent_once_on_the_same_channel(at_olha):
    held = hears()
    address, sent = f"/conversations/{held.pk}/reply/", form()

    seen = at_olha.post(address, sent)
    for _tap in range(2):
        at_olha.post(address, sent | {"send": "1", "checked": "on"})

    message = Outgoing.objects.get(text=ANSWER)
    shown = words(seen.content)
    assert "nobody is told what became of anybody, and no place" in shown
    assert ANSWER in shown
    assert (message.kind, message.channel, message.address, message.status) == (
        "message", "telegram", held.address, "new"
    )  # fmt: skip
    assert kinds(f"conversation:{held.pk}").count("conversation.reply") == 1


def test_an_answer_that_was_not_read_again_is_not_sent(at_olha):
    held = hears()

    page = at_olha.post(f"/conversations/{held.pk}/reply/", form(send="1"))

    assert page.status_code == 422
    assert ANSWER in words(page.content)
    assert not Outgoing.objects.filter(text=ANSWER).exists()


def test_an_answer_that_may_tell_a_fate_is_refused_and_kept_in_the_form(at_olha):
    held = hears()

    page = at_olha.post(f"/conversations/{held.pk}/reply/", form("Ваш син у полоні", send="1", checked="on"))

    assert page.status_code == 422
    assert "Your own words may tell what became of the person." in words(page.content)
    assert "Ваш син у полоні" in page.content.decode()
    assert not Outgoing.objects.filter(text="Ваш син у полоні").exists()


@pytest.mark.parametrize(
    ("channel", "text", "code"),
    [
        ("telephone", "Так", "conversation.not-in-writing"),
        ("sms", "Дивіться https://example.org", "conversation.link"),
        ("sms", "я" * 71, "conversation.too-long"),
        ("email", " ", "conversation.no-words"),
    ],
)
def test_a_channel_carries_only_what_it_may(db, channel, text, code):
    held = Conversation(channel=channel)

    with pytest.raises(Refused) as refused:
        person.require_permitted(held, text)

    assert refused.value.code == code


def test_a_conversation_is_joined_to_an_enquiry_after_its_family_was_seen(at_olha):
    held, enquiry = hears(f"{people.ANDRIY.name}, погрожують, код {CODE}"), asked()
    stranger = asked(people.ILYA, by=people.LARISA)
    address, sent = f"/conversations/{held.pk}/join/", {"reference": enquiry.short, "reason": "Її голос і слово."}

    seen = at_olha.post(address, sent)
    at_olha.post(address, sent | {"sure": str(stranger.pk)})
    before = Conversation.objects.get(pk=held.pk).enquiry
    at_olha.post(address, sent | {"sure": str(enquiry.pk)})

    held.refresh_from_db()
    said = Addition.objects.get(enquiry=enquiry)
    assert people.ANDRIY.name in words(seen.content)
    assert "viewed" in kinds(f"enquiry:{enquiry.pk}")
    assert (before, held.enquiry) == (None, enquiry)
    assert "погрожують" in said.words
    assert CODE not in said.words
    assert kinds(f"conversation:{held.pk}")[-1] == "conversation.join"
    assert not Addition.objects.filter(enquiry=stranger).exists()


def test_what_is_said_after_joining_is_added_and_nothing_is_asked_any_more(db):
    held, enquiry = hears(), asked()
    person.join(held, enquiry=enquiry, reason="Впізнали.", actor=acting(people.OLHA), at=NOON)

    hears("Ще він носить окуляри")

    assert Addition.objects.filter(enquiry=enquiry, words="Ще він носить окуляри").exists()


def test_no_enquiry_is_found_by_a_wrong_reference_and_none_is_changed_for_another(at_olha):
    held = hears()
    wrong = at_olha.post(f"/conversations/{held.pk}/join/", {"reference": "00000000", "reason": "Слово."})
    person.join(held, enquiry=asked(), reason="Слово.", actor=acting(people.OLHA), at=NOON)

    with pytest.raises(Refused, match="belongs to an enquiry already"):
        person.join(held, enquiry=asked(people.ILYA), reason="Слово.", actor=acting(people.OLHA), at=NOON)

    assert wrong.status_code == 422
    assert "There is no enquiry with this reference." in words(wrong.content)
