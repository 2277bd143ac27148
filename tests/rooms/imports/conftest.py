"""A registry officer, and registers to receive."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from kinline.imports import actions, queries
from kinline.imports.drafting import About
from kinline.imports.models import Batch
from kinline.ledger.actions import Document
from kinline.matching import engine
from kinline.tables import mapping
from tests import people
from tests.bureau import NOON, acting

HEADINGS = ["№ з/п", "Прізвище", "Ім'я", "По батькові", "Дата народження", "Звання", "Особистий номер", "Примітка"]
GOOD = [
    [1, "Гончаренко", "Степан", "Ілліч", "14.03.1990", "солдат", "АА-100001", "лікувався"],
    [2, "Дорошко", "Олена", "Іванівна", "02.11.1985", "сержант", "АА-100002", None],
    [3, "Живолуп", "Тарас", "Олегович", "1979", "капітан", "АА-100003", None],
]
ABOUT = About(detaining_power="RU", power_of_origin="UA", source="Список іншої сторони", reliability="B")
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _fresh_index():
    engine.forget()
    yield
    engine.forget()


@pytest.fixture
def daryna(db):
    return acting(people.DARYNA)


def sheet(rows: list[list[object]], *, headings: list[str] | None = None) -> Document:
    """Rows as an XLSX register."""
    book = openpyxl.Workbook()
    for row in [headings or HEADINGS, *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return Document(out.getvalue(), "register.xlsx", "application/vnd.ms-excel")


@pytest.fixture
def checked(daryna) -> Callable[..., Batch]:
    """Receive and check a register as it is guessed."""

    def check(rows: list[list[object]], **wishes: object) -> Batch:
        batch = actions.receive(sheet(rows, **wishes), about=ABOUT, actor=daryna, at=NOON).batch
        chosen = mapping.from_json(batch.mapping, name=batch.file_name)
        actions.begin_check(batch, chosen, actor=daryna, at=NOON)
        actions.check_rows(batch, actor=daryna, at=NOON)
        return batch

    return check


@pytest.fixture
def added(checked, daryna) -> Callable[..., Batch]:
    """Receive, check and add a register."""

    def add(rows: list[list[object]]) -> Batch:
        batch = checked(rows)
        actions.begin_adding(batch, actor=daryna, at=NOON)
        actions.add_rows(batch, actor=daryna, at=NOON)
        return batch

    return add


def outcomes(batch: Batch) -> dict[str, int]:
    """Rows by what became of them, zeros left out."""
    return {name: count for name, count in vars(queries.counts(batch)).items() if count}


def stored(tmp_path: Path, document: Document) -> Path:
    """The document as a file."""
    path = tmp_path / document.file_name
    path.write_bytes(document.content)
    return path
