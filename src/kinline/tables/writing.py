"""Writing tables: CSV, XLSX and JSON lines, as a stream, and safe to open.

A spreadsheet program runs a cell that begins like a formula; such a cell gets an apostrophe in front, which the
programs hide and this room takes off again. Source: OWASP, CSV Injection.
"""

import csv
import json
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from kinline.tables.cells import Cell, shown
from kinline.tables.refusal import TableRefused

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# XML 1.0 has no place for these, so each is shown by its picture in the block "Control Pictures".
UNPRINTABLE = {code: 0x2400 + code for code in range(32) if code not in {9, 10, 13}} | {
    0x7F: 0x2421,
    0xFFFE: 0xFFFD,
    0xFFFF: 0xFFFD,
}
ESCAPED_LETTER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
LONGEST_IN_XLSX = 32_767
CUT = "…"
BAD = PatternFill("solid", fgColor="FFFDE2A8")
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Line:
    """One row to write; ``bad`` are the columns (from 0) to be coloured."""

    cells: tuple[Cell, ...]
    bad: Collection[int] = ()


def safe(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet program would run it.

    >>> safe("=1+1"), safe("Коваль"), safe("-")
    ("'=1+1", 'Коваль', "'-")
    """
    return "'" + text if text.lstrip(" \u00a0\ufeff").startswith(STARTS_A_FORMULA) else text


def csv_lines(
    headings: Iterable[str], rows: Iterable[Iterable[Cell]], *, bom: bool = True, delimiter: str = ","
) -> Iterator[str]:
    """The table as lines of CSV in UTF-8, with the mark that Excel needs to see that it is UTF-8."""
    echo = _Echo()
    write = csv.writer(echo, delimiter=delimiter, lineterminator="\r\n")
    write.writerow([safe(text) for text in headings])
    yield ("\ufeff" if bom else "") + echo.last
    for cells in rows:
        write.writerow([_for_csv(cell) for cell in cells])
        yield echo.last


class _Echo:
    """The csv module wants a file; this one only remembers the last line."""

    last = ""

    def write(self, line: str) -> int:
        """Remember ``line``."""
        self.last = line
        return len(line)


def _for_csv(cell: Cell) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return shown(cell)
    return safe(_sound(shown(cell)))


def _sound(text: str) -> str:
    """The text without halves of letters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object a line; letters of every alphabet as themselves."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, default=shown) + "\n"


def write_xlsx(path: Path, headings: Iterable[str], lines: Iterable[Line], *, sheet: str = "Kinline") -> int:
    """Write a workbook with one sheet, row by row, and return how many rows it has.

    Raises:
        TableRefused: the disk is full or the folder closed; no half-written file stays behind.
    """
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as out:
            count = stream_xlsx(out, headings, lines, sheet=sheet)
        draft.replace(path)
    except OSError as failure:
        draft.unlink(missing_ok=True)
        raise TableRefused("table.cannot-write", f"cannot write: {type(failure).__name__}", name=path.name) from failure
    return count


def stream_xlsx(out: IO[bytes], headings: Iterable[str], lines: Iterable[Line], *, sheet: str = "Kinline") -> int:
    """Write a workbook into an open file; cells in ``bad`` are coloured."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    titles = list(headings)
    for place in range(1, len(titles) + 1):
        page.column_dimensions[get_column_letter(place)].width = 22
    page.append([_cell(page, text, font=BOLD) for text in titles])
    count = 0
    for line in lines:
        page.append(
            [_cell(page, cell, fill=BAD if place in line.bad else None) for place, cell in enumerate(line.cells)]
        )
        count += 1
    book.save(out)
    return count


def _cell(page: Any, value: Cell, *, font: Font | None = None, fill: PatternFill | None = None) -> Any:
    cell: Any = WriteOnlyCell(page)
    if isinstance(value, str):
        # Text is declared as text, so nothing in it is ever a formula; openpyxl has no public way to say so.
        cell._value, cell.data_type = for_xlsx(value), "s"
    elif not isinstance(value, float) or math.isfinite(value):
        cell.value = value
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
        cell.alignment = WRAPPED
    return cell


def for_xlsx(text: str) -> str:
    """The text as a workbook can hold it: unprintable letters as pictures, at most 32,767 letters."""
    text = ESCAPED_LETTER.sub("_x005F_", _sound(text).translate(UNPRINTABLE))
    return text if len(text) <= LONGEST_IN_XLSX else text[: LONGEST_IN_XLSX - 1] + CUT


def write_text(path: Path, lines: Iterable[str]) -> None:
    """Write lines into a file whole or not at all.

    Raises:
        TableRefused: the disk is full or the folder closed.
    """
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as out:
            out.writelines(lines)
        draft.replace(path)
    except OSError as failure:
        draft.unlink(missing_ok=True)
        raise TableRefused("table.cannot-write", f"cannot write: {type(failure).__name__}", name=path.name) from failure
