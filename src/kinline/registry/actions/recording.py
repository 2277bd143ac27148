"""Recording persons from reports, one or thousands at a time, and adding what a further report says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from kinline.ledger import actions as ledger
from kinline.registry import numbers
from kinline.registry.actions import rows
from kinline.registry.actions.insert import insert
from kinline.registry.drafts import RecordDraft, ReportDraft, Statement
from kinline.registry.models import Alias, NumberSeries, Record, Report
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import MACHINES
from kinrules.states.captive_record import WITHDRAWN

BEGINNINGS = frozenset(MACHINES[Record.machine].states) - {WITHDRAWN}
"""States in which a report may describe a person."""

CHUNK = 500
"""Records written at a time; bounds memory, not the transaction."""


def record(draft: RecordDraft, *, report: ReportDraft, actor: ledger.Named, at: datetime) -> Record:
    """Record one person from one report.

    Raises:
        Refused: not permitted, a date that has not come yet, a text too long, or a state no record begins in.
    """
    return record_many([draft], report=report, actor=actor, at=at)[0]


@transaction.atomic
def record_many(
    drafts: Iterable[RecordDraft],
    *,
    report: ReportDraft,
    actor: ledger.Named,
    at: datetime,
    batch: UUID | None = None,
) -> list[Record]:
    """Record many persons from one report: all of them or none. ``batch`` names the register they were imported with.

    One ledger entry a record. Records are returned in the order of the drafts.

    Raises:
        Refused: as for ``record``; then nothing was written.
    """
    permissions.require(Permission.RECORD_WRITE, actor)
    shared = rows.report(report, by=actor.reference, at=at, batch=batch)
    shared.save(force_insert=True)
    written: list[Record] = []
    remaining = iter(drafts)
    while chunk := list(islice(remaining, CHUNK)):
        written.extend(_write_chunk(chunk, shared, actor=actor, at=at))
    return written


@transaction.atomic
def add_report(
    record: Record,
    statement: Statement,
    *,
    report: ReportDraft,
    actor: ledger.Named,
    at: datetime,
    batch: UUID | None = None,
) -> Report:
    """Add what a further report says about a person. Nothing that earlier reports say is touched.

    Raises:
        Refused: not permitted, a date that has not come yet, or a text too long.
    """
    permissions.require(Permission.RECORD_WRITE, actor, record)
    ledger.hold(record)
    row = rows.report(report, by=actor.reference, at=at, batch=batch)
    further = rows.Rows(reports=[row])
    further.add(_without_known_numbers(record, statement), record=record, report=row, by=actor.reference, at=at)
    _write(further)
    touch(record, at=at)
    facts = {"report": str(row.pk), "kind": row.kind}
    ledger.append(kind="captive_record.report", subject=ledger.reference(record), actor=actor, at=at, facts=facts)
    return row


def touch(record: Record, *, at: datetime) -> None:
    """Count a new version of a record that is held, so that searches look at it again and stale pages are seen."""
    record.changed_at = at
    record.version += 1
    record.save(update_fields=["changed_at", "version"])


def _write_chunk(drafts: Sequence[RecordDraft], shared: Report, *, actor: ledger.Named, at: datetime) -> list[Record]:
    new = rows.Rows()
    for draft, number in zip(drafts, _numbers(drafts), strict=True):
        person = _record(draft, number=number, at=at, batch=shared.batch)
        new.records.append(person)
        new.add(draft.statement, record=person, report=shared, by=actor.reference, at=at)
        for heading, statement in draft.further:
            own = rows.report(heading, by=actor.reference, at=at, batch=shared.batch)
            new.reports.append(own)
            new.add(statement, record=person, report=own, by=actor.reference, at=at)
    _write(new)
    entries = [("captive_record.record", ledger.reference(person), _facts(person, shared)) for person in new.records]
    ledger.append_all(entries, actor=actor, at=at)
    return new.records


def _record(draft: RecordDraft, *, number: str, at: datetime, batch: UUID | None) -> Record:
    if draft.state not in BEGINNINGS:
        raise Refused("record.no-such-beginning", f"no record begins in the state {draft.state!r}")
    return Record(
        number=number,
        category=draft.category.value,
        detaining_power=draft.detaining_power,
        power_of_origin=draft.power_of_origin,
        state=draft.state,
        identity_state=draft.identity_state.value,
        is_child=draft.is_child,
        batch=batch,
        recorded_at=at,
        changed_at=at,
    )


def _facts(person: Record, report: Report) -> dict[str, str]:
    return {"number": person.number, "state": person.state, "report": str(report.pk)}


def _numbers(drafts: Sequence[RecordDraft]) -> list[str]:
    """One new number for each draft; the series are held until the transaction ends."""
    wanted = Counter((draft.detaining_power, draft.category.value) for draft in drafts)
    series = {key: _take(*key, count=count) for key, count in sorted(wanted.items())}
    keys = ((draft.detaining_power, draft.category.value) for draft in drafts)
    return [numbers.written(*key, next(series[key])) for key in keys]


def _take(power: str, category: str, *, count: int) -> Iterator[int]:
    NumberSeries.objects.get_or_create(detaining_power=power, category=category)
    series = NumberSeries.objects.select_for_update().get(detaining_power=power, category=category)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return iter(range(first, first + count))


def _without_known_numbers(record: Record, statement: Statement) -> Statement:
    """The statement without foreign numbers the record already bears: a number is given once."""
    known = set(Alias.objects.filter(record=record, withdrawn_at__isnull=True).values_list("kind", "canonical"))
    fresh = {
        (draft.kind.value, numbers.canonical(draft.written)[:80]): draft
        for draft in statement.aliases
        if (draft.kind.value, numbers.canonical(draft.written)[:80]) not in known
    }
    return Statement(
        names=statement.names, facts=statement.facts, aliases=tuple(fresh.values()), events=statement.events
    )


def _write(new: rows.Rows) -> None:
    for table, content in new.tables():
        insert(table, content)
