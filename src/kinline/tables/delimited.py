"""Tables as text: comma, semicolon, tab, pipe; quoted newlines; quotation marks that somebody forgot to close."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kinline.tables.cells import LOST_LETTER, Note, Row, tidy
from kinline.tables.letters import Encoding
from kinline.tables.refusal import TableRefused

DELIMITERS = ",;\t|"
# Beyond these a quotation mark was opened and forgotten, and the rest of the file would be swallowed by one cell.
LONGEST_RECORD = 100
LONGEST_LINE = 1_000_000
# The csv module refuses cells above 128 KB with an error that names no row; the length of lines is bounded here anyway.
csv.field_size_limit(LONGEST_RECORD * LONGEST_LINE)
CONTROL = frozenset(map(chr, [*range(9), 11, 12, *range(14, 32), 127]))


class Lines:
    """The lines of a text file, with the encoding of each, and the possibility of taking them back."""

    def __init__(self, path: Path, encoding: Encoding, *, name: str) -> None:
        self.name = name
        self.encoding = encoding
        self.taken = 0
        self.second: list[int] = []
        self._back: list[str] = []
        self._raw = path.open("rb")
        self._text = None if encoding.second else io.TextIOWrapper(self._raw, encoding.name, "replace", newline="")

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def take(self) -> str:
        """The next line with its end, or nothing at the end of the file."""
        line = self._back.pop() if self._back else self._read()
        self.taken += bool(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        """Let ``lines`` be taken once more."""
        self._back.extend(reversed(lines))
        self.taken -= len(lines)

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE) if self._text is not None else self._mixed()
        if len(line) >= LONGEST_LINE:
            where = str(self.taken + 1)
            raise TableRefused("table.line-too-long", f"line {where} too long", name=self.name, where=where)
        return line

    def _mixed(self) -> str:
        raw = self._raw.readline(LONGEST_LINE)
        try:
            return raw.decode(self.encoding.name)
        except UnicodeDecodeError:
            self.second.append(self.taken + 1)
            return raw.decode(self.encoding.second, errors="replace")


def delimiter_of(sample: str) -> str:
    """The delimiter that cuts the most lines into the same number of cells, more than one; a comma when none does."""
    if sample[:5].lower().startswith("sep=") and len(sample) > 4:
        return sample[4]
    return max(DELIMITERS, key=lambda mark: (_evenness(sample, mark), sample.count(mark)))


def _evenness(sample: str, mark: str) -> float:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
    try:
        widths = Counter(len(record) for record in reader if any(cell.strip() for cell in record))
    except csv.Error:
        return 0.0
    several = {width: times for width, times in widths.items() if width > 1}
    if not several:
        return 0.0
    width, times = max(several.items(), key=lambda item: (item[1], item[0]))
    return times / widths.total() + min(width, 20) / 100


def rows(lines: Lines, *, delimiter: str) -> Iterator[Row]:
    """Every row that is not blank, numbered as a spreadsheet program would number it."""
    number = 0
    while True:
        first = lines.taken + 1
        line = lines.take()
        if not line:
            return
        number += 1
        if number == 1 and line[:4].lower() == "sep=":
            continue
        cells, odd = _record(line, lines, delimiter)
        kept = tidy(cells)
        if any(cell is not None and str(cell).strip() for cell in kept):
            yield Row(number=number, cells=kept, notes=tuple(_notes(cells, odd, lines, first)))


def _record(line: str, lines: Lines, delimiter: str) -> tuple[list[str], str]:
    """One record, which may go on over several lines, and what was odd about it."""
    if '"' not in line:
        return line.rstrip("\r\n").split(delimiter), ""
    taken = [line]

    def further() -> Iterator[str]:
        yield line
        while len(taken) < LONGEST_RECORD and (following := lines.take()):
            taken.append(following)
            yield following

    try:
        return next(csv.reader(further(), delimiter=delimiter, strict=True)), ""
    except (csv.Error, StopIteration):
        lines.give_back(taken[1:])
    return _without_rules(line, delimiter)


def _without_rules(line: str, delimiter: str) -> tuple[list[str], str]:
    """A line whose quotation marks follow no rule, read by itself."""
    marks = line.count('"')
    text = line.rstrip("\r\n")
    if marks % 2:
        return next(csv.reader([text], delimiter=delimiter, quoting=csv.QUOTE_NONE)), "open-quote"
    return next(csv.reader([text], delimiter=delimiter)), "stray-quote"


def _notes(cells: Iterable[str], odd: str, lines: Lines, first: int) -> Iterator[Note]:
    if odd:
        yield Note(odd)
    while lines.second and lines.second[0] <= lines.taken:
        if lines.second.pop(0) >= first:
            yield Note("other-encoding", detail=lines.encoding.second)
    for column, cell in enumerate(cells):
        if LOST_LETTER in cell:
            yield Note("letters-lost", column)
        if not CONTROL.isdisjoint(cell):
            yield Note("control-character", column)
