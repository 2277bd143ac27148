"""Moving a record from state to state, and writing the custody event that the move stands for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kinline.ledger import actions as ledger
from kinline.ledger.models import Entry, Exhibit
from kinline.registry import readings
from kinline.registry.actions import rows
from kinline.registry.actions.recording import touch
from kinline.registry.drafts import Brought, EventDraft
from kinline.registry.events import EVENTS
from kinline.registry.models import CustodyEvent, Record
from kinrules.refusal import Refused
from kinrules.terms import CustodyEventKind as Kind
from kinrules.terms import FactKind


@transaction.atomic
def advance(
    record: Record,
    verb: str,
    *,
    actor: ledger.Named,
    at: datetime,
    evidence: Iterable[Exhibit] = (),
    brought: Iterable[Brought] = (),
    event: EventDraft | None = None,
    version: int | None = None,
) -> Entry:
    """Make the move ``verb``, with the custody event it stands for.

    ``evidence`` is attached already, ``brought`` is attached now. ``version`` is the version of the page that the
    officer saw; ``event`` says when and where, as far as that is known.

    Raises:
        Refused: not permitted, not possible from this state, a document is missing, the day has not come yet, or
            somebody else has changed the record since the officer opened it.
    """
    ledger.hold(record)
    if version is not None and version != record.version:
        raise Refused("record.stale", "the record has a newer version than the page")
    exhibits = [*evidence, *(_attach(one, record, actor=actor, at=at) for one in brought)]
    entry = ledger.advance(record, verb, actor=actor, at=at, evidence=exhibits)
    if verb in EVENTS:
        _write_event(record, EVENTS[verb], event, actor=actor, at=at)
    touch(record, at=at)
    return entry


def _attach(brought: Brought, record: Record, *, actor: ledger.Named, at: datetime) -> Exhibit:
    if brought.document is None:
        return ledger.attest(brought.kind, brought.words, subject=record, actor=actor, at=at)
    return ledger.attach(brought.kind, brought.document, subject=record, actor=actor, at=at, origin=brought.words[:200])


def _write_event(record: Record, kind: Kind, event: EventDraft | None, *, actor: ledger.Named, at: datetime) -> None:
    draft = replace(event or EventDraft(kind=kind), kind=kind)
    if refusal := readings.future(FactKind.CAPTURE_DATE, draft.happened_on, on=timezone.localdate(at)):
        raise refusal
    said = rows.event(draft, by=actor.reference, record_id=record.pk, recorded_at=at)
    CustodyEvent.objects.create(**said)
