"""What a conversation asks for is done: an enquiry, additions, the case on another way, in one thread."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kinline.enquiries.models import Addition, Enquiry
from kinline.intake.carrying import Carried, carry_out
from kinline.intake.conversation import Abilities, Said, State, Turn, Why, begin, step
from kinline.intake.scripts import ENQUIRY
from kinline.staff.queries import FAMILY
from kinrules.terms import Channel
from tests import people
from tests.rooms.intake.family import DANGER, EMAIL, ON, SMS, TELEGRAM

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class Talk:
    """One conversation as it is kept: row, enquiry, and what was said."""

    def __init__(self, abilities: Abilities = TELEGRAM, first: str = "/start") -> None:
        self.number = 0
        self.abilities = abilities
        turn = begin(ENQUIRY, abilities, language="uk", on=ON, first=Said(text=first))
        self.carried: Carried = self._carry(turn, None)

    def writes(self, *texts: str) -> "Talk":
        """Write one message after the other."""
        for text in texts:
            kept = State.read(self.carried.state.written())
            self.carried = self._carry(step(kept, Said(text=text), on=ON), self.carried.enquiry)
        return self

    @property
    def hears(self) -> str:
        return "\n".join(say.text for say in self.carried.says)

    def _carry(self, turn: Turn, enquiry: Enquiry | None) -> Carried:
        self.number += 1
        ticket = f"{self.abilities.channel}:{id(self)}:{self.number}"
        return carry_out(turn, enquiry=enquiry, actor=FAMILY, at=NOON, ticket=ticket)


def asked() -> Talk:
    """A family that asked by Telegram."""
    return Talk().writes("1", people.ANDRIY.name, "навесні", "2001", "син", "+380501234567", "так")


def code_of(talk: Talk) -> str:
    return next(line for line in talk.hears.splitlines() if line.startswith("Ваш код справи")).partition(": ")[2]


def test_at_the_end_stands_an_enquiry_with_everything_that_was_said():
    talk = asked()

    enquiry = Enquiry.objects.get()
    assert talk.carried.enquiry == enquiry
    assert enquiry.safe_word in talk.hears
    assert [addition.words for addition in Addition.objects.all()] == ["навесні"]


def test_what_is_written_later_is_added_with_its_channel():
    talk = asked().writes("Востаннє писав у березні")

    assert "Ми додали це до вашої справи" in talk.hears
    assert Addition.objects.filter(words="Востаннє писав у березні", channel=Channel.TELEGRAM.value).exists()


def test_danger_after_the_end_raises_the_enquiry():
    talk = asked().writes(DANGER)

    assert talk.carried.person is Why.DANGER
    assert Enquiry.objects.get().danger_at == NOON


def test_the_same_person_goes_on_by_another_way_in_one_case():
    begun = asked()
    code, word = code_of(begun), Enquiry.objects.get().safe_word

    by_sms = Talk(SMS, first=code).writes(word, "Згадала номер частини")

    assert by_sms.carried.enquiry == begun.carried.enquiry
    assert Addition.objects.filter(words="Згадала номер частини", channel=Channel.SMS.value).exists()
    assert Enquiry.objects.count() == 1


def test_an_opened_case_says_how_it_stands():
    begun = asked()

    elsewhere = Talk(replace(TELEGRAM, address="8800"), first=code_of(begun)).writes("2001")

    assert "Ви у своїй справі" in elsewhere.hears
    assert "Отримано" in elsewhere.hears


def test_a_wrong_check_opens_nothing():
    begun = asked()

    elsewhere = Talk(replace(TELEGRAM, address="8800"), first=code_of(begun)).writes("1950", "Щось")

    assert elsewhere.carried.enquiry is None
    assert not Addition.objects.filter(words="Щось").exists()


def test_a_letter_gets_its_code_at_once_and_keeps_it():
    talk = Talk(EMAIL, first="Допоможіть знайти сина.")
    code = code_of(talk)
    talk.writes(f"1. {people.ANDRIY.name}\n2. 2001\n3. син")

    by_sms = Talk(SMS, first=code).writes("2001")

    assert code not in talk.hears
    assert by_sms.carried.enquiry == talk.carried.enquiry == Enquiry.objects.get()
    assert Addition.objects.filter(words="Допоможіть знайти сина.").exists()


def test_the_same_message_carried_out_twice_makes_nothing_new():
    talk = asked()
    turn = step(talk.carried.state, Said(text="Щось нове"), on=ON)

    for _delivery in range(2):
        carry_out(turn, enquiry=talk.carried.enquiry, actor=FAMILY, at=NOON, ticket="one message")

    assert Addition.objects.filter(words="Щось нове").count() == 1


def test_words_for_a_case_that_is_not_known_bring_a_person():
    turn = step(asked().carried.state, Said(text="Щось нове"), on=ON)

    carried = carry_out(turn, enquiry=None, actor=FAMILY, at=NOON, ticket="one message")

    assert carried.person is Why.NOT_UNDERSTOOD
    assert "прочитає людина" in carried.says[0].text
