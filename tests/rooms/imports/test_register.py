"""A register is received, checked, mended, added and taken back, and nothing of it is lost."""

from datetime import timedelta

import pytest

from kinline.imports import actions, queries
from kinline.imports.models import Batch, Doubt, Row
from kinline.ledger.actions import Document
from kinline.ledger.models import Entry, Exhibit
from kinline.registry.models import AssertedName, Fact, Record
from kinline.tables import mapping, writing
from kinline.tables.refusal import TableRefused
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, acting
from tests.rooms.imports.conftest import ABOUT, GOOD, HEADINGS, LATER, outcomes, sheet

pytestmark = pytest.mark.django_db


def changed(place: int, text: object, *, number: int = 9) -> list[object]:
    row = [number, "Кравець", "Юрій", "Павлович", "05.06.1988", "матрос", f"АА-10000{number}", None]
    row[place] = text
    return row


def test_good_rows_become_records_with_every_name_and_fact(added):
    batch = added(GOOD)

    record = Record.objects.get(pk=Row.objects.get(batch=batch, number=2).record)
    name = AssertedName.objects.get(record=record)
    facts = dict(Fact.objects.filter(record=record).values_list("kind", "value"))
    assert outcomes(batch) == {"rows": 3, "added": 3}
    assert (name.surname, name.given, name.patronymic) == ("Гончаренко", "Степан", "Ілліч")
    assert facts["birth_date"] == "1990-03-14"
    assert (record.detaining_power, record.power_of_origin, record.batch) == ("RU", "UA", batch.pk)
    assert batch.state == "added"


def test_the_raw_row_is_kept_as_it_stood(added):
    batch = added([changed(4, "14.03.1990")])

    row = Row.objects.get(batch=batch)
    assert row.cells == [9, "Кравець", "Юрій", "Павлович", "14.03.1990", "матрос", "АА-100009"]
    assert row.readings["birth_date"] == ["1990-03-14", "day first"]


def test_the_same_file_twice_adds_nothing(added, daryna):
    batch = added(GOOD)
    document = Document(queries.content(_register(batch)).read_bytes(), "other-name.xlsx", "")

    again = actions.receive(document, about=ABOUT, actor=daryna, at=LATER)

    assert (again.batch, again.how) == (batch, "before")
    assert Batch.objects.count() == 1
    assert Record.objects.count() == 3


def test_problems_are_grouped_and_settled_in_one_step(checked, daryna):
    batch = checked([*GOOD, changed(4, "14.3.01"), changed(4, "15.3.02", number=8)])

    (group,) = queries.groups(batch)
    count = actions.fix(batch, kind=group.kind, field=group.field, way="suggestion", actor=daryna, at=LATER)

    assert (group.kind, group.field, group.count) == ("date.two-digit-year", "birth_date", 2)
    assert group.samples[0] == (5, "14.3.01", "2001-03-14")
    assert count == 2
    assert outcomes(batch) == {"rows": 5, "ready": 5}


def test_good_rows_do_not_wait_for_the_others(added):
    batch = added([*GOOD, changed(4, "31.02.1990")])

    assert outcomes(batch) == {"rows": 4, "added": 3, "parked": 1}
    assert Record.objects.count() == 3


def test_parked_rows_are_added_later_from_the_same_batch(added, daryna):
    batch = added([*GOOD, changed(4, "31.02.1990")])

    actions.fix(batch, kind="date.impossible", field="birth_date", way="unknown", actor=daryna, at=LATER)
    actions.begin_adding(batch, actor=daryna, at=LATER)
    actions.add_rows(batch, actor=daryna, at=LATER)

    note = Fact.objects.get(record=Row.objects.get(batch=batch, number=5).record, kind="note")
    assert outcomes(batch) == {"rows": 4, "added": 4}
    assert note.written == "Дата народження: 31.02.1990"


def test_a_row_without_a_name_is_kept_as_name_not_known(checked, daryna):
    nameless = [9, None, None, None, "05.06.1988", "матрос", "АА-100009", "знайдено біля мосту"]
    batch = checked([*GOOD, nameless])

    actions.fix(batch, kind="name.missing", field="", way="keep", actor=daryna, at=LATER)
    actions.begin_adding(batch, actor=daryna, at=LATER)
    actions.add_rows(batch, actor=daryna, at=LATER)

    record = Record.objects.get(pk=Row.objects.get(batch=batch, number=5).record)
    assert record.identity_state == "unidentified"
    assert not AssertedName.objects.filter(record=record).exists()


def test_totals_and_headings_are_left_out_in_one_step(checked, daryna):
    batch = checked([*GOOD, ["Всього: 3"]])

    actions.fix(batch, kind="row.total", field="", way="leave_out", actor=daryna, at=LATER)

    assert outcomes(batch) == {"rows": 4, "ready": 3, "left_out": 1}


def test_the_same_person_twice_in_a_file_waits_for_a_person(checked):
    batch = checked([*GOOD, [4, *GOOD[0][1:6], "АА-999999", None]])

    (doubt,) = Doubt.objects.filter(batch=batch)
    assert (doubt.kind, doubt.twins) == ("same.in-file", [{"number": "2"}])
    assert outcomes(batch) == {"rows": 4, "ready": 3, "duplicate": 1}


def test_a_person_who_is_in_the_register_waits_for_a_person(added, checked, daryna):
    added(GOOD)
    batch = checked([[1, "Гончаренко", "Степан", "Ильич", "1990-03-14", "солдат", "АА-100001", "новий список"]])

    (doubt,) = Doubt.objects.filter(batch=batch, kind="same.in-register")
    found, (twin,) = queries.twins(doubt)

    assert found.value("surname") == "Гончаренко"
    assert twin.evidence
    assert outcomes(batch) == {"rows": 1, "duplicate": 1}


def test_the_same_person_gets_a_further_report_and_no_second_record(added, checked, daryna):
    added(GOOD)
    batch = checked([[1, "Гончаренко", "Степан", "Ильич", "1990-03-14", "солдат", "АА-100001", "новий список"]])
    doubt = Doubt.objects.get(batch=batch)

    actions.settle_one(doubt, way="same", typed=doubt.twins[0]["record"], actor=daryna, at=LATER)
    actions.begin_adding(batch, actor=daryna, at=LATER)
    actions.add_rows(batch, actor=daryna, at=LATER)

    assert Record.objects.count() == 3
    assert AssertedName.objects.filter(record=doubt.twins[0]["record"]).count() == 2


def test_a_register_is_taken_back_within_the_day_and_nothing_is_deleted(added, daryna):
    batch = added(GOOD)

    actions.undo(batch, reason="wrong file", actor=daryna, at=NOON + timedelta(hours=23))

    assert batch.state == "undone"
    assert set(Record.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert outcomes(batch) == {"rows": 3, "undone": 3}


def test_after_the_day_it_is_not_taken_back_in_one_step(added, daryna):
    batch = added(GOOD)

    with pytest.raises(Refused) as refused:
        actions.undo(batch, reason="wrong file", actor=daryna, at=NOON + timedelta(hours=25))

    assert (refused.value.code, refused.value.facts["hours"]) == ("imports.undo-too-late", "24")
    assert batch.state == "added"


def test_a_register_that_was_taken_back_can_be_imported_again(added, daryna):
    batch = added(GOOD)
    actions.undo(batch, reason="wrong powers", actor=daryna, at=LATER)

    again = actions.receive(
        Document(queries.content(_register(batch)).read_bytes(), "register.xlsx", ""),
        about=ABOUT,
        actor=daryna,
        at=LATER,
    )

    assert again.how == "new"


def test_a_mended_error_sheet_finds_its_rows_by_number(checked, daryna, tmp_path):
    batch = checked([*GOOD, changed(4, "31.02.1990"), changed(4, "вчора", number=8)])
    lines = list(queries.error_lines(batch))
    mended = [writing.Line((line.cells[0], *line.cells[1:5], "05.06.1988", *line.cells[6:])) for line in lines]
    path = tmp_path / "errors.xlsx"
    writing.write_xlsx(path, queries.error_headings(batch), mended)

    answer = actions.receive(Document(path.read_bytes(), "errors.xlsx", ""), about=ABOUT, actor=daryna, at=LATER)

    row = Row.objects.get(batch=batch, number=5)
    assert [line.cells[0] for line in lines] == [5, 6]
    assert (answer.how, answer.rows, answer.batch) == ("mended", 2, batch)
    assert outcomes(batch) == {"rows": 5, "ready": 5}
    assert row.cells[4] == "31.02.1990"
    assert row.mended[4] == "05.06.1988"


def test_columns_of_a_known_maker_are_matched_as_before(checked, daryna):
    batch = checked(GOOD)
    batch.mapping["columns"]["7"] = "held_at"
    batch.save()
    actions.remember(batch, actor=daryna, at=LATER)

    again = actions.receive(sheet([changed(4, "1990")]), about=ABOUT, actor=daryna, at=LATER)

    assert again.batch.mapping["columns"]["7"] == "held_at"


def test_a_check_goes_on_where_it_was_stopped(daryna):
    batch = actions.receive(sheet([*GOOD, changed(4, "1990")]), about=ABOUT, actor=daryna, at=NOON).batch
    chosen = mapping.from_json(batch.mapping, name="")
    actions.begin_check(batch, chosen, actor=daryna, at=NOON)
    actions.stop(batch, actor=daryna, at=NOON)

    assert actions.check_rows(batch, actor=daryna, at=NOON) is False
    actions.begin_check(batch, chosen, actor=daryna, at=LATER)
    assert actions.check_rows(batch, actor=daryna, at=LATER) is True
    assert outcomes(batch) == {"rows": 4, "ready": 4}


def test_no_tax_number_ever_reaches_a_record(added):
    batch = added([[*row[:7], "1234567890"] for row in GOOD])
    heading = [*HEADINGS[:7], "ІПН"]

    other = actions.receive(
        sheet([[*changed(4, "1990")[:7], "1234567891"]], headings=heading),
        about=ABOUT,
        actor=acting(people.DARYNA),
        at=NOON,
    ).batch
    actions.begin_check(other, mapping.from_json(other.mapping, name=""), actor=acting(people.DARYNA), at=NOON)
    actions.check_rows(other, actor=acting(people.DARYNA), at=NOON)
    actions.begin_adding(other, actor=acting(people.DARYNA), at=NOON)
    actions.add_rows(other, actor=acting(people.DARYNA), at=NOON)

    assert not Fact.objects.filter(written__contains="1234567891").exists()
    assert Row.objects.get(batch=other).cells[7] == "1234567891"
    assert batch.state == "added"


def test_without_the_right_nothing_is_received(db):
    with pytest.raises(Refused) as refused:
        actions.receive(sheet(GOOD), about=ABOUT, actor=acting(people.TARAS), at=NOON)

    assert refused.value.code.startswith("permission.")
    assert not Batch.objects.exists()


def test_a_file_that_is_no_table_is_refused_and_leaves_no_batch(daryna):
    with pytest.raises(TableRefused) as refused:
        actions.receive(Document(b"%PDF-1.7", "list.pdf", ""), about=ABOUT, actor=daryna, at=NOON)

    assert "PDF" in refused.value.sentence
    assert not Batch.objects.exists()


def test_the_ledger_holds_no_word_of_the_register(added):
    added([*GOOD, changed(4, "14.3.01")])

    words = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert "Гончаренко" not in words
    assert "14.3.01" not in words


def _register(batch):
    return Exhibit.objects.get(pk=batch.register)
