"""Files to read: generated ones in every form and encoding, and the terrible ones of the shared folder."""

import csv
import datetime as dt
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

SHARED = Path(__file__).parents[4] / "shared" / "data"
ON = dt.date(2026, 11, 22)
HEADINGS = ["Прізвище", "Ім'я", "По батькові", "Дата народження", "Звання"]
PEOPLE = [
    ["Коваль", "Іван", "Петрович", "14.03.1990", "солдат"],
    ["Шевчук", "Олена", "Іванівна", "02.11.1985", "сержант"],
    ["Бойко", "Тарас", "Олегович", "1979", "капітан"],
]

Maker = Callable[..., Path]


def shared(folder: str) -> Path:
    """A folder of the shared test data, or the reason why this test is left out."""
    found = SHARED / folder
    if not found.exists():
        pytest.skip(f"the shared test data are not on this machine: {found}")
    return found


def naughty_strings() -> list[str]:
    """The list of strings that break programs."""
    return json.loads((shared("hostile") / "blns" / "blns.json").read_text(encoding="utf-8"))


@pytest.fixture
def written(tmp_path: Path) -> Maker:
    """Write bytes, or rows as CSV, under a name."""

    def write(content: bytes | list[list[object]], *, name: str = "register.csv", encoding: str = "utf-8") -> Path:
        if not isinstance(content, bytes):
            text = io.StringIO(newline="")
            csv.writer(text, delimiter=";").writerows(content)
            content = text.getvalue().encode(encoding, errors="ignore")
        if name.endswith(".gz"):
            content = gzip.compress(content)
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Maker:
    """Write rows as XLSX; ``also`` may change the sheet before it is saved."""

    def write(rows: list[list[object]], *, name: str = "register.xlsx", also: Callable = lambda sheet: None) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in rows:
            sheet.append(row)
        also(sheet)
        book.save(tmp_path / name)
        return tmp_path / name

    return write
