"""Who falls silent in the middle is reminded once; the draft is kept for a month, and then forgotten."""

from datetime import timedelta

import pytest

from kinline.correspondence.models import Outgoing
from kinline.intake.actions import silence
from kinline.intake.models import Conversation, Heard
from kinline.ledger.models import Entry
from tests.bureau import NOON
from tests.rooms.intake.conftest import ADDRESS
from tests.rooms.intake.desk import hears

pytestmark = pytest.mark.django_db(transaction=True)
DAY = NOON + timedelta(hours=24)


def reminders() -> list[str]:
    found = Outgoing.objects.filter(once__startswith="reminder:", address=ADDRESS).order_by("pk")
    return [message.text for message in found]


def begun() -> Conversation:
    hears("/start")
    return hears("1")


def test_a_day_of_silence_in_the_middle_yields_one_reminder_with_the_question():
    begun()

    early = silence.remind(at=DAY - timedelta(minutes=1))
    on_time = silence.remind(at=DAY)
    again = silence.remind(at=DAY + timedelta(hours=30))

    assert (early, on_time, again) == (0, 1, 0)
    [reminder, question] = reminders()
    assert "Ви зупинилися посередині" in reminder
    assert "Кого ви шукаєте" in question


def test_whoever_goes_on_and_falls_silent_again_is_reminded_again():
    begun()
    silence.remind(at=DAY)
    hears("Петренко Петро", minutes_ago=-30 * 60)

    assert silence.remind(at=DAY + timedelta(hours=31)) == 1


@pytest.mark.parametrize("words", [("людина",), ("стоп",), ("Петренко Петро", "2001", "син", "+380501234567", "так")])
def test_nobody_is_reminded_who_waits_for_us_or_asked_to_stop_or_is_done(words):
    begun()
    for each in words:
        hears(each)

    assert silence.remind(at=DAY) == 0


def test_nobody_is_reminded_for_whom_nobody_vouches():
    hears("Шукаю сина", authenticated=False)
    Conversation.objects.update(person="")

    assert silence.remind(at=DAY) == 0


def test_a_draft_is_kept_for_thirty_days_from_the_reminder_and_then_forgotten():
    held = begun()
    silence.remind(at=DAY)

    kept = silence.forget_old(at=NOON + timedelta(days=30))
    forgotten = silence.forget_old(at=DAY + timedelta(days=30))

    assert (kept, forgotten) == (0, 1)
    assert not Conversation.objects.filter(pk=held.pk).exists()
    assert Heard.objects.filter(address=ADDRESS).count() == 2
    assert Entry.objects.filter(kind="conversation.forget", subject=f"conversation:{held.pk}").exists()


def test_what_a_person_is_to_look_at_is_not_forgotten():
    begun()
    hears("людина")

    assert silence.forget_old(at=NOON + timedelta(days=90)) == 0


def test_a_case_stays_open_when_a_second_enquiry_is_forgotten():
    begun()
    for words in ("Петренко Петро", "2001", "син", "+380501234567", "так", "новий"):
        hears(words)

    assert silence.forget_old(at=NOON + timedelta(days=31)) == 1

    held = Conversation.objects.get(address=ADDRESS)
    assert (held.standing["step"], held.enquiry is not None) == ("open", True)
