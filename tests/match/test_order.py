"""The parts of a name in an unknown order, what stands beside it, and when both orders are sought."""

import pytest

from kinmatch import Parts, Person
from kinmatch.form import asked_forms
from kinmatch.order import split

RANKS = (
    "мол. сержант",
    "ст. л-т",
    "рядовий",
    "майор",
    "підполковник",
    "гр-н",
    "пан",
    "Sgt.",
    "Capt.",
    "сержанту",
    "г-н",
    "Mr",
)
CALL_SIGNS = ("«Вовк»", '"Вовк"', "(Вовк)", "позивний Вовк", "позывной: Вовк", "псевдо Вовк", "callsign Вовк")


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("written", ["Коваль Андрій Петрович", "Андрій Петрович Коваль", "Koval Andrii"])
def test_a_rank_or_form_of_address_is_set_apart(rank, written):
    plain, titled = split(written), split(f"{rank} {written}")

    assert (titled.surname, titled.given, titled.patronymic) == (plain.surname, plain.given, plain.patronymic)
    assert " ".join(titled.titles) == rank


@pytest.mark.parametrize("call_sign", CALL_SIGNS)
def test_a_call_sign_is_set_apart(call_sign):
    found = split(f"солдат Бондар Іван Петрович, {call_sign}")

    assert found == Parts("Бондар", "Іван", "Петрович", "Вовк", ("солдат",))


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Майор Іван Петрович", Parts("Майор", "Іван", "Петрович")),
        ("майор Іван Петрович", Parts("", "Іван", "Петрович", "", ("майор",))),
        ("Капітан", Parts("Капітан")),
        ("Коваль І. П.", Parts("Коваль", "І.", "П.")),
        ("І. П. Коваль", Parts("Коваль", "І.", "П.")),
        ("І.П.Коваль", Parts("Коваль", "І.", "П.")),
        ("КОВАЛЬ ІВАН", Parts("КОВАЛЬ", "ІВАН")),
        ("Левицький - Нечуй Іван", Parts("Левицький-Нечуй", "Іван")),
        ("Аліев Мамед Гусейн оглы", Parts("Аліев", "Мамед", "Гусейн оглы")),
        ("Магдалина Заболотня", Parts("Заболотня", "Магдалина")),
        ("Кавальчук Алесь Іванавіч", Parts("Кавальчук", "Алесь", "Іванавіч")),
        ("გიორგი ბერიძე", Parts("ბერიძე", "გიორგი")),
    ],
)
def test_the_parts_of_odd_names_are_found(written, parts):
    assert split(written) == parts


@pytest.mark.parametrize(
    ("surname", "given"),
    [("Роман", "Іван"), ("Рмоан", "Бойрч"), ("Петрик", "Михайло")],
)
def test_two_names_that_fit_either_box_are_sought_in_both_orders(surname, given):
    one, other = asked_forms(Person("", surname=surname, given=given))

    assert (one["surname"], one["given"]) == (other["given"], other["surname"])
    assert (one.shown("surname"), one.shown("given")) == (other.shown("given"), other.shown("surname"))


@pytest.mark.parametrize(
    ("surname", "given"), [("Коваленко", "Іван"), ("Smyrnova", "Olha"), ("Іван", "Коваленко"), ("Коваль", "")]
)
def test_an_order_that_is_plain_is_sought_once(surname, given):
    assert len(asked_forms(Person("", surname=surname, given=given))) == 1


def test_a_patronymic_without_family_name_is_also_sought_as_one():
    one, other = asked_forms(Person("", full_name="Іван Маркович"))

    assert one.values[:3] == ("", "іван", "маркович")
    assert other.values[:3] == ("маркович", "іван", "")
