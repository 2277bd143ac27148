"""What stands in a cell, how it is shown to a person, and how it is kept for ever."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Kept = str | int | float | bool | None | dict[str, str]

NUL_PICTURE = "␀"
LOST_LETTER = "\ufffd"
# Excel counts at most 2**53 exactly; a longer number has already lost its last digits when it reaches us.
LARGEST_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader noticed and did, so that nothing is changed in silence.

    ``kind`` is a key of ``messages.NOTES``; ``column`` counts from 0; ``detail`` fills the sentence.
    """

    kind: str
    column: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number a person sees beside it in the spreadsheet, its cells, and what was noticed in reading it."""

    number: int
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...] = ()

    def cell(self, column: int) -> Cell:
        """The cell in ``column`` (from 0), None beyond the end of a ragged row."""
        return self.cells[column] if column < len(self.cells) else None


def is_blank(cell: Cell) -> bool:
    """Nothing a person would see: empty, spaces, no-break spaces, zero-width marks."""
    if cell is None:
        return True
    if not isinstance(cell, str) or cell[:1].isalnum():  # nearly every cell: nothing more need be looked at
        return False
    return not cell or all(letter.isspace() or unicodedata.category(letter) == "Cf" for letter in cell)


def tidy(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells without the empty tail; whole floats as integers, because spreadsheets know no integers."""
    kept = [None if cell == "" else _whole(cell) for cell in cells]
    while kept and is_blank(kept[-1]):
        kept.pop()
    return tuple(kept)


def _whole(cell: Cell) -> Cell:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= LARGEST_EXACT:
        return int(cell)
    if isinstance(cell, str) and "\0" in cell:
        return cell.replace("\0", NUL_PICTURE)
    return cell


def shown(cell: Cell) -> str:
    """The cell as one text, the way a person would type it; dates in ISO 8601, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e21 else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def keep(cell: Cell) -> Kept:
    """The cell as JSON can hold it, its type with it, so that the raw row can be read back years later."""
    if isinstance(cell, float) and (cell != cell or cell in {float("inf"), float("-inf")}):
        return {"number": repr(cell)}
    if cell is None or isinstance(cell, str | bool | int | float):
        return cell
    if isinstance(cell, dt.datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, dt.time):
        return {"time": cell.isoformat()}
    return {"duration": str(cell.total_seconds())}


READERS: dict[str, Callable[[str], Cell]] = {
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "number": float,
    "duration": lambda seconds: dt.timedelta(seconds=float(seconds)),
}


def kept(value: Kept) -> Cell:
    """The cell that ``keep`` wrote down."""
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return READERS[kind](text)
    return value
