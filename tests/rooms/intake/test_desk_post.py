"""Post that no machine could read, messages that no channel took, and channels that are slow, as the desk sees them."""

from datetime import timedelta

import pytest

from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.intake import waiting
from kinline.intake.models import Item
from kinline.ledger import queries as ledger
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, acting, signed_in
from tests.reading import words
from tests.rooms.intake.conftest import Delivery
from tests.rooms.intake.desk import CODE, dead, hears, unreadable

pytestmark = pytest.mark.django_db
POST, UNSENT = "/conversations/post/", "/conversations/unsent/"
LATER = NOON + timedelta(minutes=6)


@pytest.fixture
def at_olha(db):
    """The browser of an enquiry operator."""
    return signed_in(people.OLHA)


def kinds(subject: str) -> list[str]:
    return [entry.kind for entry in ledger.of(subject)]


# --- Post ---


def test_what_no_machine_could_read_is_listed_with_its_trouble_in_words(at_olha):
    item = unreadable()

    shown = words(at_olha.get(POST).content)

    assert f"No. {item.pk} Telegram" in shown
    assert "It has no form that we know." in shown
    assert waiting.post_queue().count == 1


def test_what_came_again_with_other_words_names_the_first(at_olha):
    first = Delivery(external_id="same", raw=b"one").taken().number
    Delivery(external_id="same", raw=b"two").taken()

    shown = words(at_olha.get(POST).content)

    assert f"It came again under the same number with other words. Both are kept. The first one: No. {first}" in shown


def test_the_bytes_are_downloaded_never_shown_and_that_is_written_down(at_olha):
    item = unreadable()

    answer = at_olha.get(f"{POST}{item.pk}/bytes/")

    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="post-{item.pk}.bin"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert kinds(f"intake_item:{item.pk}")[-1] == "viewed"


def test_it_is_read_again_when_an_officer_says_so(at_olha):
    item = unreadable()

    at_olha.post(f"{POST}{item.pk}/release/")

    item.refresh_from_db()
    assert (item.state, item.attempts) == ("waiting", 0)


def test_what_a_person_has_read_is_off_the_list_and_promises_no_receipt(at_olha):
    item = unreadable()

    at_olha.post(f"{POST}{item.pk}/by-hand/")

    item.refresh_from_db()
    assert item.state == "read"
    assert (Outgoing.objects.get(item=item.pk).status, waiting.post_queue().count) == ("withdrawn", 0)


def test_pressed_twice_it_says_that_it_has_changed(at_olha):
    item = unreadable()
    at_olha.post(f"{POST}{item.pk}/by-hand/")

    page = at_olha.post(f"{POST}{item.pk}/release/")

    assert page.status_code == 409
    assert "This has changed since you opened it" in words(page.content)


@pytest.mark.parametrize("officer", [people.SOFIIA, people.TARAS, people.NADIIA], ids=lambda each: each.sign_in)
def test_nobody_else_opens_or_releases_post(db, officer):
    item, browser = unreadable(), signed_in(officer)

    answers = [
        browser.get(POST),
        browser.get(f"{POST}{item.pk}/bytes/"),
        browser.post(f"{POST}{item.pk}/release/"),
        browser.post(f"{POST}{item.pk}/by-hand/"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert "viewed" not in kinds(f"intake_item:{item.pk}")


# --- Messages that no channel took ---


def test_what_could_not_be_sent_is_listed_with_its_reason_and_without_its_address(at_olha):
    message = dead(address="770011")

    shown = words(at_olha.get(UNSENT).content)

    assert f"No. {message.pk} Telegram" in shown
    assert "They have blocked us on this channel. Look for another way." in shown
    assert "770011" not in shown


def test_opening_one_is_written_down_and_shows_no_case_code(at_olha):
    message = dead(f"Ваш код справи: {CODE}")

    shown = words(at_olha.get(f"{UNSENT}{message.pk}/").content)

    assert "Ваш код справи: •••• •••• •••• ••••" in shown
    assert kinds(f"outgoing:{message.pk}")[-1] == "viewed"


def test_it_is_tried_again(at_olha):
    message = dead(failure="token")

    at_olha.post(f"{UNSENT}{message.pk}/retry/")

    message.refresh_from_db()
    assert (message.status, message.attempts) == ("new", 0)


def test_another_way_that_was_found_lays_it_aside_and_is_in_the_ledger(at_olha):
    message = dead()

    at_olha.post(f"{UNSENT}{message.pk}/close/", {"way": "telephone"})

    message.refresh_from_db()
    entry = ledger.of(f"outgoing:{message.pk}").last()
    assert (message.status, waiting.unsent_queue().count) == ("withdrawn", 0)
    assert (entry.kind, entry.actor, entry.facts["way"]) == (
        "outgoing.close", acting(people.OLHA).reference, "telephone"
    )  # fmt: skip


def test_only_a_dead_message_is_closed_and_only_by_who_may(db):
    message = dead()

    with pytest.raises(Refused, match="permission"):
        outbox.close(message, way="telephone", actor=acting(people.SOFIIA), at=NOON)
    first = outbox.close(message, way="telephone", actor=acting(people.MARKO), at=NOON)
    second = outbox.close(message, way="telephone", actor=acting(people.MARKO), at=NOON)

    assert (first, second) == (True, False)


def test_a_way_that_is_none_is_asked_again(at_olha):
    message = dead()

    page = at_olha.post(f"{UNSENT}{message.pk}/close/", {"way": "pigeon"})

    message.refresh_from_db()
    assert (page.status_code, message.status) == (422, "dead")


# --- Slow channels ---


def test_a_channel_is_slow_when_its_oldest_post_waits_for_more_than_five_minutes(db):
    Outgoing.objects.update(status="sent")
    Delivery(external_id="waits", channel="email", account="box").taken(at=NOON)

    at_five, after = waiting.slow(at=NOON + timedelta(minutes=5)), waiting.slow(at=LATER)

    assert at_five == []
    assert after == [waiting.Slow(channel="email", unread=1, oldest=NOON)]


def test_a_channel_is_slow_when_what_we_say_waits_and_not_when_it_is_written_for_later(db):
    Outgoing.objects.update(status="sent")
    to = outbox.Place(channel="telegram", account="bot", address="1")
    words_of_ours = outbox.Words(text="Так", language="uk")
    outbox.write(words_of_ours, to=to, at=NOON, due_at=NOON + timedelta(days=1))
    planned = waiting.slow(at=LATER)
    outbox.write(words_of_ours, to=to, at=NOON)

    assert planned == []
    assert waiting.slow(at=LATER) == [waiting.Slow(channel="telegram", unsent=1, oldest=NOON)]


def test_the_desk_reads_that_a_channel_is_slow(at_olha):
    Delivery(external_id="waits", channel="email", account="box").taken(at=NOON - timedelta(days=1))
    hears()

    for address in ("/", "/conversations/"):
        assert "E-mail is slow at the moment. To be read: 1." in words(at_olha.get(address).content)
    assert Item.objects.filter(channel="email", state="waiting").exists()
