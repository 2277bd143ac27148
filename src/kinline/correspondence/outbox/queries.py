"""What waits to be sent, what may be sent now, and what waits for a person."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import pace
from kinrules.terms import Acknowledgement

_S = Outgoing.Status
OPEN = (_S.NEW, _S.CLAIMED)


def due(*, at: datetime, channel: str | None = None, address: str | None = None) -> QuerySet[Outgoing]:
    """Messages that may be sent at ``at``, the longest due first.

    What was claimed by somebody who has gone silent is due again. A message waits for those written before it to the
    same address, so that a family reads them in their order; and for its wire, if that asked for a pause.
    """
    is_new = Q(status=_S.NEW, due_at__lte=at)
    was_left = Q(status=_S.CLAIMED, leased_until__lt=at)
    earlier = Outgoing.objects.filter(
        channel=OuterRef("channel"),
        account=OuterRef("account"),
        address=OuterRef("address"),
        pk__lt=OuterRef("pk"),
        status__in=OPEN,
    )
    waiting = Outgoing.objects.filter(is_new | was_left)
    if channel is not None:
        waiting = waiting.filter(channel=channel)
    if address is not None:
        waiting = waiting.filter(address=address)
    return waiting.exclude(pace.held_back(at=at)).filter(~Exists(earlier)).order_by("due_at", "pk")


def waiting() -> QuerySet[Outgoing]:
    """Everything that is still to be sent, in the order in which it was written."""
    return Outgoing.objects.filter(status__in=OPEN).order_by("pk")


def oldest(*, channel: str) -> datetime | None:
    """Since when the longest waiting message of a channel waits; None where none does."""
    return waiting().filter(channel=channel).values_list("written_at", flat=True).order_by("written_at").first()


def late(*, before: datetime) -> QuerySet[Outgoing]:
    """What should have been sent before that moment and was not; what is written for a later hour is not among it."""
    was_due = Q(attempts__gt=0) | Q(due_at__lt=before)
    return waiting().filter(was_due, written_at__lt=before)


def written_to(*, channel: str, account: str, address: str) -> QuerySet[Outgoing]:
    """Everything that was written to an address, whatever became of it, in its order."""
    return Outgoing.objects.filter(channel=channel, account=account, address=address).order_by("pk")


def said_to(*, channel: str, account: str, address: str) -> QuerySet[Outgoing]:
    """What the wire took for an address, in its order."""
    return written_to(channel=channel, account=account, address=address).filter(status=_S.SENT)


def forgotten(*, channel: str, account: str, address: str) -> set[str]:
    """Marks of messages in a chat that were deleted, are about to be, or could not be."""
    rows = Outgoing.objects.filter(channel=channel, account=account, address=address).exclude(forgets=[])
    return {mark for marks in rows.exclude(status=_S.WITHDRAWN).values_list("forgets", flat=True) for mark in marks}


def under(once: str) -> Outgoing | None:
    """The message that was written under this key."""
    return Outgoing.objects.filter(once=once).first()


def dead() -> QuerySet[Outgoing]:
    """Messages that could not be sent and wait for a person; the longest waiting first."""
    return Outgoing.objects.filter(status=_S.DEAD).order_by("ended_at", "pk")


def unaddressed(*, before: datetime) -> QuerySet[Outgoing]:
    """Promises written before that moment whose address nobody has found yet: their post was never read."""
    return Outgoing.objects.filter(status=_S.UNADDRESSED, written_at__lt=before).order_by("pk")


def of_item(item: int) -> Outgoing | None:
    """The acknowledgement of receipt for the piece of post with this number."""
    return Outgoing.objects.filter(kind=Acknowledgement.RECEIVED.value, item=item).first()


def acknowledged_lately(
    *, channel: str, address: str, at: datetime, hours: int, kind: Acknowledgement = Acknowledgement.RECEIVED
) -> bool:
    """Whether this address was, or is about to be, told within so many hours that something of it was received.

    Or, with another ``kind``, whatever that says.
    """
    told = Outgoing.objects.filter(
        kind=kind.value,
        channel=channel,
        address=address,
        written_at__gt=at - timedelta(hours=hours),
    )
    return told.exclude(status__in=[_S.UNADDRESSED, _S.WITHDRAWN]).exists()
