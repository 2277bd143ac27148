"""The end of a conversation and what comes after it: the code, additions, wishes, going on with a code."""

from dataclasses import replace

import pytest
from django.utils import translation

from kinline.enquiries import fate, sms
from kinline.enquiries.messages.families import STATES
from kinline.intake.conversation import (
    Adding,
    Deleting,
    Joining,
    Said,
    Telling,
    Waiting,
    Why,
    added,
    closing,
    joined,
    standing,
    step,
)
from kinrules.terms import PublicState
from tests import people
from tests.rooms.intake.family import CODE, DANGER, ON, PROMISE, SMS, TELEGRAM, Family, asked, sealed


def test_the_code_and_the_word_are_said_once_with_the_promise():
    state, [say] = closing(asked().writes("так").state, code=CODE, safe_word="липа", promise_on=PROMISE)

    assert say.text.count("4821 0937 5612 3474") == 1
    assert say.text.count("липа") == 1
    assert "27 листопада" in say.text
    assert CODE not in str(state.written())
    assert "липа" not in str(state.written())


def test_a_button_pressed_twice_adds_nothing():
    family = asked().presses("check:send")
    state, _says = closing(family.state, code=CODE, safe_word="липа", promise_on=PROMISE)
    family.turn = family.turn._replace(state=state)

    family.presses("check:send")

    assert type(family.outcome) is Waiting
    assert "вже відповіли" in family.hears


def open_case() -> Family:
    family = asked().writes("так")
    state, _says = closing(family.state, code=CODE, safe_word="липа", promise_on=PROMISE)
    family.turn = family.turn._replace(state=state)
    return family


def test_free_words_after_the_end_are_added_to_the_case():
    family = open_case().writes("Востаннє писав у березні")

    assert family.outcome == Adding(parts=("Востаннє писав у березні",))
    [say] = added(family.state, read_by=PROMISE)
    assert say.text == "Ми додали це до вашої справи. Людина прочитає це до 27 листопада."


def test_danger_after_the_end_is_added_and_brings_a_person():
    family = open_case().writes(DANGER)

    assert family.outcome == Adding(parts=(DANGER,), person=Why.DANGER, minutes=10)


def test_a_detail_is_added_under_its_kind():
    family = open_case().presses("open:more", "more:unit").writes(people.ANDRIY.unit)

    assert family.outcome == Adding(kind="unit", parts=(people.ANDRIY.unit,))


@pytest.mark.parametrize(("text", "kind"), [("стоп", "stop"), ("людина", "call_me")])
def test_a_wish_after_the_end_reaches_the_case(text, kind):
    family = open_case().writes(text)

    assert isinstance(family.outcome, Adding)
    assert family.outcome.kind == kind


def test_a_long_story_is_added_whole():
    story = "слово " * 2_000
    family = open_case().writes(story)

    assert isinstance(family.outcome, Adding)
    assert " ".join(family.outcome.parts).split() == story.split()


@pytest.mark.parametrize("public", list(PublicState))
def test_how_the_enquiry_stands_is_told_in_six_neutral_states(public):
    family = open_case().writes("чи є новини?")
    assert isinstance(family.outcome, Telling)

    says = standing(family.state, public=public, promise_on=PROMISE)

    with translation.override("uk"):
        assert says[0].text.startswith(f"{STATES[public]}.")
    assert ("27 листопада" in says[-1].text) is (public is not PublicState.FINISHED)
    assert not any(fate.may_be_told_by(say.text) for say in says)


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
@pytest.mark.parametrize("public", list(PublicState))
def test_how_it_stands_fits_one_sms_each(public, language):
    state = replace(Family(SMS).state, language=language, step="open")

    says = standing(state, public=public, promise_on=PROMISE)

    assert [sms.parts(say.text) for say in says] == [1] * len(says)


def test_papers_are_deleted_from_the_chat_on_wish():
    assert isinstance(open_case().presses("open:papers").outcome, Deleting)
    assert isinstance(open_case().writes("2").outcome, Deleting)
    assert isinstance(open_case().writes("Видалити мої документи із цього чату").outcome, Deleting)


def test_what_a_channel_cannot_delete_it_does_not_offer_to():
    family = open_case()
    unable = replace(family.state, abilities=replace(TELEGRAM, deletes=False))

    _state, says = closing(unable, code="1234123412341234", safe_word="липа", promise_on=PROMISE)

    assert [key for say in says for key, _words in say.choices] == ["open:more"]
    assert not isinstance(step(unable, Said(text="Видалити мої документи із цього чату"), on=ON).outcome, Deleting)


@pytest.mark.parametrize("text", ["дякую", "Спасибо!", "/start", "help"])
def test_thanks_give_nobody_work(text):
    assert type(open_case().writes(text).outcome) is Waiting


def test_another_person_is_sought_in_a_new_enquiry():
    family = open_case().writes("новий запит")

    assert family.state.step == "language"
    assert family.state.answers == {}


@pytest.mark.parametrize("text", [CODE, "4821 0937 5612 3474", "4821-0937-5612-3474"])
def test_a_code_and_one_check_are_handed_on_hashed(text):
    family = Family().writes("1", text)
    assert "слово безпеки" in family.hears
    assert CODE not in str(family.state.written())

    family.writes("липа")

    assert family.outcome == Joining(code_hash=sealed(CODE), check="липа")


def test_a_code_with_a_wrong_digit_is_told_what_is_the_matter():
    family = Family().writes("1", "код", "4821 0937 5612 3475")

    assert "Якась цифра коду хибна" in family.hears
    assert family.state.notes == ()


def test_an_opened_case_gets_what_was_said_before():
    family = Family().writes("1", people.ANDRIY.name, "навесні", CODE, "липа")

    opened = joined(family.state, is_open=True, on=ON)

    assert opened.outcome == Adding(parts=(f"{people.ANDRIY.name}\nнавесні",))
    assert opened.state.step == "open"
    assert opened.state.answers == {}


def test_a_wrong_check_loses_nothing_and_asks_again():
    family = Family().writes("1", people.ANDRIY.name, CODE, "верба")

    missed = joined(family.state, is_open=False, on=ON)

    assert "не пасують" in missed.says[0].text
    assert missed.state.step == "code"
    assert missed.state.answers["name"] == people.ANDRIY.name


def test_too_many_tries_wait_and_an_officer_hears_of_it():
    family = Family().writes("1", people.ANDRIY.name, CODE, "верба")

    waiting = joined(family.state, is_open=False, must_wait=True, on=ON)

    assert "15 хвилин" in waiting.says[0].text
    assert waiting.outcome.person is Why.TRIES
    assert waiting.state.step == "born"
