"""Taking a register back within the day. Nothing is deleted: records are withdrawn, rows are kept."""

from datetime import datetime

from django.db import transaction

from kinline.imports import queries
from kinline.imports.models import Batch, Row
from kinline.ledger import actions as ledger
from kinline.registry import actions as registry
from kinrules.refusal import Refused
from kinrules.terms import EvidenceKind


@transaction.atomic
def undo(batch: Batch, *, reason: str, actor: ledger.Named, at: datetime) -> registry.Undone:
    """Take back everything this register added.

    Returns what was withdrawn, and the numbers of records that have moved on and were left as they are.

    Raises:
        Refused: not permitted, not added, or added too long ago.
    """
    until = queries.undo_until(batch)
    if until is not None and at > until:
        hours = int((until - (batch.added_at or until)).total_seconds() // 3600)
        raise Refused("imports.undo-too-late", "the time for undoing is over", hours=str(hours))
    why = ledger.attest(EvidenceKind.REASON, reason, subject=batch, actor=actor, at=at)
    ledger.advance(batch, "undo", actor=actor, at=at, evidence=[why])
    undone = registry.withdraw_batch(batch.pk, reason=reason, actor=actor, at=at)
    Row.objects.filter(batch=batch, outcome="added").update(outcome="undone")
    batch.undone_at = at
    batch.save(update_fields=["undone_at"])
    return undone
