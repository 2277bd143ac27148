"""Reading a table, whatever file it came in."""

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinline.tables import delimited, layout, letters, opening, workbook
from kinline.tables.cells import Cell, Note, Row, is_blank
from kinline.tables.layout import Column, Merged
from kinline.tables.refusal import TableRefused
from kinline.tables.sheet_xml import column_letters

SAMPLES = 3
SAMPLE_ROWS = 200


@dataclass
class Table:
    """One table: what it is called, where its headings stand, and its rows, to be read once from the first to the last.

    ``rows`` streams: memory does not grow with the table. ``about`` is how many rows to expect, for a progress bar.
    ``above`` are the titles and headings, kept so that nothing of the file is lost.
    """

    name: str
    form: str
    sheet: str
    header_row_number: int | None
    columns: tuple[Column, ...]
    sample: tuple[Row, ...]
    rows: Iterator[Row]
    about: int
    notes: tuple[Note, ...] = ()
    above: tuple[Row, ...] = ()

    @property
    def people(self) -> tuple[Row, ...]:
        """The rows of the sample that look like people and not like headings, totals or marks."""
        return tuple(row for row in self.sample if not any(note.kind in layout.NOT_A_PERSON for note in row.notes))

    def samples(self, column: Column) -> tuple[Cell, ...]:
        """Up to three different values of the column, the first ones."""
        seen: dict[str, Cell] = {}
        for row in self.people:
            cell = row.cell(column.index)
            if not is_blank(cell):
                seen.setdefault(str(cell), cell)
            if len(seen) == SAMPLES:
                break
        return tuple(seen.values())


@contextlib.contextmanager
def opened(path: Path, *, name: str = "", sheet: str = "", header_row: int | None = None) -> Iterator[Table]:
    """The table in the file at ``path``; it is readable inside the ``with`` block.

    ``name`` is what people call the file; ``sheet`` chooses one of a workbook's; ``header_row`` overrules the search
    for the headings (a row's number as the spreadsheet shows it, 0 for "there are none").

    Raises:
        TableRefused: the file is no table, is damaged, locked, empty or too large; also while rows are being read.
    """
    with opening.opened(path, name=name) as source:
        if source.form == "text":
            with _text(source, header_row) as table:
                yield table
        else:
            with workbook.opened(source, sheet=sheet) as found:
                notes = (*source.notes, *_sheet_notes(found))
                table = _table(source, found.rows, found.merged, header_row)
                table.sheet, table.about, table.notes = found.name, found.height, (*notes, *table.notes)
                yield table


@contextlib.contextmanager
def _text(source: opening.Source, header_row: int | None) -> Iterator[Table]:
    with source.path.open("rb") as stream:
        survey = letters.survey(stream)
    encoding = letters.decide(survey)
    if encoding is None:
        raise opening.not_a_table(source.name, "other")
    head = survey.head.decode(encoding.name, errors="replace").lstrip("\ufeff")
    if head.lstrip()[:1] in {"{", "["} and _is_json(head):
        raise opening.not_a_table(source.name, "json")
    lines = delimited.Lines(source.path, encoding, name=source.name)
    try:
        rows = delimited.rows(lines, delimiter=delimited.delimiter_of(head[:40_000]))
        table = _table(source, rows, (), header_row)
        table.form, table.about = "csv", survey.lines
        table.notes = (*source.notes, Note("encoding", detail=encoding.words), *table.notes)
        yield table
    finally:
        lines.close()


def _is_json(head: str) -> bool:
    """A list of lists or of objects, as programs exchange them; a CSV row may begin with a bracket too."""
    squeezed = "".join(head[:400].split())
    return squeezed.startswith(("[[", "[{", '{"', "[]", "{}"))


def _table(source: opening.Source, rows: Iterator[Row], merged: Sequence[Merged], header_row: int | None) -> Table:
    first = list(itertools.islice(rows, layout.PEEK))
    if not first:
        raise TableRefused("table.empty", "no rows", name=source.name)
    found = layout.find(first, merged, header_row=header_row)
    people = layout.judged(itertools.chain(found.first, rows), found, merged)
    sample = tuple(itertools.islice(people, SAMPLE_ROWS))
    if not sample:
        raise TableRefused("table.no-rows", "headings only", name=source.name)
    return Table(
        name=source.name,
        form=source.form,
        sheet="",
        header_row_number=found.header_row_number,
        columns=_all_columns(found.columns, sample),
        sample=sample,
        rows=itertools.chain(sample, people),
        about=0,
        above=tuple(found.skipped),
        notes=() if found.header_row_number is not None else (Note("no-header"),),
    )


def _all_columns(columns: tuple[Column, ...], sample: tuple[Row, ...]) -> tuple[Column, ...]:
    """The columns of the headings, and those without a heading in which a later row has a value."""
    known = {column.index for column in columns}
    used = {index for row in sample for index, cell in enumerate(row.cells) if not is_blank(cell)}
    more = [Column(index, column_letters(index), "") for index in sorted(used - known)]
    return tuple(sorted([*columns, *more], key=lambda column: column.index))


def _sheet_notes(found: workbook.Sheet) -> Iterator[Note]:
    if found.others:
        yield Note("other-sheets", detail=found.name)
    for name in found.hidden:
        yield Note("hidden-sheet", detail=name)
