"""Where the headings are, and what each row under them is.

Registers carry titles above the headings, headings in two or three rows, merged cells, a row of column numbers, section
headings between the people, totals and signatures below. A row that might be a person is never taken for a heading:
where no heading can be recognised for certain the columns get letters, and every row is kept.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kinline.tables import header_words
from kinline.tables.cells import Cell, Note, Row, is_blank, shown
from kinline.tables.sheet_xml import column_letters

PEEK = 60
Merged = tuple[tuple[int, int], tuple[int, int]]
TOTAL = re.compile(r"^\s*(?:всього|усього|разом|підсумок|итого|всего|total|sum|grand total)\b", re.IGNORECASE)
HXL = re.compile(r"^#[a-z][a-z0-9_]*(?:\s*\+[a-z0-9_]+)*\s*$", re.IGNORECASE)
NOT_A_PERSON = frozenset({"heading", "total", "header-again", "column-marks"})
TYPED = re.compile(r"\d")
NAME_LIKE = re.compile(r"(?:ович|евич|івна|овна|евна|йович|ївна)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """One column: its place from 0, its letters in the spreadsheet, its heading and the row of it last read."""

    index: int
    letters: str
    heading: str
    leaf: str = ""


@dataclass
class Layout:
    """What was found out from the first rows."""

    header_row_number: int | None
    columns: tuple[Column, ...]
    first: list[Row]
    skipped: list[Row] = field(default_factory=list)


def find(first: list[Row], merged: Sequence[Merged], *, header_row: int | None = None) -> Layout:
    """The headings among ``first`` (at most ``PEEK`` rows), and the rows of ``first`` under them."""
    at = next((place for place, row in enumerate(first) if row.number == header_row), None)
    if header_row is None:
        at = _heading_at(first)
    if at is None:
        return Layout(None, _columns(first, []), first)
    top, bottom = _block(first, at, merged)
    labels = _labels(first[top : bottom + 1], merged)
    under = bottom + 1
    return Layout(first[bottom].number, _columns(first[under:], labels), first[under:], first[:under])


def _texts(row: Row) -> list[str]:
    return [shown(cell).strip() for cell in row.cells if not is_blank(cell)]


def _known(row: Row) -> int:
    return sum(header_words.says_a_field(text) for text in _texts(row))


def _heading_at(first: list[Row]) -> int | None:
    usual = _usual_width(first)
    for place, row in enumerate(first[:40]):
        count, texts = _known(row), _texts(row)
        # Two words of the list, or one above a narrow table; the fullest of the next two wins.
        narrow = usual <= 2 and all(len(_texts(before)) < len(texts) for before in first[:place])
        if count >= 2 or (count == 1 and len(texts) <= 2 and narrow):
            nearby = {each: _known(first[each]) for each in range(place, min(place + 3, len(first)))}
            later = max(nearby, key=lambda each: (nearby[each], -each))
            return later if nearby[later] > count and _wordy(first[later]) else place
    for place in range(min(10, len(first) - 1)):
        if _unlike_what_follows(first, place, usual):
            return place
        if len(_texts(first[place])) >= max(2, 0.7 * usual):
            return None  # a full row that is no heading: the people begin here
    return None


def _usual_width(first: list[Row]) -> int:
    widths = Counter(len(_texts(row)) for row in first)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 0


def _wordy(row: Row) -> bool:
    """Only words: no numbers, no dates, nothing that looks like a name of a person."""
    texts = _texts(row)
    digits = sum(bool(TYPED.search(text)) for text in texts)
    return bool(texts) and digits <= len(texts) // 4 and not any(NAME_LIKE.search(text) for text in texts)


def _unlike_what_follows(first: list[Row], place: int, usual: int) -> bool:
    """A full row of different short words, above rows that hold numbers or dates in some of its columns."""
    row, below = first[place], first[place + 1 : place + 12]
    texts = _texts(row)
    if len(texts) < max(2, 0.7 * usual) or not _wordy(row) or len(set(texts)) < 0.8 * len(texts):
        return False
    if any(len(text) > 60 for text in texts):
        return False
    for column, cell in enumerate(row.cells):
        under = [shown(each.cell(column)) for each in below if not is_blank(each.cell(column))]
        digits = sum(bool(TYPED.search(text)) for text in under)
        if isinstance(cell, str) and not TYPED.search(cell) and under and digits >= 0.8 * len(under):
            return True
    return False


def _block(first: list[Row], at: int, merged: Sequence[Merged]) -> tuple[int, int]:
    """The first and the last place of the rows of headings around ``at``."""
    top = bottom = at
    while bottom + 1 < len(first) and _continues(first[bottom], first[bottom + 1], merged):
        bottom += 1
    while top > 0 and _heads(first[top - 1], first[top], merged):
        top -= 1
    return top, bottom


def _continues(upper: Row, lower: Row, merged: Sequence[Merged]) -> bool:
    """Whether ``lower`` is a second row of the headings: it names what ``upper`` left open."""
    if lower.number != upper.number + 1 or not _wordy(lower):
        return False
    open_below = _spread(upper, merged)
    filled = [column for column, cell in enumerate(lower.cells) if not is_blank(cell)]
    complements = [column for column in filled if is_blank(upper.cell(column)) or column in open_below]
    return (
        len(complements) == len(filled)
        and len(filled) >= 2
        and _known(lower) >= 1
        and len(filled) < len(upper.cells) + 1
    )


def _heads(upper: Row, lower: Row, merged: Sequence[Merged]) -> bool:
    """Whether ``upper`` groups the headings of ``lower``: several cells, at least one of them over several columns."""
    texts = _texts(upper)
    if upper.number != lower.number - 1 or len(texts) < 2 or not _wordy(upper):
        return False
    return len(texts) < len(_texts(lower)) + 1 and bool(_spread(upper, merged)) and len(set(texts)) == len(texts)


def _spread(row: Row, merged: Sequence[Merged]) -> set[int]:
    """The columns over which a cell of this row reaches: by merging or, where none is known, by blanks beside it."""
    spans = [
        (left, right) for (top, left), (bottom, right) in merged if top <= row.number - 1 <= bottom and right > left
    ]
    if spans or merged:
        return {column for left, right in spans for column in range(left, right + 1)}
    covered: set[int] = set()
    open_at = None
    for column, cell in enumerate(row.cells):
        if not is_blank(cell):
            open_at = column
        elif open_at is not None:
            covered |= {open_at, column}
    return covered


def _labels(rows: Sequence[Row], merged: Sequence[Merged]) -> list[tuple[str, str]]:
    """For each column the whole heading, upper rows first, and its lowest part."""
    width = max(len(row.cells) for row in rows)
    labels = []
    filled = [_filled_right(row, merged, width) if row is not rows[-1] else row.cells for row in rows]
    for column in range(width):
        parts: list[str] = []
        for cells in filled:
            text = " ".join(shown(cells[column]).split()) if column < len(cells) else ""
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        labels.append((" / ".join(parts), parts[-1] if parts else ""))
    return labels


def _filled_right(row: Row, merged: Sequence[Merged], width: int) -> tuple[Cell, ...]:
    covered = _spread(row, merged) if merged else set(range(width))
    cells: list[Cell] = []
    last: Cell = None
    for column in range(width):
        cell = row.cell(column)
        if not is_blank(cell):
            last = cell
        cells.append(last if is_blank(cell) and column in covered else cell)
    return tuple(cells)


def _columns(under: list[Row], labels: list[tuple[str, str]]) -> tuple[Column, ...]:
    """Every column that has a heading or, in the rows seen, a value."""
    width = max([len(labels), *(len(row.cells) for row in under)], default=0)
    found = []
    for index in range(width):
        heading, leaf = labels[index] if index < len(labels) else ("", "")
        if heading or any(not is_blank(row.cell(index)) for row in under):
            found.append(Column(index, column_letters(index), heading, leaf))
    return tuple(found)


def _counts_columns(texts: Sequence[str]) -> bool:
    """The row "1 2 3 4 5" that official forms have under their headings."""
    return len(texts) >= 5 and texts[0] == "1" and list(texts) == [str(number) for number in range(1, len(texts) + 1)]


def judged(rows: Iterator[Row], layout: Layout, merged: Sequence[Merged]) -> Iterator[Row]:
    """The rows of people, each with notes where it looks like something else, and with merged cells filled in."""
    heading = {column.index: column.leaf for column in layout.columns if column.leaf}
    width = max((column.index for column in layout.columns), default=0) + 1
    tall = [span for span in merged if span[1][0] > span[0][0]]
    carried: dict[int, tuple[int, int, Cell]] = {}
    for row in rows:
        filled = _fill_down(row, tall, carried) if tall else row
        notes = tuple(_row_notes(filled, heading, width))
        yield Row(filled.number, filled.cells, (*filled.notes, *notes)) if notes else filled


def _fill_down(row: Row, tall: list[Merged], carried: dict[int, tuple[int, int, Cell]]) -> Row:
    """A cell merged over several rows speaks for each of them."""
    cells, notes = list(row.cells), list(row.notes)
    at = row.number - 1
    for (top, left), (bottom, _right) in tall:
        if top == at:
            carried[left] = (row.number, bottom, row.cell(left))
    for column, (origin, bottom, cell) in carried.items():
        if origin < row.number <= bottom + 1 and not is_blank(cell):
            cells.extend([None] * (column + 1 - len(cells)))
            if is_blank(cells[column]):
                cells[column] = cell
                notes.append(Note("merged", column, str(origin)))
    return Row(row.number, tuple(cells), tuple(notes))


def _repeats(row: Row, heading: dict[int, str]) -> bool:
    """Whether the row says nothing but the headings once more."""
    for column, leaf in heading.items():
        said = shown(row.cell(column)).strip()
        if said and said != leaf:
            return False
    return True


def _row_notes(row: Row, heading: dict[int, str], width: int) -> Iterator[Note]:
    texts = _texts(row)
    if _counts_columns(texts) or (texts and all(HXL.match(text) for text in texts)):
        yield Note("column-marks")
    elif len(heading) > 1 and len(texts) > 1 and _repeats(row, heading):
        yield Note("header-again")
    elif (texts and TOTAL.match(texts[0])) or (len(texts) > 1 and TOTAL.match(texts[1]) and len(texts) < width):
        yield Note("total")
    elif len(texts) == 1 and width >= 3 and not TYPED.fullmatch(texts[0]):
        yield Note("heading")
    if heading and len(row.cells) > width:
        yield Note("too-many-cells")
