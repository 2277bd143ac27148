"""Adding the good rows: each becomes a record through the registry, in pieces, each piece whole or not at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kinline.imports import drafting, queries
from kinline.imports.actions.check import Step, silent
from kinline.imports.drafting import SAME, About
from kinline.imports.models import Batch, Doubt, Row
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinline.registry import actions as registry
from kinline.registry.models import Record
from kinrules.refusal import Refused
from kinrules.states import import_batch as states

PIECE = 1_000


@transaction.atomic
def begin_adding(batch: Batch, *, actor: ledger.Named, at: datetime) -> None:
    """Begin to add the rows that are ready. The others stay parked, with their problems.

    Raises:
        Refused: not permitted, not possible from this state, or no row is ready.
    """
    if not Row.objects.filter(batch=batch, outcome="ready").exists():
        raise Refused("imports.nothing-to-add", "no row is ready")
    register = Exhibit.objects.get(pk=batch.register)
    ledger.advance(batch, "add", actor=actor, at=at, evidence=[register], ready=queries.counts(batch).ready)
    batch.requested_by = actor.reference
    batch.save(update_fields=["requested_by"])


def add_rows(batch: Batch, *, actor: ledger.Named, at: datetime, progress: Step = silent) -> int:
    """Record every row that is ready, and return how many there are from this register now.

    A piece is one transaction: its records and the rows they came from. After a crash, ask again for the rest. Two
    processes at one register do no harm: a piece is taken by whoever is first.

    Raises:
        Refused: not permitted.
    """
    about = About(**batch.about)
    headings = _headings(batch)
    ready = Row.objects.filter(batch=batch, outcome="ready")
    whole = ready.count()
    while numbers := list(ready.order_by("number").values_list("number", flat=True)[:PIECE]):
        try:
            _add_piece(batch, numbers, about=about, headings=headings, actor=actor, at=at)
        except Refused as refused:
            if refused.code.startswith("permission."):
                raise
            _add_one_by_one(batch, numbers, about=about, headings=headings, actor=actor, at=at)
        progress(whole - ready.count(), whole)
    return _finish(batch, actor=actor, at=at)


@transaction.atomic
def _finish(batch: Batch, *, actor: ledger.Named, at: datetime) -> int:
    ledger.hold(batch)
    count = queries.counts(batch).added
    if batch.state == states.ADDING:
        ledger.advance(batch, "finish_adding", actor=actor, at=at, added=count)
        batch.added_by, batch.added_at = actor.reference, at
        batch.save(update_fields=["added_by", "added_at"])
    return count


@transaction.atomic
def _add_piece(
    batch: Batch, numbers: Sequence[int], *, about: About, headings: dict[str, str], actor: Any, at: datetime
) -> None:
    """Record the rows with these numbers that are still ready: another process may have been faster."""
    ledger.hold(batch)
    rows = list(Row.objects.filter(batch=batch, outcome="ready", number__in=numbers).order_by("number"))
    if not rows:
        return
    same = _same(rows)
    read = list(queries.assessed(batch, rows))
    report = about.report(on=timezone.localdate(batch.received_at))
    fresh = [(row, drafting.draft(found, about=about, headings=headings)) for row, found in read if row.pk not in same]
    if fresh:
        drafts = [draft for _row, draft in fresh]
        records = registry.record_many(drafts, report=report, actor=actor, at=at, batch=batch.pk)
        for (row, _draft), record in zip(fresh, records, strict=True):
            row.record = record.pk
    for row, found in read:
        if row.pk in same:
            statement = drafting.draft(found, about=about, headings=headings).statement
            record = Record.objects.get(pk=same[row.pk])
            registry.add_report(record, statement, report=report, actor=actor, at=at, batch=batch.pk)
            row.record = record.pk
    for row in rows:
        row.outcome = "added"
    Row.objects.bulk_update(rows, ["record", "outcome"], batch_size=200)


def _add_one_by_one(
    batch: Batch, numbers: Sequence[int], *, about: About, headings: dict[str, str], actor: Any, at: datetime
) -> None:
    """One row of the piece was refused: the others are added, and that one is parked with the reason."""
    for number in numbers:
        try:
            _add_piece(batch, [number], about=about, headings=headings, actor=actor, at=at)
        except Refused as refused:
            with transaction.atomic():
                row = Row.objects.get(batch=batch, number=number)
                Doubt.objects.create(row=row, batch=batch, kind="row.refused", written=refused.code)
                Row.objects.filter(pk=row.pk).update(outcome="parked", record=None)


def _same(rows: Sequence[Row]) -> dict[object, UUID]:
    """Rows of which somebody said that they are a person who is here already, with the record."""
    decided = Doubt.objects.filter(row__in=rows, settled=SAME).values_list("row", "typed")
    return {row: UUID(record) for row, record in decided}


def _headings(batch: Batch) -> dict[str, str]:
    """The sheet's own heading of each field, for notes."""
    heading = {str(each["index"]): each["heading"] for each in batch.headings}
    return {key: heading.get(column, "") or key for column, key in batch.mapping.get("columns", {}).items()}
