"""Workbooks: XLSX, XLSB, XLS and ODS, read by calamine; very sparse ones by openpyxl, slow but in little room."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import python_calamine

from kinline.tables import sheet_xml
from kinline.tables.cells import LOST_LETTER, NUL_PICTURE, Note, Row, is_blank, tidy
from kinline.tables.opening import Source, damaged
from kinline.tables.refusal import TableRefused

# The fast reader lays a sheet out as a full rectangle of cells of 32 bytes each.
LARGEST_RECTANGLE = 12_000_000
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Sheet:
    """One sheet, opened: its rows in order, numbered as the program shows them."""

    name: str
    others: tuple[str, ...]
    hidden: tuple[str, ...]
    height: int
    merged: list[Merged]
    rows: Iterator[Row]
    notes: dict[int, list[Note]] = field(default_factory=dict)


@contextlib.contextmanager
def opened(source: Source, *, sheet: str = "") -> Iterator[Sheet]:
    """The sheet named, else the first visible one that is not empty.

    Raises:
        TableRefused: locked, damaged, empty, or without a sheet of that name.
    """
    with guarded(source.name):
        book = python_calamine.load_workbook(source.path)
    with guarded(source.name):
        yield _chosen(book, source, sheet)


@contextlib.contextmanager
def guarded(name: str) -> Iterator[None]:
    """Turn whatever a reader of foreign files throws into a refusal."""
    try:
        yield
    except python_calamine.PasswordError as failure:
        raise TableRefused("table.locked", "password", name=name) from failure
    except python_calamine.CalamineError as failure:
        raise damaged(name, where=type(failure).__name__) from failure
    except BaseException as failure:
        # A panic in the reader's Rust arrives as a BaseException of a type that cannot be imported.
        if type(failure).__name__ != "PanicException":
            raise
        raise damaged(name, where="PanicException") from failure


def _chosen(book: Any, source: Source, wanted: str) -> Sheet:
    names = [each.name for each in book.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
    hidden = {each.name for each in book.sheets_metadata if each.visible != python_calamine.SheetVisibleEnum.Visible}
    if wanted and wanted not in names:
        raise TableRefused("table.no-such-sheet", "no such sheet", name=source.name, sheets=", ".join(names))
    members = sheet_xml.parts(source.path) if source.form == "xlsx" else []
    order = book.sheet_names
    seen = []
    for name in [wanted] if wanted else sorted(names, key=lambda each: each in hidden):
        place = order.index(name)
        extent = sheet_xml.survey(source.path, members[place]) if place < len(members) else sheet_xml.Extent()
        sheet = _read(book, source, name, extent)
        if sheet is not None:
            seen.append(sheet)
            break
    if not seen:
        raise TableRefused("table.empty", "no cells", name=source.name)
    chosen: Sheet = seen[0]
    chosen.others = tuple(name for name in names if name != chosen.name and name not in hidden and _filled(book, name))
    chosen.hidden = tuple(name for name in names if name != chosen.name and name in hidden)
    return chosen


def _filled(book: Any, name: str) -> bool:
    sheet = book.get_sheet_by_name(name)
    return sheet.start is not None


def _read(book: Any, source: Source, name: str, extent: sheet_xml.Extent) -> Sheet | None:
    if extent.rows * max(extent.columns, 26) > LARGEST_RECTANGLE:
        rows = _sparse(source, name)
        return Sheet(name, (), (), extent.rows, [], _numbered(rows, extent.notes), extent.notes)
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return None
    merged = sheet.merged_cell_ranges or []
    return Sheet(name, (), (), sheet.total_height, merged, _numbered(sheet.iter_rows(), extent.notes), extent.notes)


def _sparse(source: Source, name: str) -> Iterator[list[Any]]:
    """Row by row, for a sheet with cells at the far end of the world."""
    try:
        book = openpyxl.load_workbook(source.path, read_only=True, data_only=True, keep_links=False)
        sheet = book[name]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield list(row)
        book.close()
    except (KeyError, ValueError, TypeError, IndexError) as failure:
        raise damaged(source.name, where=type(failure).__name__) from failure


def _numbered(rows: Iterator[list[Any]], notes: dict[int, list[Note]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=1):
        if not any(cell is not None and cell != "" for cell in cells):
            if any(note.kind != "hidden-row" for note in notes.get(number, ())):
                yield Row(number, (), tuple(notes[number]))
            continue
        kept = tidy(cells)
        if kept and not all(is_blank(cell) for cell in kept):
            yield Row(number, kept, (*notes.get(number, ()), *_lost(kept)))


def _lost(cells: tuple[Any, ...]) -> Iterator[Note]:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            if LOST_LETTER in cell:
                yield Note("letters-lost", column)
            if NUL_PICTURE in cell:
                yield Note("control-character", column)
