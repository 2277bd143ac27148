"""Checking a register: every row read, every doubt named, in pieces that survive a crash. No record is written."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

import kinmatch
from kinline.imports import drafting, queries
from kinline.imports.assessing import Assessed, Doubted
from kinline.imports.models import Batch, Doubt, RememberedMapping, Row
from kinline.ledger import actions as ledger
from kinline.matching import engine
from kinline.registry import queries as registry
from kinline.tables import mapping
from kinline.tables.cells import Note, keep
from kinline.tables.cells import Row as TableRow
from kinline.tables.mapping import ColumnMap
from kinmatch import Hit
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import import_batch as states
from kinrules.terms import EvidenceKind

FIRST = 200
"""Rows of the first piece: small, so that the first problem is seen within three seconds."""

PIECE = 1_000
FINDABLE = frozenset(
    {"full_name", "surname", "given_name", "name_latin", "birth_date", "service_number", "isn", "rank"}
)

Step = Callable[[int, int], None]


def silent(done: int, whole: int) -> None:
    """Nobody watches."""


@transaction.atomic
def begin_check(batch: Batch, chosen: ColumnMap, *, actor: ledger.Named, at: datetime) -> None:
    """Begin to check with these columns. A check that was made before, and what was decided in it, is made anew.

    Raises:
        Refused: not permitted, not possible from this state, or no column by which a person could be found.
    """
    if FINDABLE.isdisjoint(chosen.fields.values()):
        raise Refused("imports.name-column-missing", "no column holds anything by which a person is found")
    changed = batch.mapping.get("header_row") != chosen.header_row or batch.mapping.get("sheet") != chosen.sheet
    ledger.advance(batch, "check", actor=actor, at=at)
    if changed or batch.last_number == 0 or batch.mapping != chosen.as_json():
        Doubt.objects.filter(batch=batch).delete()
        Row.objects.filter(batch=batch).delete()
        batch.checked_rows = batch.last_number = batch.compared_number = 0
    batch.mapping, batch.checked_on, batch.requested_by = chosen.as_json(), timezone.localdate(at), actor.reference
    if changed:
        with queries.table_of(batch) as table:
            batch.headings = [
                {"index": column.index, "letters": column.letters, "heading": column.heading}
                for column in table.columns
            ]
            batch.expected_rows, batch.sheet = table.about, table.sheet
    batch.save()


def check_rows(batch: Batch, *, actor: ledger.Named, at: datetime, progress: Step = silent) -> bool:
    """Read every row and look for each person in the register. False where somebody stopped it.

    Each piece is a transaction of its own; after a crash the check goes on where it was. Two processes at one register
    do no harm: each piece is kept by whoever is first.

    Raises:
        TableRefused: the file turned out to be damaged; what was checked so far is kept.
    """
    for done in _check_all(batch):
        progress(done, max(batch.expected_rows, done))
        if not Batch.objects.filter(pk=batch.pk, state=states.CHECKING).exists():
            batch.refresh_from_db()
            return False
    with transaction.atomic():
        ledger.hold(batch)
        if batch.state == states.CHECKING:
            ledger.advance(batch, "finish_check", actor=actor, at=at, **asdict(queries.counts(batch)))
    return True


def stop(batch: Batch, *, actor: ledger.Named, at: datetime) -> None:
    """Stop a check; what was checked so far is kept, and it can go on.

    Raises:
        Refused: not permitted, or no check is under way.
    """
    ledger.advance(batch, "stop", actor=actor, at=at)


@transaction.atomic
def refuse(batch: Batch, *, code: str, facts: dict[str, str], says: str, actor: ledger.Named, at: datetime) -> None:
    """Refuse a register whose file turned out to be unreadable, with the reason."""
    why = ledger.attest(EvidenceKind.REASON, says, subject=batch, actor=actor, at=at)
    ledger.advance(batch, "refuse", actor=actor, at=at, evidence=[why])
    batch.refusal = {"code": code, "facts": facts}
    batch.save(update_fields=["refusal"])


@transaction.atomic
def remember(batch: Batch, *, actor: ledger.Named, at: datetime) -> None:
    """Remember how the columns were matched, for the next table with the same headings.

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.IMPORT_RUN, actor)
    with queries.table_of(batch) as table:
        known = queries.digest_of(mapping.signature(table))
    values = {"mapping": batch.mapping, "used_at": at, "used_by": actor.reference}
    RememberedMapping.objects.update_or_create(signature=known, defaults=values)


def doubt(batch: Batch, row: Row, found: Doubted) -> Doubt:
    """The row of one doubt."""
    return Doubt(
        row_id=row.pk,
        batch_id=batch.pk,
        kind=found.kind,
        field=found.field,
        column=found.column,
        written=found.written,
        suggestion=found.suggestion[:120],
        twins=found.twins,
    )


def _check_all(batch: Batch) -> Iterator[int]:
    """Read the rows a piece at a time, keep them, and only then look for their persons: problems are seen first."""
    reader = queries.readers(batch)
    seen: dict[tuple[str, str], int] = {}
    is_anybody_here = registry.records().exists()
    with queries.table_of(batch) as table:
        for piece in _pieces(table.rows):
            read = [(row, reader.assess(row)) for row in piece]
            for row, found in read:
                _name_twins_in_file(row, found, seen)
            if read[-1][0].number > batch.last_number:
                _keep(batch, read)
            yield batch.checked_rows
            if is_anybody_here and read[-1][0].number > batch.compared_number:
                _compare(batch, read)
    if batch.expected_rows != batch.checked_rows:
        batch.expected_rows = batch.checked_rows
        batch.save(update_fields=["expected_rows"])


def _pieces(rows: Iterable[TableRow]) -> Iterator[list[TableRow]]:
    remaining = iter(rows)
    size = FIRST
    while piece := list(itertools.islice(remaining, size)):
        yield piece
        size = PIECE


def _name_twins_in_file(row: TableRow, found: Assessed, seen: dict[tuple[str, str], int]) -> None:
    """Name the earlier row that seems to be the same person: same name and birth date, or same service number."""
    if not found.is_person:
        return
    for key in _identities(found):
        earlier = seen.setdefault(key, row.number)
        if earlier != row.number:
            found.doubts.append(Doubted("same.in-file", twins=[{"number": str(earlier)}]))
            return


def _identities(found: Assessed) -> Iterator[tuple[str, str]]:
    name = " ".join(found.value(part) for part in ("surname", "given_name", "patronymic", "full_name")).casefold()
    born = found.readings.get("birth_date")
    if name.strip() and born is not None and len(born.value) == 10:
        yield " ".join(name.split()), born.value
    number = "".join(filter(str.isalnum, found.value("service_number"))).upper()
    if len(number) > 4:
        yield "number", number


@transaction.atomic
def _keep(batch: Batch, read: list[tuple[TableRow, Assessed]]) -> None:
    """Keep the rows that nobody kept yet."""
    rows: list[Row] = []
    doubts: list[Doubt] = []
    ledger.hold(batch)
    fresh = [(row, found) for row, found in read if row.number > batch.last_number]
    for row, found in fresh:
        kept = Row(
            batch_id=batch.pk,
            number=row.number,
            cells=[keep(cell) for cell in row.cells],
            notes=[asdict(note) for note in row.notes if isinstance(note, Note)],
            readings=found.interpretations,
            outcome=_outcome([each.kind for each in found.doubts]),
        )
        rows.append(kept)
        doubts.extend(doubt(batch, kept, each) for each in found.doubts)
    Row.objects.bulk_create(rows, batch_size=PIECE)
    Doubt.objects.bulk_create(doubts, batch_size=PIECE)
    batch.checked_rows += len(rows)
    batch.last_number = max(batch.last_number, read[-1][0].number)
    batch.save(update_fields=["checked_rows", "last_number"])


def _outcome(kinds: list[str]) -> str:
    """What becomes of a row with these open doubts."""
    if not kinds:
        return "ready"
    return "duplicate" if all(kind.startswith("same.") for kind in kinds) else "parked"


def _compare(batch: Batch, read: list[tuple[TableRow, Assessed]]) -> None:
    """Name the records that may be the persons of these rows, which are kept already."""
    index = engine.index(build=True)
    fresh = [(row, found) for row, found in read if row.number > batch.compared_number]
    sought = [drafting.person(found, key=str(row.number)) for row, found in fresh if found.is_person]
    named = [person for person in sought if person.full_name or person.surname or person.service_number]
    hits = kinmatch.likely_same(index, named)
    alike = {int(number): [_twin(hit) for hit in found] for number, found in hits.items()}
    _keep_alike(batch, alike, until=read[-1][0].number)


@transaction.atomic
def _keep_alike(batch: Batch, alike: dict[int, list[dict[str, Any]]], *, until: int) -> None:
    """Keep what the search found, which took its time and held nothing up; nothing if another process kept it."""
    ledger.hold(batch)
    rows = list(Row.objects.filter(batch=batch, number__in=list(alike), number__gt=batch.compared_number))
    doubts = [doubt(batch, row, Doubted("same.in-register", twins=alike[row.number])) for row in rows]
    Doubt.objects.bulk_create(doubts, batch_size=PIECE)
    ready = [row.pk for row in rows if row.outcome == "ready"]
    Row.objects.filter(pk__in=ready).update(outcome="duplicate")
    batch.compared_number = max(batch.compared_number, until)
    batch.save(update_fields=["compared_number"])


def _twin(hit: Hit) -> dict[str, Any]:
    return {"record": hit.record, "probability": round(hit.probability, 4)}
