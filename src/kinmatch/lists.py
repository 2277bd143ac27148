"""Lists of persons read from CSV files: any subset of the known columns, UTF-8, with or without a byte order mark.

A list is read column by column and in pieces, so that a long one takes no more memory than it must. Whatever is wrong
is said with file, line and remedy.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from typing import TextIO

from kinmatch.dates import parse
from kinmatch.person import COLUMNS
from kinmatch.table import Table

LONGEST_CELL = 1_000_000
PIECE = 10_000  # persons read at a time
FEW = 500  # the same where all are kept: what fits a processor's cache is read a third faster
MOST_TEXTS = 1_000_000  # remembered of one column
NAMED = frozenset({"full_name", "surname", "given", "service_number"})
# Columns in which nearly every text is another: remembering them would cost more than it spares.
OWN_TEXTS = frozenset({"id", "full_name", "service_number"})


class UnreadableList(ValueError):  # noqa: N818 - said as the desk says it
    """A list cannot be used as it stands; the message says where and what to mend."""


@dataclass
class Tally:
    """What was met while one list was read: persons, and dates of birth that are no dates."""

    path: Path
    persons: int = 0
    doubtful: int = 0
    first_doubtful: str = ""

    @property
    def words(self) -> str:
        """A sentence on the dates that cannot be compared; "" where there are none."""
        if not self.doubtful:
            return ""
        return (
            f"{self.path}: {self.doubtful} dates of birth cannot be read (the first: {self.first_doubtful}). They are "
            "kept as written and not compared; a date is YYYY-MM-DD, YYYY-MM or YYYY, with ~ at the end for about."
        )


class _Texts(dict[str, str]):
    """The texts of one column met before, without blanks around them; each is held once."""

    def __missing__(self, text: str) -> str:
        if len(self) > MOST_TEXTS:
            self.clear()
        bare = text.strip()
        kept = self[text] = text if bare == text else self[bare]
        return kept


@dataclass(frozen=True)
class _Columns:
    """Where the known columns stand in a row, how many cells a row has, and what makes a cell of each column a text."""

    places: dict[str, int]
    cells: int
    reads: dict[str, Callable[[str], str]]


def read_pieces(path: Path, *, tally: Tally | None = None, size: int = PIECE, skip: int = 0) -> Iterator[Table]:
    """Yield the persons of a CSV file, ``size`` at a time; unknown columns are passed over, empty rows left out.

    A person without an ``id`` gets the number of the line as one.

    Args:
        path: the file.
        tally: is told what was met.
        size: persons in a table, except the last.
        skip: persons at the beginning that are left out.

    Raises:
        UnreadableList: the file is missing, is no UTF-8 text, or has no column with a name.
    """
    counted = tally or Tally(path)
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _pieces(file, counted, size, skip)
    except OSError as error:
        raise UnreadableList(f"{path} cannot be opened: {error.strerror}. Check the name.") from error
    except UnicodeDecodeError as error:
        raise UnreadableList(
            f"{path} is not UTF-8 (line {_first_bad_line(path)}). Save it as CSV UTF-8 and try again."
        ) from error
    except csv.Error as error:
        raise UnreadableList(f"{path} is not a whole CSV file: {error}. Save it anew and try again.") from error


def read_table(path: Path, *, tally: Tally | None = None) -> Table:
    """Return all persons of a CSV file; texts that come again are held once. Raises as ``read_pieces`` does."""
    whole = Table([], {})
    for piece in read_pieces(path, tally=tally, size=FEW):
        for fact, texts in piece.columns.items():
            if fact not in whole.columns:
                whole.columns[fact] = [""] * len(whole)
            whole.columns[fact] += texts
        whole.ids += piece.ids
        for column in whole.columns.values():
            column += [""] * (len(whole) - len(column))
    return whole


def _pieces(file: TextIO, tally: Tally, size: int, skip: int) -> Iterator[Table]:
    separator = max(",;\t", key=file.readline().count)
    file.seek(0)
    reader = csv.reader(file, delimiter=separator)
    columns = _columns(tally.path, next(reader, []))
    line = reader.line_num
    while rows := list(islice(reader, size)):
        table = _table(rows, columns, range(line + 1, reader.line_num + 1))
        line = reader.line_num
        left_out = min(skip, len(table))
        skip -= left_out
        table = table.part(left_out, len(table)) if left_out else table
        tally.persons += len(table)
        _count_doubtful(table, tally)
        if len(table):
            yield table


def _columns(path: Path, names: list[str]) -> _Columns:
    known = [name.strip().lower() for name in names]
    places = {name: place for place, name in enumerate(known) if name in COLUMNS}
    if not NAMED & places.keys():
        raise UnreadableList(
            f"{path} has no column full_name, surname, given or service_number in its first line. "
            f"Known: {', '.join(COLUMNS)}."
        )
    twice = next((name for name in places if known.count(name) > 1), "")
    if twice:
        raise UnreadableList(f"{path} has the column {twice} twice. Leave one of them.")
    reads = {name: str.strip if name in OWN_TEXTS else _Texts().__getitem__ for name in places}
    return _Columns(places, len(names), reads)


def _table(rows: list[list[str]], columns: _Columns, lines: range) -> Table:
    """The rows as a table, rows without any known text left out. ``lines`` are those of the file they stand in."""
    if set(map(len, rows)) != {columns.cells}:
        rows = [(row + [""] * columns.cells)[: columns.cells] for row in rows]
    by_place = list(zip(*rows, strict=True))
    cells = {name: list(map(columns.reads[name], by_place[place])) for name, place in columns.places.items()}
    filled = list(map(any, zip(*cells.values(), strict=True)))
    told = cells.pop("id", [""] * len(rows))
    if not all(told):
        numbers = lines if len(lines) == len(rows) else _last_lines(rows, lines)
        told = [own or str(line) for own, line in zip(told, numbers, strict=True)]
    table = Table(told, {fact: texts for fact, texts in cells.items() if any(texts)})
    return table if all(filled) else table.take(place for place, one in enumerate(filled) if one)


def _last_lines(rows: list[list[str]], lines: range) -> list[int]:
    """The last line of every row, where some cells hold several lines."""
    breaks = (sum(cell.count("\n") + cell.count("\r") - cell.count("\r\n") for cell in row) for row in rows)
    return [lines.start + row + before for row, before in enumerate(accumulate(breaks))]


def _count_doubtful(table: Table, tally: Tally) -> None:
    dates = table.columns.get("birth_date", [])
    doubtful = {text for text in set(dates) if text and parse(text) is None}
    if doubtful:
        places = [place for place, text in enumerate(dates) if text in doubtful]
        tally.doubtful += len(places)
        first = f"{dates[places[0]][:40]!r} of {table.ids[places[0]]}"
        tally.first_doubtful = tally.first_doubtful or first


def _first_bad_line(path: Path) -> int:
    """The number of the first line that is no UTF-8."""
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.decode("utf-8", "ignore").encode() != line:
                return number
    return number
