"""Columns are guessed from headings in three languages and from values, in any order, and the mapping is kept."""

import json

import pytest

from kinline.tables import columns, header_words, mapping, reading
from kinline.tables.refusal import TableRefused


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Прізвище", "surname"),
        ("Фамилия", "surname"),
        ("Family name", "surname"),
        ("П.І.Б.", "full_name"),
        ("Ф.И.О. военнослужащего", "full_name"),
        ("прізвище, ім’я, по батькові", "full_name"),
        ("Дата народж.", "birth_date"),
        ("г.р.", "birth_date"),
        ("DOB", "birth_date"),
        ("військове зваання", "rank"),
        ("В/Ч №", "unit"),
        ("Особистий №", "service_number"),
        ("Місце народження (область, район)", "birth_place"),
        ("Ім'я батька", "father_given_name"),
        ("дівоче прізвище матері", "mother_maiden_name"),
        ("ІПН", "tax_number"),
        ("Стать", "sex"),
        ("дата полону", "capture_date"),
        ("Полон / місце", "capture_place"),
        ("№ з/п", "row_number"),
        ("temperature", ""),
    ],
)
def test_a_heading_says_its_field(heading, field):
    assert header_words.best(heading)[0] == field


def test_every_word_of_the_list_says_its_own_field():
    for field in header_words.fields().values():
        for phrase in field.words:
            assert header_words.best(" ".join(phrase))[0] == field.key, phrase


def test_columns_without_headings_are_known_by_their_values(written):
    path = written(
        [["Коваль Іван Петрович", "14.03.1990", "солдат", "ч"], ["Бойко Ірина Олегівна", "15.03.1991", "сержант", "ж"]]
    )

    with reading.opened(path) as table:
        found = columns.guesses(table)

    assert [guess.field for guess in found] == ["full_name", "birth_date", "rank", "sex"]
    assert {guess.why for guess in found} == {"values"}


def test_name_beside_surname_is_the_given_name(written):
    path = written([["Name", "Surname", "DOB"], ["Ivan", "Koval", "1990-01-02"], ["Olena", "Boiko", "1991-01-02"]])

    with reading.opened(path) as table:
        found = columns.guesses(table)

    assert [guess.field for guess in found] == ["given_name", "surname", "birth_date"]


def test_an_unknown_column_has_samples_and_no_field(written):
    path = written(
        [["Прізвище", "Дата народження", "Щось"], *[["Коваль", "1990", f"x{number}"] for number in range(5)]]
    )

    with reading.opened(path) as table:
        odd = columns.guesses(table)[2]

    assert (odd.field, odd.confidence, odd.samples) == ("", "none", ("x0", "x1", "x2"))


def test_a_mapping_is_saved_and_loaded(tmp_path):
    chosen = mapping.ColumnMap({0: "surname", 2: "birth_date"}, header_row=3, day_first=True)

    mapping.save(chosen, tmp_path / "map.json")

    assert mapping.load(tmp_path / "map.json") == chosen


@pytest.mark.parametrize(
    "saved",
    [
        [],
        {},
        {"columns": []},
        {"columns": {"x": "surname"}},
        {"columns": {"0": "surname", "1": "surname"}},
        {"columns": {"0": "age?"}},
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(tmp_path, saved):
    path = tmp_path / "map.json"
    path.write_text(json.dumps(saved), encoding="utf-8")

    with pytest.raises(TableRefused) as refused:
        mapping.load(path)

    assert "map.json" in refused.value.sentence
