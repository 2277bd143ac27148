"""Receiving a register: its bytes are kept as they came, its columns are guessed, and nothing is recorded yet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.core.files.storage import storages
from django.db import DatabaseError, transaction

from kinline.imports import queries
from kinline.imports.actions import check
from kinline.imports.drafting import MENDED, About
from kinline.imports.models import Batch, Doubt, Row
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinline.tables import columns, mapping, reading, values
from kinline.tables.cells import Kept, keep
from kinline.tables.reading import Table
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import EvidenceKind

LARGEST = 64 * 1024 * 1024
REFERENCE = re.compile(r"\[([0-9a-f]{8})\]\s*$")
"""What stands behind the heading of the first column of an error sheet: the beginning of the batch's key."""


@dataclass(frozen=True)
class Received:
    """The batch, and whether the file is ``new``, was here ``before``, or is an error sheet that ``mended`` rows."""

    batch: Batch
    how: str
    guesses: tuple[columns.Guess, ...] = ()
    rows: int = 0


def receive(document: ledger.Document, *, about: About, actor: ledger.Named, at: datetime) -> Received:
    """Keep a register and guess its columns. The same file a second time answers with the batch it made before.

    An error sheet that comes back mended belongs to its old batch: see ``receive_mended``.

    Raises:
        Refused: not permitted, or too large.
        TableRefused: the file is no table, or cannot be read; then nothing is kept.
    """
    permissions.require(Permission.IMPORT_RUN, actor)
    if len(document.content) > LARGEST:
        raise Refused("imports.too-large", "the file is too large", limit="64 MB")
    digest = sha256(document.content).hexdigest()
    if (before := queries.former(digest)) is not None:
        return Received(before, "before")
    try:
        return _keep(document, digest, about=about, actor=actor, at=at)
    except (Refused, DatabaseError):
        drop_unkept(digest)
        raise


def drop_unkept(digest: str) -> None:
    """Remove the bytes of a file that no exhibit speaks of: a refused register, or one that was only tried."""
    if not Exhibit.objects.filter(digest=digest).exists():
        storages["exhibits"].delete(f"{digest[:2]}/{digest}")


@transaction.atomic
def _keep(document: ledger.Document, digest: str, *, about: About, actor: ledger.Named, at: datetime) -> Received:
    batch = Batch(file_name=document.file_name[:255], digest=digest, size=len(document.content))
    exhibit = ledger.attach(EvidenceKind.REGISTER_FILE, document, subject=batch, actor=actor, at=at)
    with reading.opened(queries.content(exhibit), name=document.file_name) as table:
        if (reference := _reference(table)) is not None:
            count = receive_mended(table, reference, exhibit=exhibit, actor=actor, at=at)
            return Received(queries.batch_of(reference), "mended", rows=count)
        guesses = tuple(columns.guesses(table))
        _describe(batch, table, guesses)
    batch.register, batch.about = exhibit.pk, about.as_json()
    batch.received_by, batch.received_at = actor.reference, at
    batch.save(force_insert=True)
    facts = {"digest": digest, "size": batch.size, "evidence": [f"{exhibit.kind}:{exhibit.pk}"]}
    ledger.append(kind="import_batch.receive", subject=ledger.reference(batch), actor=actor, at=at, facts=facts)
    return Received(batch, "new", guesses)


@transaction.atomic
def receive_mended(table: Table, reference: str, *, exhibit: Exhibit, actor: ledger.Named, at: datetime) -> int:
    """Put the rows of a mended error sheet in the place of the old ones, by their row numbers; the old cells are kept.

    Returns how many rows were mended. Rows that were added meanwhile, and numbers the batch does not know, are left.

    Raises:
        Refused: not permitted, or the batch is not here any more.
    """
    permissions.require(Permission.IMPORT_RUN, actor)
    batch = queries.batch_of(reference)
    if batch.state in ("undone", "refused", "checking", "adding"):
        raise Refused("imports.error-sheet-of-another", f"the batch is {batch.state}")
    places = _places(batch, table)
    width = max(places.values(), default=-1) + 1
    sent = {}
    for row in table.rows:
        number = row.cell(table.columns[0].index)
        if isinstance(number, int) or (isinstance(number, str) and number.strip().isdecimal()):
            cells: list[Kept] = [None] * width
            for column, place in places.items():
                cells[place] = keep(row.cell(column))
            sent[int(number)] = cells
    waiting = Row.objects.filter(batch=batch, number__in=list(sent), outcome__in=("parked", "duplicate", "ready"))
    mended = list(waiting.order_by("number"))
    for each in mended:
        each.mended = sent[each.number]
    _replace(batch, mended, by=actor.reference, at=at)
    facts = {"rows": len(mended), "evidence": [f"{exhibit.kind}:{exhibit.pk}"]}
    ledger.append(kind="import_batch.mend", subject=ledger.reference(batch), actor=actor, at=at, facts=facts)
    return len(mended)


def _replace(batch: Batch, rows: list[Row], *, by: str, at: datetime) -> None:
    old = Doubt.objects.filter(row__in=rows, settled="")
    old.update(settled=MENDED, settled_by=by, settled_at=at)
    doubts: list[Doubt] = []
    for row, found in queries.assessed(batch, rows):
        row.readings = found.interpretations
        row.outcome = "parked" if found.doubts else "ready"
        doubts.extend(check.doubt(batch, row, each) for each in found.doubts)
    Row.objects.bulk_update(rows, ["mended", "readings", "outcome"], batch_size=200)
    Doubt.objects.bulk_create(doubts, batch_size=500)


def _places(batch: Batch, table: Table) -> dict[int, int]:
    """Column of the sheet to column of the register: by heading, and where headings are alike, by order."""
    wanted: dict[str, list[int]] = {}
    for each in batch.headings:
        wanted.setdefault(str(each["heading"] or each["letters"]), []).append(each["index"])
    places = {}
    for column in table.columns[1:]:
        if free := wanted.get(column.heading):
            places[column.index] = free.pop(0)
    return places


def _reference(table: Table) -> str | None:
    found = REFERENCE.search(table.columns[0].heading) if table.columns else None
    return found[1] if found else None


def _describe(batch: Batch, table: Table, guesses: Sequence[columns.Guess]) -> None:
    """What is known of the sheet before a row of it is checked; a table of a known maker is matched as before."""
    chosen = mapping.as_guessed(guesses, table)
    days = [row.cell(column) for row in table.people for column, key in chosen.fields.items() if key.endswith("_date")]
    chosen = replace(chosen, day_first=values.day_order(days))
    if (known := queries.remembered(mapping.signature(table))) is not None and table.header_row_number is not None:
        fields = mapping.from_json(known.mapping, name=batch.file_name).fields
        chosen = replace(chosen, fields=fields)
    batch.mapping, batch.sheet = chosen.as_json(), table.sheet
    batch.expected_rows = table.about
    batch.headings = [
        {"index": column.index, "letters": column.letters, "heading": column.heading} for column in table.columns
    ]
    batch.notes = [{"kind": note.kind, "detail": note.detail} for note in table.notes]
