"""Any spreadsheet a registrar may send is read, or refused with a sentence."""

import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest

from kinline.tables import reading
from kinline.tables.cells import shown
from kinline.tables.refusal import TableRefused
from tests.rooms.tables.conftest import HEADINGS, PEOPLE, SHARED, naughty_strings, shared

TERRIBLE = sorted(path for path in (SHARED / "tables").rglob("*") if path.is_file()) if SHARED.exists() else []
REFUSED = {".html": "table.not-a-table", ".json": "table.not-a-table", ".png": "table.not-a-table"}


def read(path: Path, **wishes: object) -> tuple[reading.Table, list[list[str]]]:
    with reading.opened(path, **wishes) as table:
        return table, [[shown(cell) for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("path", TERRIBLE or [None], ids=lambda path: path.name if path else "absent")
def test_every_terrible_file_is_read_or_refused_with_a_sentence(path):
    if path is None:
        shared("tables")

    refusal, rows = None, []
    try:
        _, rows = read(path)
    except TableRefused as refused:
        refusal = refused

    assert bool(rows) != bool(refusal)
    assert refusal is None or (path.name in refusal.sentence and refusal.sentence.endswith("."))
    assert path.suffix not in REFUSED or (refusal and refusal.code == REFUSED[path.suffix])


def test_what_an_expected_result_holds_is_what_is_read():
    folder = shared("tables") / "csv-spectrum"
    # The expectation beside location_coordinates.csv is of another file: its telephone number differs.
    for expected in sorted(set((folder / "json").glob("*.json")) - {folder / "json" / "location_coordinates.json"}):
        with reading.opened(folder / "csvs" / f"{expected.stem}.csv", header_row=1) as table:
            headings = [column.heading for column in table.columns]
            rows = [
                dict(zip(headings, [shown(row.cell(i)) for i in range(len(headings))], strict=True))
                for row in table.rows
            ]
        wanted = json.loads(expected.read_text(encoding="utf-8"))
        wanted = wanted if isinstance(wanted, list) else [wanted]

        assert [{key: " ".join(value.split()) for key, value in row.items()} for row in rows] == [
            {key: " ".join(value.split()) for key, value in row.items()} for row in wanted
        ]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1251", "koi8-u", "cp1125", "mac-cyrillic"],
)
@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".xls"])
def test_a_ukrainian_list_is_read_in_every_encoding(written, encoding, ending):
    path = written(
        [HEADINGS, *PEOPLE], name=f"list{ending}" if ending != ".csv.gz" else "list.csv.gz", encoding=encoding
    )

    table, rows = read(path)

    assert [column.heading for column in table.columns] == HEADINGS
    assert rows == PEOPLE


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "windows-1251"])
def test_a_russian_list_is_read_in_every_encoding(written, encoding):
    path = written([["Фамилия", "Имя"], ["Щукин", "Фёдор"], ["Ёлкина", "Юлия"]], encoding=encoding)

    _, rows = read(path)

    assert rows == [["Щукин", "Фёдор"], ["Ёлкина", "Юлия"]]


def test_a_latin_1_list_is_read(written):
    path = written([["Surname", "Given name"], ["Müller", "Zoë"], ["Peña", "José"]], encoding="latin-1")

    _, rows = read(path)

    assert rows == [["Müller", "Zoë"], ["Peña", "José"]]


def test_lines_of_two_encodings_glued_together_are_both_read_and_named(written):
    first = "Прізвище;Ім'я\nКоваль;Іван\nБойко;Петро\n".encode()
    second = "Шевчук;Олена\n".encode("windows-1251")

    with reading.opened(written(first + second)) as table:
        rows = list(table.rows)

    assert [shown(row.cells[0]) for row in rows] == ["Коваль", "Бойко", "Шевчук"]
    assert [note.kind for note in rows[2].notes] == ["other-encoding"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(written, mark):
    text = "\n".join(mark.join(row) for row in [HEADINGS, *PEOPLE])

    _, rows = read(written(text.encode()))

    assert rows == PEOPLE


def test_row_numbers_are_those_of_the_spreadsheet(written):
    text = 'a;b\n\n"two\nlines";1\n\n;\nlast;2\n'

    with reading.opened(written(text.encode())) as table:
        numbers = [row.number for row in table.rows]

    assert numbers == [3, 6]


def test_a_forgotten_quotation_mark_swallows_nobody(written):
    people = "".join(
        f'Коваль {number};"Іван;1990\n' if number == 3 else f"Коваль {number};Іван;1990\n" for number in range(300)
    )

    with reading.opened(written(f"Прізвище;Ім'я;Рік народження\n{people}".encode())) as table:
        rows = list(table.rows)

    assert len(rows) == 300
    assert [note.kind for note in rows[3].notes] == ["open-quote"]
    assert rows[3].cells[1] == '"Іван'


def test_titles_numbering_totals_and_signatures_are_told_from_people(workbook):
    path = workbook(
        [["Список на 1 листопада"], [], HEADINGS, [1, 2, 3, 4, 5], *PEOPLE, [], ["Всього: 3"], ["Начальник відділу"]]
    )

    with reading.opened(path) as table:
        rows = list(table.rows)

    assert table.header_row_number == 3
    assert [[note.kind for note in row.notes] for row in rows] == [["column-marks"], [], [], [], ["total"], ["heading"]]
    assert [row.number for row in table.above] == [1, 3]


def test_headings_in_two_rows_with_merged_cells_are_joined(workbook):
    path = workbook(
        [
            ["Особа", None, None, "Полон"],
            ["Прізвище", "Ім'я", "По батькові", "дата"],
            ["Коваль", "Іван", "Петрович", "2022"],
        ],
        also=lambda sheet: sheet.merge_cells("A1:C1"),
    )

    with reading.opened(path) as table:
        headings = [column.heading for column in table.columns]

    assert headings == ["Особа / Прізвище", "Особа / Ім'я", "Особа / По батькові", "Полон / дата"]


def test_a_cell_merged_over_several_rows_speaks_for_each_of_them(workbook):
    path = workbook(
        [["Прізвище", "В/ч"], ["Коваль", "А1234"], ["Бойко", None], ["Шевчук", None], ["Мельник", "А5678"]],
        also=lambda sheet: sheet.merge_cells("B2:B4"),
    )

    with reading.opened(path) as table:
        rows = list(table.rows)

    assert [row.cell(1) for row in rows] == ["А1234", "А1234", "А1234", "А5678"]
    assert [(note.kind, note.detail) for note in rows[2].notes] == [("merged", "2")]


def test_formulas_and_errors_are_noted_in_their_cells(workbook, tmp_path):
    path = workbook([["Прізвище", "Дата народження"], ["Коваль", "=DATE(1990,3,14)"], ["Бойко", "1985"]])
    calculated = tmp_path / "calculated.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(calculated, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = (
                    content.replace(b"<v></v>", b"<v>32946</v>")
                    .replace(b"<v />", b"<v>32946</v>")
                    .replace(b"<v/>", b"<v>32946</v>")
                )
            new.writestr(entry.filename, content)

    with reading.opened(path) as never, reading.opened(calculated) as once:
        empty, full = next(never.rows), next(once.rows)

    assert [(note.kind, note.column) for note in empty.notes] == [("formula-not-calculated", 1)]
    assert [(note.kind, note.column) for note in full.notes] == [("formula", 1)]
    assert full.cells[1] == 32946


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing(workbook):
    def stray(sheet):
        sheet["XFD1048576"] = "stray"

    path = workbook([HEADINGS, *PEOPLE], also=stray)

    _, rows = read(path)

    assert rows[:3] == PEOPLE
    assert len(rows) == 4


def test_hidden_rows_are_read_and_named_and_hidden_sheets_are_named(workbook):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.parent.create_sheet("Архів").sheet_state = "hidden"
        sheet.parent["Архів"]["A1"] = "x"

    with reading.opened(workbook([HEADINGS, *PEOPLE], also=hide)) as table:
        rows = list(table.rows)

    assert [[note.kind for note in row.notes] for row in rows] == [[], ["hidden-row"], []]
    assert [note.kind for note in table.notes] == ["hidden-sheet"]


def test_a_list_without_headings_loses_nobody(written):
    table, rows = read(written(PEOPLE))

    assert table.header_row_number is None
    assert rows == PEOPLE


def test_dates_and_numbers_keep_their_kind(workbook):
    path = workbook([["Прізвище", "Дата народження", "Особистий номер"], ["Коваль", dt.date(1990, 3, 14), 1234567]])

    with reading.opened(path) as table:
        row = next(table.rows)

    assert row.cells == ("Коваль", dt.date(1990, 3, 14), 1234567)


def test_another_sheet_can_be_asked_for(workbook):
    def more(sheet):
        other = sheet.parent.create_sheet("Другий")
        other.append(["Прізвище", "Ім'я"])
        other.append(["Мельник", "Ірина"])

    path = workbook([HEADINGS, *PEOPLE], also=more)

    _, rows = read(path, sheet="Другий")
    with reading.opened(path) as first, pytest.raises(TableRefused) as refused:
        read(path, sheet="Третій")

    assert rows == [["Мельник", "Ірина"]]
    assert [note.kind for note in first.notes] == ["other-sheets"]
    assert "Другий" in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table.empty"),
        (b"\n\n;;;\n", "table.empty"),
        (b"%PDF-1.7 ...", "table.not-a-table"),
        (b"PK\x03\x04 broken", "table.damaged"),
        (b"\x1f\x8b\x08 broken gzip", "table.damaged"),
        (bytes(range(256)) * 20, "table.not-a-table"),
        ("Прізвище;Ім'я\n".encode(), "table.no-rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 600, "table.damaged"),
        (b"a;" + b"x" * 1_200_000, "table.line-too-long"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(written, content, code):
    with pytest.raises(TableRefused) as refused:
        read(written(content))

    assert refused.value.code == code
    assert "register.csv" in refused.value.sentence


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kinline.tables.opening.LARGEST", 1_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 5_000_000)

    with pytest.raises(TableRefused) as refused:
        read(path)

    assert refused.value.code == "table.too-large"


def test_naughty_strings_come_back_as_they_were(workbook, written):
    strings = [text for text in naughty_strings() if text.strip() and text.isprintable()]
    rows = [["Прізвище", "Ім'я"], *[[text, "Іван"] for text in strings]]

    _, found = read(written(rows))

    assert [row[0] for row in found] == strings
