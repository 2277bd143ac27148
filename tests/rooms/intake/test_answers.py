"""What families answer, the way they write it."""

import doctest
from datetime import date

import pytest

from kinline.intake import answers, scripts, words
from tests import people

ON = date(2026, 11, 20)


@pytest.mark.parametrize("module", [answers, scripts, words], ids=lambda module: module.__name__)
def test_the_examples_beside_the_code_hold(module):
    tried = doctest.testmod(module)

    assert tried.attempted > 0
    assert tried.failed == 0


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("14.03.2001", "2001-03-14"),
        ("14.3.01", "2001-03-14"),
        ("14/03/2001", "2001-03-14"),
        ("2001-03-14", "2001-03-14"),
        ("14032001", "2001-03-14"),
        ("14 березня 2001 року", "2001-03-14"),
        ("14 марта 2001 г.", "2001-03-14"),
        ("March 2001", "2001-03"),
        ("березень 2001", "2001-03"),
        ("2001", "2001"),
        ("2001 г.р.", "2001"),
        ("близько 1990", "1990~"),
        ("21 years", "2005~"),
        ("about 30 years old", "1996~"),
        ("йому 30 років", "1996~"),
        ("ему примерно 30 лет", "1996~"),
        ("років 30", "1996~"),
        ("30", "1996~"),
        ("5 років", "2021~"),
        ("٢٠٠١", "2001"),
    ],
)
def test_a_date_of_birth_is_read_as_families_write_it(text, born):
    read = answers.birth(text, on=ON)

    assert read.values == {"born": born, "born_words": text}


@pytest.mark.parametrize("text", ["весна", "5", "рік 90", "30-35", "", "x" * 500, "14.03", "завтра"])
def test_what_is_no_date_is_not_guessed(text):
    read = answers.birth(text, on=ON)

    assert not read.understood
    assert read.values == {}


@pytest.mark.parametrize("text", ["01.01.2050", "32.01.2001", "12.05.1700"])
def test_a_date_that_cannot_be_right_is_told_why(text):
    read = answers.birth(text, on=ON)

    assert read.problem


@pytest.mark.parametrize("name", [people.ANDRIY.name, people.YURKO.name, people.ANDRIY.latin, "Їжакевич-О’Коннор Ю."])
def test_a_name_is_kept_as_it_was_written(name):
    assert answers.name(f"  {name} ").values == {"name": name}


@pytest.mark.parametrize("text", ["", "...", "\u200b", "і" * 400, "1", "+380501234567"])
def test_what_is_no_name_is_asked_for_again(text):
    assert not answers.name(text).understood


@pytest.mark.parametrize(
    ("text", "relation", "sex"),
    [
        ("син", "child", "m"),
        ("Це мій син", "child", "m"),
        ("дочь", "child", "f"),
        ("my husband", "spouse", "m"),
        ("брат", "sibling", "m"),
        ("1", "child", ""),
        ("2.", "spouse", ""),
        ("я його мати", "child", ""),
        ("Я мама", "child", ""),
        ("I am her father", "child", ""),
        ("someone else", "other", ""),
    ],
)
def test_a_relation_is_read_by_number_or_word(text, relation, sex):
    read = answers.relation(text, language="uk")

    assert read.values == {"relation": relation, "relation_words": ""} | {"sex": sex}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("дядько", "other_relative"),
        ("сосед по даче", "other"),
        ("я шукаю батька", "parent"),
        ("мій молодший брат", "sibling"),
        ("my wife's brother", "other"),
        ("мати мого друга", "other"),
        ("командир роти", "other"),
    ],
)
def test_a_relation_the_list_lacks_is_kept_in_the_familys_words(text, relation):
    read = answers.relation(text, language="uk")

    assert (read.values["relation"], read.values["relation_words"]) == (relation, text)


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("050 123 45 67", {"phone": "050 123 45 67"}),
        ("мій номер +380 (50) 123-45-67.", {"phone": "+380 (50) 123-45-67"}),
        (
            "+380501234567 або maria.koval@example.org",
            {"phone": "+380501234567", "email": "maria.koval@example.org"},
        ),
        ("пишіть на hannah@example.org.", {"email": "hannah@example.org"}),
        ("@maria_koval", {"telegram": "@maria_koval"}),
    ],
)
def test_ways_to_be_reached_are_found_in_the_text(text, ways):
    assert answers.contact(text).values == ways


@pytest.mark.parametrize("text", ["12", "не дзвоніть", "", "a@", "+"])
def test_what_is_no_way_to_be_reached_is_asked_for_again(text):
    assert not answers.contact(text).understood


@pytest.mark.parametrize(
    "letter",
    [
        "1. Full name: Koval Andrii\n2. Date of birth: 14.03.2001",
        "1) Koval Andrii\n2) 14.03.2001\n\nThank you",
        "1. Full name:\nKoval Andrii\n\n2. Date of birth, or the year:\n14.03.2001",
        "> 1. Full name:\nKoval Andrii\n> 2. Date of birth, or the year, or about how old:\n\n14.03.2001",
        "Good day.\n1: Koval Andrii\n2: 14.03.2001\n3.\n4.",
    ],
)
def test_numbered_answers_of_a_letter_are_found(letter):
    found = answers.numbered(letter, count=4)

    assert found == {1: "Koval Andrii", 2: "14.03.2001"}


def test_a_letter_without_numbers_has_no_numbered_answers():
    assert answers.numbered("Шукаю сина. Народився 14.03.2001 в Полтаві", count=4) == {}


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("Шукаю сина, його звати Андрій", "", "uk"),
        ("Ищу мужа, его звали Ильёй", "uk", "ru"),
        ("Looking for a friend", "", "en"),
        ("Коваль", "ru", "ru"),
        ("", "xx", "uk"),
        ("", "en", "en"),
    ],
)
def test_the_language_is_that_of_the_letters_before_that_of_the_hint(text, hint, language):
    assert words.language_of(text, hint=hint) == language


@pytest.mark.parametrize(
    ("text", "command"),
    [("НАЗАД!", "back"), ("стоп", "stop"), ("Help", "help"), ("змінити ім’я", "change_name"), ("не знаю", "skip")],
)
def test_a_command_is_known_in_any_language(text, command):
    assert words.command(text) == command


def test_a_text_is_cut_where_a_line_ends_and_nothing_is_lost():
    text = "\n".join(f"line {number} of the text" for number in range(50))

    pieces = answers.split(text, 100)

    assert max(map(len, pieces)) <= 100
    assert "\n".join(pieces).split() == text.split()
