"""Letters: one mail answers all questions, and what cannot be read goes to a person as it is."""

from dataclasses import replace

import pytest

from kinline.intake.conversation import (
    Adding,
    Finished,
    Joining,
    Opening,
    Said,
    Why,
    closing,
    joined,
    opened,
)
from kinrules.terms import Channel, Relation
from tests import people
from tests.rooms.intake.family import CODE, EMAIL, ON, PROMISE, Family, sealed

PLEA = "Добрий день. Допоможіть знайти сина."
ANSWERS = f"1. {people.ANDRIY.name}\n2. 14.03.2001\n3. син\n4. +380 50 123 45 67"


def asked() -> Family:
    """A family that wrote a first letter and got its code and the questions."""
    family = Family(EMAIL, first=PLEA)
    state, _says = opened(family.state, code=CODE, code_hash=sealed(CODE), promise_on=PROMISE)
    family.turn = family.turn._replace(state=state)
    return family


def test_a_first_letter_gets_a_code_and_the_numbered_questions():
    family = Family(EMAIL, first=PLEA)
    assert isinstance(family.outcome, Opening)

    _state, [say] = opened(family.state, code=CODE, code_hash=sealed(CODE), promise_on=PROMISE)

    assert say.subject == "[4821 0937 5612 3474] Ваш лист у нас"
    assert "27 листопада" in say.text
    assert [line[:2] for line in say.text.splitlines()[-4:]] == ["1.", "2.", "3.", "4."]


def test_one_letter_may_answer_everything():
    family = asked().writes(ANSWERS)

    assert isinstance(family.outcome, Finished)
    intake = family.outcome.intake
    assert (intake.name, intake.born, intake.relation) == (people.ANDRIY.name, "2001-03-14", Relation.CHILD)
    assert [way.channel for way in intake.ways] == [Channel.EMAIL, Channel.TELEPHONE]
    assert family.outcome.code_hash == sealed(CODE)
    assert family.outcome.notes == (PLEA, ANSWERS)
    assert family.outcome.person is None


def test_a_first_letter_that_answers_the_questions_needs_no_second():
    family = Family(EMAIL, first=ANSWERS)

    assert isinstance(family.outcome, Finished)


def test_answers_between_quoted_lines_are_read():
    whole = f"> 1. Прізвище, ім’я, по батькові:\n{people.ANDRIY.name}\n> 2. Дата народження:\n2001"
    family = asked().sends(Said(text=f"{people.ANDRIY.name}\n2001", whole=whole))

    assert isinstance(family.outcome, Finished)
    assert family.outcome.intake.born == "2001"


def test_an_answer_that_cannot_be_read_goes_to_a_person_and_stops_nothing():
    family = asked().writes(f"1. {people.ANDRIY.name}\n2. навесні, як цвіли яблуні")

    assert isinstance(family.outcome, Finished)
    assert family.outcome.person is Why.NOT_UNDERSTOOD
    assert "яблуні" in family.outcome.notes[-1]


def test_a_letter_without_answers_is_read_by_a_person():
    family = asked().writes("Його звати Андрій, він служив у Полтаві.")

    assert family.outcome.person is Why.NOT_UNDERSTOOD
    assert "Людина прочитає ваш лист таким, як він є" in family.hears
    assert family.state.notes[-1] == "Його звати Андрій, він служив у Полтаві."


def test_a_code_given_before_is_not_said_again():
    family = asked().writes(ANSWERS)

    _state, [say] = closing(family.state, code="", safe_word="липа", promise_on=PROMISE)

    assert "липа" in say.text
    assert "у темі" in say.text


def test_a_letter_after_the_end_is_added_to_the_case():
    family = asked().writes(ANSWERS)
    state, _says = closing(family.state, code="", safe_word="липа", promise_on=PROMISE)
    family.turn = family.turn._replace(state=state)

    family.writes("Згадала: у нього шрам на лівій руці.")

    assert family.outcome == Adding(parts=("Згадала: у нього шрам на лівій руці.",))


def test_a_code_in_the_subject_from_another_address_needs_the_check():
    subject = "Re: [4821 0937 5612 3474] Ваш лист у нас"
    elsewhere = Family(replace(EMAIL, address="another@example.org"), first="").sends(
        Said(text="Пишу з іншої пошти.", subject=subject)
    )
    assert "рік народження" in elsewhere.hears

    elsewhere.writes("2001\n\nМарія")

    assert elsewhere.outcome == Joining(code_hash=sealed(CODE), check="2001")
    joining = joined(elsewhere.state, is_open=True, on=ON)
    assert joining.outcome == Adding(parts=("Пишу з іншої пошти.",))


@pytest.mark.parametrize("subject", ["1011 5372 9087 5321", "мій код 1011-5372-9087-5321", "Fwd: [1011537290875321]"])
def test_a_code_in_the_subject_is_found_however_it_is_written_and_whenever_it_comes(subject):
    letter = Said(text="Пишу з іншої пошти.", subject=subject)

    first, later = Family(EMAIL, first="").sends(letter), asked().sends(letter)

    assert "рік народження" in first.hears
    assert "рік народження" in later.hears


def test_the_code_that_our_own_letter_holds_leads_nowhere_else():
    family = asked().sends(Said(text=ANSWERS, subject=f"Re: [{CODE}] Ваш лист у нас"))

    assert isinstance(family.outcome, Finished)


def test_a_letter_is_answered_in_its_own_language():
    family = Family(EMAIL, language="", first="Здравствуйте, помогите найти мужа, его зовут Илья. Это всё.")

    assert family.state.language == "ru"
