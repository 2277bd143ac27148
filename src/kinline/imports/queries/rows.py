"""Rows as they are read now: their cells, their decisions, whom they may be, and the sheet of errors."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from kinline.imports import drafting, messages
from kinline.imports.assessing import Assessed, Reader
from kinline.imports.drafting import About, Settlement
from kinline.imports.models import Batch, Doubt, Row
from kinline.registry import queries as registry
from kinline.registry.models import Record
from kinline.tables import mapping
from kinline.tables.cells import Cell, Note, kept
from kinline.tables.cells import Row as TableRow
from kinline.tables.writing import Line
from kinmatch import compare

CHUNK = 500


@dataclass(frozen=True)
class Twin:
    """A record that may be the person of a row, and how the two compare."""

    record: Record
    evidence: tuple[Any, ...]


def readers(batch: Batch) -> Reader:
    """What reads the rows of this batch."""
    about = About(**batch.about)
    return Reader(
        mapping=mapping.from_json(batch.mapping, name=batch.file_name),
        headings={each["index"]: each["heading"] for each in batch.headings},
        on=batch.checked_on or timezone.localdate(batch.received_at),
        region=about.power_of_origin,
        age_on=about.age_day,
    )


def cells(row: Row) -> tuple[Cell, ...]:
    """The cells as they are read: mended ones where the row came back mended."""
    return tuple(kept(cell) for cell in (row.cells if row.mended is None else row.mended))


def assessed(batch: Batch, rows: Sequence[Row]) -> Iterator[tuple[Row, Assessed]]:
    """Each row read again, with what people decided about it."""
    reader = readers(batch)
    decided = _decided(rows)
    for row in rows:
        notes = () if row.mended is not None else tuple(Note(**note) for note in row.notes)
        found = reader.assess(TableRow(row.number, cells(row), notes))
        yield row, drafting.settle(found, decided[row.pk])


def _decided(rows: Sequence[Row]) -> dict[object, list[Settlement]]:
    found: dict[object, list[Settlement]] = defaultdict(list)
    doubts = Doubt.objects.filter(row__in=rows).exclude(settled="").exclude(settled=drafting.MENDED)
    for doubt in doubts:
        found[doubt.row_id].append(Settlement(doubt.kind, doubt.field, doubt.settled, doubt.suggestion, doubt.typed))
    return found


def waiting_twins(batch: Batch, *, after: int = 0) -> QuerySet[Doubt]:
    """Open questions whether a row behind row ``after`` is somebody who is here already, in the order of the sheet."""
    alike = Doubt.objects.filter(batch=batch, settled="", kind__startswith="same.", row__number__gt=after)
    return alike.select_related("row").order_by("row__number", "pk")


def twins(doubt: Doubt) -> tuple[Assessed, list[Twin]]:
    """The row of the doubt, and each record that may be the same person with the evidence for and against."""
    ((_row, found),) = assessed(doubt.batch, [doubt.row])
    person = drafting.person(found, key=str(doubt.row_id))
    records = Record.objects.filter(pk__in=[each["record"] for each in doubt.twins if "record" in each])
    return found, [Twin(record, compare(person, registry.person(record)).evidence) for record in records]


def error_lines(batch: Batch) -> Iterator[Line]:
    """The rows that wait for somebody, with their number, every cell as it stood, and what is the matter.

    Cells with a problem are marked; the columns are those of ``error_headings``.
    """
    indexes = [each["index"] for each in batch.headings]
    waiting = Row.objects.filter(batch=batch, outcome__in=("parked", "duplicate")).order_by("number")
    for rows in _chunks(waiting):
        doubts = defaultdict(list)
        for doubt in Doubt.objects.filter(row__in=rows, settled=""):
            doubts[doubt.row_id].append(doubt)
        for row in rows:
            content = cells(row)
            known = tuple(content[index] if index < len(content) else None for index in indexes)
            words = " ".join(dict.fromkeys(said(doubt) for doubt in doubts[row.pk]))
            bad = {indexes.index(each.column) + 1 for each in doubts[row.pk] if each.column in indexes}
            yield Line((row.number, *known, words), bad=bad | {len(indexes) + 1})


def error_headings(batch: Batch) -> list[str]:
    """The columns of the error sheet: the row's number with the batch's reference, those of the sheet, the problem."""
    own = [each["heading"] or each["letters"] for each in batch.headings]
    return [f"{messages.ROW_HEADING} [{str(batch.pk)[:8]}]", *own, str(messages.PROBLEM_HEADING)]


def said(doubt: Doubt) -> str:
    """What is the matter, as a sentence, with the suggestion and the rows that look alike."""
    sentence = str(messages.DOUBTS.get(doubt.kind, doubt.kind))
    beside = [doubt.suggestion, *(str(each.get("number", "")) for each in doubt.twins)]
    return " → ".join([sentence, *filter(None, beside)])


def _chunks(rows: Any) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows.iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
