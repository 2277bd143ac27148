"""The conversation: its steps, its words, and what may be said at any moment."""

from dataclasses import replace

import pytest

from kinline.enquiries.intake import Way
from kinline.intake.conversation import (
    Finished,
    Said,
    Why,
    closing,
    draft_is_over,
    reminded,
)
from kinrules.terms import Channel, Relation
from tests import people
from tests.rooms.intake.family import CODE, DANGER, ON, PROMISE, SMS, TELEGRAM, TELEPHONE, Family, asked


def test_a_family_is_asked_in_eight_messages_at_most():
    family = Family()
    said = [family.turn.says]
    for text in ("1", people.ANDRIY.name, "2001", "1", "2"):
        said.append(family.writes(text).turn.says)

    assert [len(each) for each in said] == [1] * 6
    assert isinstance(family.writes("1").outcome, Finished)


def test_the_first_message_says_who_reads_along_and_that_it_is_free():
    family = Family(language="en")

    assert "It is free" in family.hears
    assert "Telegram can see what you write here" in family.hears
    assert list(family.choices) == [f"language:{key}" for key in ("uk", "ru", "en", "phone", "page")]


def test_whoever_nobody_reads_along_with_is_not_warned():
    family = Family(replace(TELEGRAM, confidential=True), language="en")

    assert "can see" not in family.hears


def test_what_the_family_checks_has_no_name_inside_a_sentence():
    lines = asked().hears.splitlines()

    assert f"Ім’я: {people.ANDRIY.name}" in lines
    assert "Дата народження: 14 березня 2001" in lines


def test_only_the_name_must_be_answered():
    family = Family().writes("1", people.ANDRIY.name, "не знаю").presses("relation:other").writes("пропустити", "так")

    assert isinstance(family.outcome, Finished)
    assert family.outcome.intake.name == people.ANDRIY.name
    assert family.outcome.intake.ways == (Way(Channel.TELEGRAM, "7700"),)


def test_whoever_cannot_be_answered_here_must_name_a_way_or_say_there_is_none():
    hidden = replace(TELEGRAM, reaches=False, address="")
    family = Family(hidden).writes("1", people.ANDRIY.name, "2001", "1", "пропустити")

    assert family.state.step == "contact"
    assert isinstance(family.presses("contact:page_only", "check:send").outcome, Finished)


@pytest.mark.parametrize("said", [Said(text="3"), Said(text="Мій брат або сестра"), Said(answer="relation:sibling")])
def test_a_button_can_be_pressed_typed_or_counted(said):
    family = Family().writes("1", people.ANDRIY.name, "2001").sends(said)

    assert family.state.answers["relation"] == Relation.SIBLING.value


def test_a_shared_number_is_a_way_to_be_reached():
    family = Family().writes("1", people.ANDRIY.name, "2001", "1").sends(Said(contact="+380501234567"))

    assert family.state.answers["phone"] == "+380501234567"


def test_a_number_shared_too_early_is_kept_and_is_no_name():
    family = Family().writes("1").sends(Said(contact="+380501234567"))

    assert family.state.step == "who"
    assert family.state.answers == {"phone": "+380501234567"}


@pytest.mark.parametrize("text", ["ні", "немає телефону", "skip"])
def test_whoever_can_be_answered_here_need_not_give_another_way(text):
    family = Family().writes("1", people.ANDRIY.name, "2001", "1", text)

    assert family.state.step == "check"


def test_whoever_writes_without_end_fills_no_row():
    family = Family().writes("1", people.ANDRIY.name, *(f"{number} {'яблуні ' * 3_000}" for number in range(2)))
    for number in range(20):
        family.writes("назад", f"{number} {'вишні ' * 3_000}")

    assert len(str(family.state.written())) < 300_000


@pytest.mark.parametrize(
    ("wish", "step", "answer"),
    [
        ("змінити ім’я", "who", people.BOHDAN.name),
        ("change date", "born", "2003"),
        ("4", "relation", "брат"),
        ("изменить связь", "contact", "+380671112233"),
    ],
)
def test_an_answer_is_changed_and_checked_again(wish, step, answer):
    family = asked().writes(wish)

    assert family.state.step == step
    assert family.writes(answer).state.step == "check"


def test_no_asks_what_is_to_be_changed():
    family = asked().writes("ні")

    assert "Що змінити?" in family.hears
    assert "check:change_name" in family.choices


def test_back_asks_the_question_before():
    family = Family().writes("1", people.ANDRIY.name, "назад")

    assert family.state.step == "who"


def test_a_language_can_be_changed_at_any_moment():
    family = Family().writes("1", people.ANDRIY.name, "english")

    assert family.hears.startswith("When was he or she born?")


def test_what_cannot_be_read_is_asked_again_and_then_read_by_a_person():
    family = Family().writes("1", people.ANDRIY.name, "навесні")
    assert "не змогли прочитати" in family.hears

    family.writes("як цвіли яблуні")

    assert family.outcome.person is Why.NOT_UNDERSTOOD
    assert family.state.step == "relation"
    assert family.state.notes == ("навесні", "як цвіли яблуні")
    assert family.state.answers["born_words"] == "як цвіли яблуні"


def test_what_answered_nothing_goes_along_with_the_enquiry():
    family = Family(first="Добрий вечір, допоможіть знайти").writes(
        "1", people.ANDRIY.name, "навесні", "2001", "1", "2"
    )
    family.writes("так")

    assert isinstance(family.outcome, Finished)
    assert family.outcome.notes == ("Добрий вечір, допоможіть знайти", "навесні")
    assert family.state.answers == {}
    assert family.state.notes == ()


@pytest.mark.parametrize("step", range(5))
def test_words_of_danger_bring_a_person_at_any_step(step):
    answers = ("1", people.ANDRIY.name, "2001", "1", "2")[:step]
    family = Family().writes(*answers, DANGER)

    assert (family.outcome.person, family.outcome.minutes) == (Why.DANGER, 10)
    assert "10 хвилин" in family.hears


def test_a_cry_for_help_is_not_taken_for_a_name():
    family = Family().writes("1", DANGER)

    assert family.state.step == "who"
    assert family.state.notes == (DANGER,)


def test_a_person_is_called_from_anywhere():
    family = Family().writes("1", "хочу говорити з людиною")

    assert family.outcome.person is Why.ASKED
    assert "Кого ви шукаєте?" in family.hears


def test_whoever_stops_goes_on_where_it_was():
    family = Family().writes("1", people.ANDRIY.name, "стоп")
    assert "30 днів" in family.hears

    family.writes("я знову тут")

    assert family.state.step == "born"
    assert family.state.answers["name"] == people.ANDRIY.name


def test_silence_of_a_day_is_reminded_once():
    family = Family().writes("1")

    early, nothing = reminded(family.state, hours=23, on=ON)
    later, says = reminded(family.state, hours=24, on=ON)

    assert (early, nothing) == (family.state, ())
    assert "Кого ви шукаєте?" in says[-1].text
    assert reminded(later, hours=48, on=ON)[1] == ()
    assert draft_is_over(last_said=ON, on=ON, days=30) is False


def test_a_telephone_asks_by_keys_and_takes_the_name_as_a_voice():
    family = Family(TELEPHONE, first="").presses("1", "1").sends(Said(attachments_count=1))
    assert family.outcome.person is Why.RECORDED

    family.presses("14032001", "1")

    assert isinstance(family.outcome, Finished)
    assert family.outcome.intake.born == "2001-03-14"
    assert family.outcome.intake.ways == (Way(Channel.TELEPHONE, TELEPHONE.address),)
    assert family.outcome.notes


def test_key_zero_brings_a_person_from_the_first_second():
    family = Family(TELEPHONE, first="").presses("0")

    assert family.outcome.person is Why.ASKED


def test_a_soldier_who_wants_to_surrender_is_connected():
    family = Family(TELEPHONE, first="").presses("1", "3")

    assert family.outcome.person is Why.SURRENDER


def test_a_caller_without_a_number_is_asked_for_one():
    family = Family(replace(TELEPHONE, reaches=False, address=""), first="").presses("1", "1").writes("Koval", "2001")

    assert family.state.step == "number"
    assert isinstance(family.presses("0501234567").outcome, Finished)


def test_an_sms_is_answered_without_a_name_and_in_one_part_each():
    family = Family(SMS, first="Шукаю сина, допоможіть").writes(people.ANDRIY.name, "2001", "1")
    _state, says = closing(family.state, code=CODE, safe_word="липа", promise_on=PROMISE)

    assert isinstance(family.outcome, Finished)
    assert all(len(say.text) <= 70 for say in says)
    assert "4821 0937 5612 3474" in says[0].text
    assert all(people.ANDRIY.surname not in say.text for say in says)
