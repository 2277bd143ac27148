"""What is written can be opened safely and read back."""

import csv
import io
import json

import openpyxl
import pytest

from kinline.tables import reading, writing
from kinline.tables.cells import keep, kept, shown
from kinline.tables.refusal import TableRefused
from tests.rooms.tables.conftest import naughty_strings


@pytest.mark.parametrize("text", ["=1+1", "+380501234567", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_of_a_csv_file_is_run_as_a_formula(text):
    line = list(writing.csv_lines(["a"], [[text]], bom=False))[1]

    assert next(csv.reader(io.StringIO(line)))[0].startswith("'")


def test_a_csv_file_carries_the_mark_that_excel_needs():
    assert next(writing.csv_lines(["Прізвище"], [])).startswith("\ufeff")
    assert next(writing.csv_lines(["Прізвище"], [], bom=False)).startswith("П")


def test_a_workbook_holds_text_as_text_and_colours_bad_cells(tmp_path):
    path = tmp_path / "errors.xlsx"

    writing.write_xlsx(path, ["Прізвище", "problem"], [writing.Line(("=HYPERLINK(1)", "x"), bad={0})])

    sheet = openpyxl.load_workbook(path).active
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "=HYPERLINK(1)")
    assert sheet["A2"].fill.fgColor.rgb == "FFFDE2A8"
    assert sheet["B2"].fill.fill_type is None


def test_naughty_strings_survive_a_workbook(tmp_path):
    path = tmp_path / "naughty.xlsx"
    strings = [text for text in naughty_strings() if text.strip()]

    writing.write_xlsx(path, ["Прізвище", "Ім'я"], (writing.Line((text, "x")) for text in strings))
    with reading.opened(path, header_row=1) as table:
        found = [shown(row.cell(0)) for row in table.rows]

    assert [" ".join(text.split()) for text in found] == [
        " ".join(writing.for_xlsx(text).replace("_x005F_", "_").split()) for text in strings
    ]


def test_json_lines_hold_letters_as_they_are():
    (line,) = writing.json_lines([{"name": "Ґалаґан"}])

    assert "Ґалаґан" in line
    assert json.loads(line) == {"name": "Ґалаґан"}


def test_a_closed_folder_is_a_sentence_and_leaves_nothing_behind(tmp_path):
    with pytest.raises(TableRefused) as refused:
        writing.write_xlsx(tmp_path / "no-such-folder" / "out.xlsx", ["a"], [])

    assert "Nothing is lost" in refused.value.sentence
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("cell", ["text", 5, 1.5, True, None, float("inf")])
def test_a_kept_cell_is_read_back(cell):
    assert kept(json.loads(json.dumps(keep(cell)))) == cell


def test_a_missing_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(TableRefused) as refused, reading.opened(tmp_path / "gone.csv"):
        pass

    assert refused.value.code == "table.cannot-open"
