"""Finding: any alphabet, any order, numbers with their check, and the stream that searches are built from."""

import pytest

from kinline.ledger import queries as ledger
from kinline.registry import actions, queries
from kinline.registry.drafts import AliasDraft, Statement
from kinrules.terms import AliasKind
from tests import people
from tests.bureau import NOON
from tests.rooms.registry.conftest import LIST


@pytest.mark.parametrize(
    "words",
    ["Коваль Андрій", "андрей коваль", "Koval Andrii", "Andriy KOVAL", "Kowal Andrij", "Коваль Андрей Петрович"],
)
def test_a_name_is_found_in_any_alphabet_and_order(andriy, words):
    assert andriy in queries.search(words)


def test_every_word_must_be_there(andriy):
    found = {record.pk for record in queries.search("Коваль Богдан")}

    assert andriy.pk not in found
    assert len(found) == 1


def test_a_record_number_is_found_as_people_say_it(andriy):
    spoken = andriy.number.lower().replace("-", " ")

    assert list(queries.search(spoken)) == [andriy]


def test_a_record_number_with_a_wrong_check_character_finds_nobody(andriy):
    wrong = andriy.number[:-1] + ("A" if andriy.number[-1] != "A" else "B")

    assert not queries.by_number(wrong).exists()


def test_a_foreign_number_and_a_service_number_are_found_however_written(andriy, daryna):
    isn = AliasDraft(kind=AliasKind.INTERNMENT_SERIAL_NUMBER, written="RU9UA-000123EPW")
    actions.add_report(andriy, Statement(aliases=(isn,)), report=LIST, actor=daryna, at=NOON)

    assert list(queries.search("ru9ua 000123 epw")) == [andriy]
    assert list(queries.search("test 140301")) == [andriy]


@pytest.mark.parametrize("nothing", ["", "   ", "%", "''", "\u202e", "?!", "0"])
def test_words_without_letters_find_nobody(andriy, nothing):
    assert not queries.search(nothing).exists()


def test_a_list_is_filtered_by_codes(andriy, others):
    assert set(queries.listed(power="RU").values_list("power_of_origin", flat=True)) == {"RU"}
    assert not queries.listed(state="dead").exists()
    assert queries.counts("state") == {"reported": len(people.PERSONS)}


def test_a_line_shows_the_name_as_reported_and_in_latin_letters(andriy):
    (row,) = queries.rows([andriy])

    assert row.name == "Коваль Андрей Петрович"
    assert row.romanised.startswith("Koval Andre")
    assert row.born == "2001-03-14"


def test_the_index_gets_every_person_with_best_facts_and_all_names(andriy, others):
    by_id = {person.id: person for person in queries.persons_for_index()}

    found = by_id[str(andriy.pk)]
    assert len(by_id) == len(people.PERSONS)
    assert (found.surname, found.given, found.patronymic) == ("Коваль", "Андрей", "Петрович")
    assert found.birth_date == "2001-03-14"
    assert found.birth_place == "Полтава"
    assert found.service_number == "TEST-140301"


def test_the_index_can_be_asked_for_what_changed_only(andriy, others):
    upto = ledger.last().seq

    assert list(queries.changed_between(after=upto, upto=upto + 1)) == []
    assert set(queries.changed_between(after=0, upto=upto)) == {andriy.pk, *(record.pk for record in others)}


def test_a_withdrawn_record_is_neither_listed_nor_indexed_nor_exported(andriy, daryna, others):
    report = queries.sheet(andriy).reports[0]
    report.batch = andriy.pk
    report.save()
    andriy.batch = andriy.pk
    andriy.save()

    actions.withdraw_batch(andriy.pk, reason="the wrong file", actor=daryna, at=NOON)

    assert andriy not in queries.listed()
    assert str(andriy.pk) not in {person.id for person in queries.persons_for_index()}
    assert len(list(queries.export_rows())) == len(others)


def test_an_export_row_has_a_cell_for_every_column(andriy):
    rows = list(queries.export_rows(power_of_origin="UA"))

    assert all(len(row) == len(queries.EXPORT_COLUMNS) for row in rows)
    cells = next(dict(zip(queries.EXPORT_COLUMNS, row, strict=True)) for row in rows if andriy.number in row)
    assert cells["surname"] == "Коваль"
    assert cells["birth_date"] == "2001-03-14"
    assert cells["state"] == "reported"
