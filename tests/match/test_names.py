"""Parts of a name, romanisation, keys and patronymics."""

import csv
from pathlib import Path

import pytest

from kinmatch.compare import patronymic
from kinmatch.form import name
from kinmatch.given import concepts, father_concepts, given_concepts
from kinmatch.keys import coarse_readings
from kinmatch.person import Parts, Person, split
from kinmatch.romanise import romanise
from kinmatch.script import fold

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Коваль Андрій Петрович", Parts("Коваль", "Андрій", "Петрович")),
        ("Андрій Петрович Коваль", Parts("Коваль", "Андрій", "Петрович")),
        ("Андрій Коваль", Parts("Коваль", "Андрій")),
        ("Koval, Andrii", Parts("Koval", "Andrii")),
        ("Коваль А.П.", Parts("Коваль", "А.", "П.")),
        ("Іван Петрович", Parts("", "Іван", "Петрович")),
        ("Нечуй-Левицький Іван Семенович", Parts("Нечуй-Левицький", "Іван", "Семенович")),
        ("Павлов Павел Павлович", Parts("Павлов", "Павел", "Павлович")),
        ("ст. сержант Коваль О. І.", Parts("Коваль", "О.", "І.", "", ("ст.", "сержант"))),
        ("Олена Коваль «Мавка»", Parts("Коваль", "Олена", "", "Мавка")),
        ("рядовий Бондар Іван, позивний Вовк", Parts("Бондар", "Іван", "", "Вовк", ("рядовий",))),
        ("", Parts()),
    ],
)
def test_a_name_in_any_order_is_split_into_its_parts(text, parts):
    assert split(text) == parts


def test_a_part_given_as_such_is_not_guessed_again():
    person = Person("1", full_name="Іван Петренко", surname="Петренко", given="Іван")

    assert person.parts == Parts("Петренко", "Іван")


@pytest.mark.parametrize(
    ("patronymic", "father"),
    [
        ("Миколайович", "mykola"),
        ("Николаевна", "mykola"),
        ("Львович", "lev"),
        ("Яковлевна", "yakiv"),
        ("Ильич", "illia"),
        ("Іллівна", "illia"),
        ("Кузьмич", "kuzma"),
        ("Никитична", "mykyta"),
        ("Iurevich", "yurii"),
        ("Аляксандраўна", "oleksandr"),
    ],
)
def test_a_patronymic_names_the_father(patronymic, father):
    assert father in father_concepts(patronymic)


def test_the_table_of_given_names_is_large_enough_and_joins_short_forms():
    assert len(concepts().sex) >= 150
    assert "oleksandr" in given_concepts("Сашко") & given_concepts("Aleksandr") & given_concepts("Александр")


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Алушта Єнакієве Згурський Юрій", "Alushta Yenakiieve Zghurskyi Yurii"),
        ("Знам'янка Щербухи Гоща Феодосія", "Znamianka Shcherbukhy Hoshcha Feodosiia"),
        ("Алексей Объедков", "Aleksei Obieedkov"),
        ("КОВАЛЬ", "KOVAL"),
        ("Koval", "Koval"),
        ("გიორგი", "Giorgi"),
        ("Νίκος", "Nikos"),
        ("משה", "Mshh"),
    ],
)
def test_a_name_is_shown_in_latin_by_the_standard_of_its_language(written, latin):
    found = romanise(written)

    assert found.lower() == latin.lower()


@pytest.mark.skipif(
    not (SHARED / "romanization_maps_interscript").exists(), reason="the shared golden tables are not here"
)
def test_ukrainian_names_are_romanised_as_the_cabinet_of_ministers_has_it():
    with (SHARED / "romanization_maps_interscript" / "all_tests.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["system"] == "ua-ukr-Cyrl-Latn-2010"]

    wrong = [
        (row["source"], row["romanized"]) for row in rows if romanise(row["source"], language="uk") != row["romanized"]
    ]

    assert len(rows) > 50
    assert not wrong


@pytest.mark.parametrize(("kind", "least"), [("last", 0.93), ("patronymic", 0.93), ("first", 0.80)])
@pytest.mark.skipif(not (SHARED / "names_uk_ru_pairs").exists(), reason="the shared pairs of names are not here")
def test_ukrainian_and_russian_spellings_share_a_skeleton(kind, least):
    with (SHARED / "names_uk_ru_pairs" / f"{kind}_dev.tsv").open(encoding="utf-8") as file:
        pairs = [(row["uk"], row["ru"]) for row in csv.DictReader(file, delimiter="\t") if row["rank"] == "0"][::23]

    met = sum(_alike(kind, one, other) for one, other in pairs)

    assert met / len(pairs) >= least


def _alike(kind: str, one: str, other: str) -> bool:
    if kind == "first" and given_concepts(one) & given_concepts(other):
        return True
    if kind == "patronymic":
        return patronymic.LEVELS[patronymic.level(name(one), name(other))][0] in ("same", "alike")
    return bool(set(coarse_readings(one)) & set(coarse_readings(other)))


def test_look_alike_letters_and_invisible_ones_fall_away():
    assert fold("Кoвал\u200bьe\u0301") == fold("ковальe".replace("e", "е"))
