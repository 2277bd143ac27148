"""Reading one row of a register: what each cell says, and what about it a person must decide. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kinline.tables import values
from kinline.tables.cells import Cell, Note, Row, is_blank, shown
from kinline.tables.mapping import ColumnMap
from kinline.tables.values import Problem, Reading

DATES = {
    "birth_date": True,
    "capture_date": False,
    "missing_since": False,
    "death_date": False,
}
"""Fields that hold dates, and whether they are dates of birth."""

NAMES = ("surname", "given_name", "patronymic", "full_name", "name_latin", "maiden_name")
NUMBERS = frozenset({"service_number", "isn", "file_number", "disc_number", "unit", "tax_number"})
NOT_A_PERSON = {
    "heading": "row.heading",
    "total": "row.total",
    "header-again": "row.header",
    "column-marks": "row.header",
}
DOUBTFUL_CELLS = {
    "letters-lost": "cell.letters-lost",
    "formula-not-calculated": "cell.not-calculated",
    "error-cell": "cell.error",
    "open-quote": "row.open-quote",
}
# What fits into a record, the parts of a name together into its 300 letters.
LONGEST = {
    "full_name": 120,
    "surname": 95,
    "given_name": 95,
    "patronymic": 95,
    "maiden_name": 95,
    "name_latin": 120,
    "call_sign": 120,
    "isn": 80,
    "file_number": 80,
    "disc_number": 80,
}


@dataclass(slots=True)
class Doubted:
    """One thing about the row that a person must decide; see ``models.Doubt``."""

    kind: str
    field: str = ""
    column: int | None = None
    written: str = ""
    suggestion: str = ""
    twins: list[dict[str, str]] = dataclasses.field(default_factory=list)


@dataclass(slots=True)
class Assessed:
    """What a row says, by field: the words as written, and their reading where there is one."""

    written: dict[str, str] = dataclasses.field(default_factory=dict)
    readings: dict[str, Reading] = dataclasses.field(default_factory=dict)
    doubts: list[Doubted] = dataclasses.field(default_factory=list)
    others: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    is_person: bool = True

    def value(self, key: str) -> str:
        """The reading of a field, or the words where there is no reading; empty where the row is silent."""
        reading = self.readings.get(key)
        return reading.value if reading is not None else self.written.get(key, "")

    @property
    def interpretations(self) -> dict[str, list[str]]:
        """Readings that are not plainly what is written, with how they came about."""
        return {
            key: [reading.value, reading.how]
            for key, reading in self.readings.items()
            if reading.how != "as written" and reading.value != self.written.get(key)
        }


@dataclass(frozen=True)
class Reader:
    """Reads rows by one mapping. ``on`` is the day of checking, ``headings`` the headings of the columns by index."""

    mapping: ColumnMap
    headings: Mapping[int, str]
    on: dt.date
    region: str = ""
    age_on: dt.date | None = None

    def assess(self, row: Row) -> Assessed:
        """Every cell of the row read, every doubt named."""
        found = Assessed()
        found.doubts.extend(self._row_doubts(row, found))
        for column, cell in enumerate(row.cells):
            if not is_blank(cell):
                self._cell(column, cell, found)
        if found.is_person and not any(found.written.get(name) for name in NAMES):
            found.doubts.append(Doubted("name.missing"))
        return found

    def _row_doubts(self, row: Row, found: Assessed) -> Iterator[Doubted]:
        for note in row.notes:
            if note.kind in NOT_A_PERSON:
                found.is_person = False
                yield Doubted(NOT_A_PERSON[note.kind], written=" · ".join(shown(cell) for cell in row.cells if cell))
            elif note.kind in DOUBTFUL_CELLS:
                yield self._cell_doubt(row, note)

    def _cell_doubt(self, row: Row, note: Note) -> Doubted:
        column = note.column
        key = self.mapping.fields.get(column, "") if column is not None else ""
        return Doubted(DOUBTFUL_CELLS[note.kind], key, column, shown(row.cell(column)) if column is not None else "")

    def _cell(self, column: int, cell: Cell, found: Assessed) -> None:
        key = self.mapping.fields.get(column, "")
        text = shown(cell)
        if not key or (key == "note" and "note" in found.written):
            found.others.append((self.headings.get(column, ""), text))
            return
        found.written[key] = text
        if not found.is_person:
            return
        read = self._read(key, cell)
        if isinstance(read, Problem):
            found.doubts.append(Doubted(read.kind, key, column, text, read.suggestion))
        elif read is not None:
            found.readings[key] = read
            if len(read.value) > LONGEST.get(key, 100_000):
                found.doubts.append(Doubted("text.too-long", key, column, text))

    def _read(self, key: str, cell: Cell) -> Reading | Problem | None:
        if key in DATES:
            return _date(cell, self.on, DATES[key], self.mapping.day_first, self.age_on)
        if key == "age":
            return values.read_age(cell, on=self.on, age_on=self.age_on)
        if key == "sex":
            return values.read_sex(cell)
        if key == "phone":
            return values.read_phone(cell, region=self.region)
        return values.read_number(cell) if key in NUMBERS else _text(cell)


@lru_cache(maxsize=20_000)
def _text(cell: Cell) -> Reading | None:
    """Names, ranks and places come again and again."""
    return values.read_text(cell)


@lru_cache(maxsize=20_000)
def _date(
    cell: Cell, on: dt.date, birth: bool, day_first: bool | None, age_on: dt.date | None
) -> Reading | Problem | None:
    return values.read_date(cell, on=on, birth=birth, day_first=day_first, age_on=age_on)
