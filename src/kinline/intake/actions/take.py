"""Taking a piece of post: whole, once, and durably, before anybody asks what it says.

The bytes, the promise of an acknowledgement and the ledger's entry are one transaction. Only after it is committed may
a channel say to its wire that the post was taken (A0). Post is never refused by how much there is of it.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.intake import queries
from kinline.intake.models import Item, Raw
from kinline.ledger import actions as ledger
from kinline.staff.queries import ENGINE, FAMILY
from kinrules import limits
from kinrules.refusal import Refused

LONGEST_NAME = 255


@dataclass(frozen=True)
class Taken:
    """What a channel learns: the number of the post, and whether it came before, or under that name with other bytes.

    ``again``: these very bytes came before; the number is the one given then. ``conflict``: other bytes came before
    under the same name. Both are kept, these under a number of their own, and a person looks at them.
    """

    number: int
    again: bool = False
    conflict: bool = False


def take(*, channel: str, account: str, external_id: str, raw: bytes, at: datetime) -> Taken:
    """Keep what a channel brings, or find that it is kept already. When this returns, it is durable.

    ``external_id`` is what the channel calls this delivery, such as ``<UIDVALIDITY>:<UID>`` or an update's number. The
    same delivery has the same name, however often it is brought.

    Raises:
        Refused: ``intake.too-long``, ``intake.no-name``; then nothing is kept, and the sender must be told so (E1).
        RuntimeError: called inside a transaction, whose commit nobody could wait for.
    """
    _require_a_name(external_id)
    _require_room(raw, at=at)
    name = external_id if len(external_id) <= LONGEST_NAME else f"sha256:{sha256(external_id.encode()).hexdigest()}"
    item = Item(channel=channel, account=account, external_id=name, digest=sha256(raw).hexdigest())
    first = queries.first_under(item)
    if first is None:
        try:
            with transaction.atomic(durable=True):
                return Taken(_keep(item, raw, at=at))
        except IntegrityError:  # brought twice at once: the other was faster
            first = queries.first_under(item)
            if first is None:
                raise
    if first.digest == item.digest:
        return Taken(first.pk, again=True)
    return _take_conflict(item, raw, first=first, at=at)


def _take_conflict(item: Item, raw: bytes, *, first: Item, at: datetime) -> Taken:
    """Keep other bytes under a name that is taken, once, for a person to look at."""
    before = queries.conflict_of(first, digest=item.digest)
    if before is not None:
        return Taken(before.pk, again=True, conflict=True)
    item.pk, item.conflicts_with = None, first
    try:
        with transaction.atomic(durable=True):
            number = _keep(item, raw, at=at)
            ledger.advance(item, "set_apart", actor=ENGINE, at=at, first=first.pk)
    except IntegrityError:
        before = queries.conflict_of(first, digest=item.digest)
        if before is None:
            raise
        return Taken(before.pk, again=True, conflict=True)
    return Taken(number, conflict=True)


def _keep(item: Item, raw: bytes, *, at: datetime) -> int:
    item.size, item.received_at = len(raw), at
    item.save(force_insert=True)
    Raw.objects.create(item=item, content=raw)
    outbox.promise_receipt(item.pk, channel=item.channel, account=item.account, at=at)
    facts = {"channel": item.channel, "digest": item.digest, "size": item.size}
    ledger.append(kind="intake_item.take", subject=ledger.reference(item), actor=FAMILY, at=at, facts=facts)
    return item.pk


def _require_a_name(external_id: str) -> None:
    if not external_id:
        raise Refused("intake.no-name", "a delivery without a name of its own could not be told from the next one")


def _require_room(raw: bytes, *, at: datetime) -> None:
    most = limits.on(timezone.localdate(at), "intake_item_bytes")
    if len(raw) > most:
        raise Refused("intake.too-long", "the piece of post is longer than may be taken", most=f"{most // 2**20}")
