"""Lists of persons read from CSV files: any subset of the known columns, UTF-8, with or without a byte order mark.

A list is read column by column and in pieces, so that a long one takes no more memory than it must. Whatever is wrong
is said with file, line and remedy.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from kinmatch.dates import parse
from kinmatch.person import COLUMNS
from kinmatch.table import FACTS, Table

LONGEST_CELL = 1_000_000
PIECE = 10_000  # persons read at a time
NAMED = frozenset({"full_name", "surname", "given", "service_number"})
# Columns in which nearly every text is another: remembering them would cost more than it spares.
OWN_TEXTS = frozenset({"full_name", "service_number"})


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


@dataclass(frozen=True)
class _Columns:
    """Where the known columns stand in a row, and how many cells a row has."""

    places: dict[str, int]
    cells: int


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
    same: dict[str, dict[str, str]] = {fact: {} for fact in FACTS if fact not in OWN_TEXTS}
    for piece in read_pieces(path, tally=tally):
        for fact, texts in piece.columns.items():
            known = same.get(fact)
            column = whole.columns.setdefault(fact, [""] * len(whole))
            column += texts if known is None else [known.setdefault(text, text) for text in texts]
        whole.ids += piece.ids
        for column in whole.columns.values():
            column += [""] * (len(whole) - len(column))
    return whole


def _pieces(file: TextIO, tally: Tally, size: int, skip: int) -> Iterator[Table]:
    separator = max(",;\t", key=file.readline().count)
    file.seek(0)
    reader = csv.reader(file, delimiter=separator)
    columns = _columns(tally.path, next(reader, []))
    while lines := [(row, reader.line_num) for row in islice(reader, size)]:
        table = _table(lines, columns)
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
    return _Columns(places, len(names))


def _table(lines: list[tuple[list[str], int]], columns: _Columns) -> Table:
    """The rows as a table, rows without any known text left out."""
    none = [""] * columns.cells
    rows = [row if len(row) >= columns.cells else row + none[len(row) :] for row, _line in lines]
    cells = {name: [row[place].strip() for row in rows] for name, place in columns.places.items()}
    filled = [place for place, texts in enumerate(zip(*cells.values(), strict=True)) if any(texts)]
    told = cells.pop("id", [""] * len(rows))
    ids = [own or str(line) for own, (_row, line) in zip(told, lines, strict=True)]
    table = Table(ids, {fact: texts for fact, texts in cells.items() if any(texts)})
    return table if len(filled) == len(rows) else table.take(filled)


def _count_doubtful(table: Table, tally: Tally) -> None:
    for place, text in enumerate(table.columns.get("birth_date", ())):
        if text and parse(text) is None:
            tally.doubtful += 1
            tally.first_doubtful = tally.first_doubtful or f"{text[:40]!r} of {table.ids[place]}"


def _first_bad_line(path: Path) -> int:
    """The number of the first line that is no UTF-8."""
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.decode("utf-8", "ignore").encode() != line:
                return number
    return number
