"""Settling doubts: all of one kind in one step, or one by one. What was written in the sheet is never changed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kinline.imports import messages
from kinline.imports.drafting import LEAVE_OUT, SAME, SUGGESTION, TYPED
from kinline.imports.models import Batch, Doubt, Row
from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import import_batch as states

OPEN = (states.CHECKED, states.STOPPED, states.ADDED)
CHUNK = 500


@transaction.atomic
def fix(batch: Batch, *, kind: str, field: str, way: str, actor: ledger.Named, at: datetime) -> int:
    """Settle every open doubt of one kind in one field, and return how many rows that were.

    Raises:
        Refused: not permitted, not now, or this kind of problem cannot be settled in that way.
    """
    permissions.require(Permission.IMPORT_RUN, actor)
    if way == SAME:
        raise Refused("imports.no-such-fix", "which record is the same is decided one by one")
    _require_way(batch, kind, way)
    doubts = Doubt.objects.filter(batch=batch, kind=kind, field=field, settled="")
    if way == SUGGESTION:
        doubts = doubts.exclude(suggestion="")
    rows = list(dict.fromkeys(doubts.values_list("row", flat=True)))
    doubts.update(settled=way, settled_by=actor.reference, settled_at=at)
    recount(rows)
    facts = {"kind": kind, "field": field, "way": way, "rows": len(rows)}
    ledger.append(kind="import_batch.fix", subject=ledger.reference(batch), actor=actor, at=at, facts=facts)
    return len(rows)


@transaction.atomic
def settle_one(doubt: Doubt, *, way: str, typed: str = "", actor: ledger.Named, at: datetime) -> None:
    """Settle one doubt: one of the ways of its kind, or ``typed`` with a value, or ``same`` with a record's key.

    Raises:
        Refused: not permitted, not now, or this kind of problem cannot be settled in that way.
    """
    permissions.require(Permission.IMPORT_RUN, actor)
    if way != TYPED:
        _require_way(doubt.batch, doubt.kind, way)
    if way == SAME and typed not in {each.get("record") for each in doubt.twins}:
        raise Refused("imports.no-such-fix", "the record is not one of those proposed")
    doubt.settled, doubt.typed = way, typed
    doubt.settled_by, doubt.settled_at = actor.reference, at
    doubt.save(update_fields=["settled", "typed", "settled_by", "settled_at"])
    recount([doubt.row_id])
    facts = {"kind": doubt.kind, "field": doubt.field, "way": way, "row": doubt.row.number}
    ledger.append(kind="import_batch.settle", subject=ledger.reference(doubt.batch), actor=actor, at=at, facts=facts)


def recount(rows: Iterable[UUID]) -> None:
    """What becomes of these rows now; rows that were added or taken back stay as they are."""
    keys = list(rows)
    for start in range(0, len(keys), CHUNK):
        _recount_chunk(keys[start : start + CHUNK])


def _recount_chunk(keys: list[UUID]) -> None:
    waiting = Row.objects.filter(pk__in=keys, outcome__in=("ready", "parked", "duplicate", "left_out"))
    open_ones: dict[UUID, set[bool]] = {}
    for row, kind in Doubt.objects.filter(row__in=keys, settled="").values_list("row", "kind"):
        open_ones.setdefault(row, set()).add(kind.startswith("same."))
    left_out = set(Doubt.objects.filter(row__in=keys, settled=LEAVE_OUT).values_list("row", flat=True))
    by_outcome: dict[str, list[UUID]] = {}
    for key in waiting.values_list("pk", flat=True):
        by_outcome.setdefault(_outcome(open_ones.get(key, set()), key in left_out), []).append(key)
    for outcome, chosen in by_outcome.items():
        Row.objects.filter(pk__in=chosen).update(outcome=outcome)


def _outcome(alike: set[bool], left_out: bool) -> str:
    if left_out:
        return "left_out"
    if not alike:
        return "ready"
    return "duplicate" if alike == {True} else "parked"


def _require_way(batch: Batch, kind: str, way: str) -> None:
    if batch.state not in OPEN:
        raise Refused("machine.wrong-state", f"doubts are not settled while the batch is {batch.state}")
    if kind not in messages.DOUBTS or way not in messages.WAYS.get(kind, messages.OTHERWISE):
        raise Refused("imports.no-such-fix", f"{kind} is not settled by {way}")
