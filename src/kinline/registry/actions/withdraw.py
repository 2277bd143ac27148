"""Taking back what an imported register or one report added. Nothing is deleted; it is set aside, with the reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kinline.ledger import actions as ledger
from kinline.registry.models import Alias, AssertedName, CustodyEvent, Fact, Record, Report
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.states import MACHINES
from kinrules.states.captive_record import WITHDRAWN
from kinrules.terms import EvidenceKind

CHUNK = 500
MACHINE = MACHINES[Record.machine]
_SAID: tuple[type[AssertedName | Fact | Alias | CustodyEvent], ...] = (AssertedName, Fact, Alias, CustodyEvent)


@dataclass(frozen=True)
class Undone:
    """What an undo did: how many records it withdrew, and the numbers of those it had to leave as they are."""

    withdrawn: int
    kept: tuple[str, ...]


@transaction.atomic
def withdraw_batch(batch: UUID, *, reason: str, actor: ledger.Named, at: datetime) -> Undone:
    """Withdraw every record that the import ``batch`` made, and set aside what it added to others.

    Records that have moved on to where the machine knows no withdrawal are kept and named.

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.IMPORT_UNDO, actor)
    reports = list(Report.objects.filter(batch=batch))
    records = list(Record.objects.filter(batch=batch).exclude(state=WITHDRAWN))
    if not reports:
        return Undone(0, ())
    why = ledger.attest(EvidenceKind.REASON, reason, subject=reports[0], actor=actor, at=at)
    going = [record for record in records if _may_go(record)]
    kept = tuple(record.number for record in records if not _may_go(record))
    ledger.advance_all(going, "withdraw", actor=actor, at=at, evidence=[why], batch=str(batch))
    _count_versions([record.pk for record in going], at=at)
    _set_aside(reports, beside=batch, at=at)
    return Undone(len(going), kept)


@transaction.atomic
def withdraw_report(report: Report, *, reason: str, actor: ledger.Named, at: datetime) -> None:
    """Set aside everything that one report said, of whomever; the report itself stays, with the reason.

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.RECORD_WRITE, actor, report)
    why = ledger.attest(EvidenceKind.REASON, reason, subject=report, actor=actor, at=at)
    _set_aside([report], beside=None, at=at)
    facts = {"evidence": [f"{why.kind}:{why.pk}"]}
    ledger.append(kind="report.withdraw", subject=ledger.reference(report), actor=actor, at=at, facts=facts)


def _set_aside(reports: list[Report], *, beside: UUID | None, at: datetime) -> None:
    """Set aside what ``reports`` say of records other than those that the batch ``beside`` made and that go whole."""
    touched: set[UUID] = set()
    for table in _SAID:
        said = table.objects.filter(report__in=reports, withdrawn_at__isnull=True)
        if beside is not None:
            said = said.exclude(record__batch=beside, record__state=WITHDRAWN)
        keys = list(said.values_list("pk", "record_id"))
        touched |= {record for _key, record in keys}
        for chunk in _chunks([key for key, _record in keys]):
            table.objects.filter(pk__in=chunk).update(withdrawn_at=at)
    _count_versions(sorted(touched), at=at)


def _count_versions(records: Sequence[UUID], *, at: datetime) -> None:
    for chunk in _chunks(records):
        Record.objects.filter(pk__in=chunk).update(changed_at=at, version=F("version") + 1)


def _chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """A database takes so many values in one statement and no more."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _may_go(record: Record) -> bool:
    return any(move.verb == "withdraw" for move in MACHINE.after(record.state))
