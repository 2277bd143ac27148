"""How far a register has come, what is wrong with its rows, and until when it can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from kinline.imports.models import Batch, Doubt, RememberedMapping, Row
from kinline.jobs import queries as jobs
from kinline.ledger.actions import reference
from kinline.ledger.models import Entry
from kinline.staff import queries as staff
from kinrules import limits
from kinrules.refusal import Refused
from kinrules.states import import_batch as states

SAMPLES = 3
MOST_NUMBERS = 1_000
"""Row numbers named with a problem; the error sheet has them all."""

UNDER_WAY = (states.CHECKING, states.ADDING)
OVER = (states.UNDONE, states.REFUSED)


@dataclass(frozen=True)
class Counts:
    """Rows of a batch by what became of them."""

    rows: int
    ready: int
    parked: int
    duplicate: int
    left_out: int
    added: int
    undone: int


@dataclass(frozen=True)
class Group:
    """Rows with the same open problem in the same field: how many, what the first say, and the numbers of the rows."""

    kind: str
    field: str
    count: int
    suggested: int
    samples: tuple[tuple[int, str, str], ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Progress:
    """How far the check has come, in rows; ``left`` is in seconds, None while unknown."""

    done: int
    whole: int
    left: int | None


def listed() -> QuerySet[Batch]:
    """Every register, newest first."""
    return Batch.objects.all()


def batch_of(text: str) -> Batch:
    """The batch of this id, or of the beginning of it.

    Raises:
        Refused: there is none, or several begin like this.
    """
    try:
        return Batch.objects.get(pk=UUID(text))
    except (ValueError, Batch.DoesNotExist):
        found = [each for each in Batch.objects.only("pk") if len(text) >= 8 and str(each.pk).startswith(text)]
    if len(found) != 1:
        raise Refused("imports.batch.not-found", "no batch of this id")
    return Batch.objects.get(pk=found[0].pk)


def former(digest: str) -> Batch | None:
    """The batch that this very file made before and that still stands."""
    return Batch.objects.filter(digest=digest).exclude(state__in=OVER).order_by("received_at").first()


def counts(batch: Batch) -> Counts:
    """Rows by outcome."""
    found = dict(Row.objects.filter(batch=batch).values_list("outcome").annotate(rows=Count("pk")).order_by())
    named = {name: found.get(name, 0) for name in ("ready", "parked", "duplicate", "left_out", "added", "undone")}
    return Counts(rows=sum(found.values()), **named)


def groups(batch: Batch) -> list[Group]:
    """Open problems, those of the most rows first, with samples of what is written and what is suggested."""
    open_ones = Doubt.objects.filter(batch=batch, settled="")
    found = (
        open_ones.values("kind", "field")
        .annotate(count=Count("pk"), suggested=Count("pk", filter=~Q(suggestion="")), first=Min("pk"))
        .order_by("-count", "kind", "field")
    )
    return [_group(open_ones, each) for each in found]


def _group(open_ones: QuerySet[Doubt], found: Any) -> Group:
    alike = open_ones.filter(kind=found["kind"], field=found["field"]).order_by("row__number", "pk")
    samples = tuple(alike.values_list("row__number", "written", "suggestion")[:SAMPLES])
    numbers = tuple(alike.values_list("row__number", flat=True)[:MOST_NUMBERS])
    return Group(found["kind"], found["field"], found["count"], found["suggested"], samples, numbers)


def progress(batch: Batch, *, at: datetime) -> Progress:
    """How far the check has come, in rows; ``left`` is in seconds, None while unknown."""
    begun = Entry.objects.filter(subject=reference(batch), kind="import_batch.check").order_by("-seq").first()
    whole, done = max(batch.expected_rows, batch.checked_rows), batch.checked_rows
    seconds = (at - begun.at).total_seconds() if begun else 0
    left = int(seconds * (whole - done) / done) + 1 if done and seconds > 2 else None
    return Progress(done, whole, left)


def has_stopped(batch: Batch, *, at: datetime) -> bool:
    """Whether a register is being checked or added and nobody here is at it: its worker or its command was cut off.

    A command that is still running looks the same from here. To go on beside it does no harm.
    """
    return batch.state in UNDER_WAY and not jobs.is_at_hand(at=at, batch=str(batch.pk))


def undo_until(batch: Batch) -> datetime | None:
    """Until when the register can be taken back in one step; None while it has not been added."""
    if batch.added_at is None:
        return None
    return batch.added_at + timedelta(hours=limits.on(timezone.localdate(batch.added_at), "import_undo_hours"))


def can_undo(batch: Batch, *, at: datetime) -> bool:
    """Whether the register can be taken back now."""
    until = undo_until(batch)
    return batch.state == states.ADDED and until is not None and at <= until


def remembered(signature: str) -> RememberedMapping | None:
    """How a table with these headings was matched the last time."""
    return RememberedMapping.objects.filter(signature=digest_of(signature)).first()


def digest_of(signature: str) -> str:
    """The headings of a table as one short key."""
    return sha256(signature.encode()).hexdigest()


def sums(batches: Iterable[Batch]) -> dict[UUID, dict[str, int]]:
    """Rows by outcome for several batches in one query."""
    found: dict[UUID, dict[str, int]] = {}
    rows = Row.objects.filter(batch__in=list(batches)).values_list("batch", "outcome").annotate(rows=Count("pk"))
    for batch, outcome, count in rows.order_by():
        found.setdefault(batch, {})[outcome] = count
    return found


def people(batch: Batch) -> dict[str, str]:
    """The names of the officers who received and added the register, by ``received`` and ``added``."""
    names = staff.names({batch.received_by, batch.added_by})
    return {
        "received": names.get(batch.received_by, batch.received_by),
        "added": names.get(batch.added_by, batch.added_by),
    }
