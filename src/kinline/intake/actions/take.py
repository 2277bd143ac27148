"""Taking a piece of post: whole, once, and durably, before anybody asks what it says.

The bytes, the promise of an acknowledgement and the ledger's entry are one transaction, which all post shares that
comes at the same time. Only after it is committed may a channel say to its wire that the post was taken (A0). Post is
never refused by how much there is of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.intake import queries
from kinline.intake.actions.together import Together
from kinline.intake.models import Item, Raw
from kinline.ledger import actions as ledger
from kinline.staff.queries import ENGINE, FAMILY
from kinrules import limits
from kinrules.refusal import Refused

LONGEST_NAME = 255
# What one commit carries at most: as many callers as may be served at once, and what memory holds easily.
MOST_TOGETHER, MOST_BYTES_TOGETHER = 64, 32 * 2**20


@dataclass(frozen=True)
class Taken:
    """What a channel learns: the number of the post, and whether it came before, or under that name with other bytes.

    ``again``: these very bytes came before; the number is the one given then. ``conflict``: other bytes came before
    under the same name. Both are kept, these under a number of their own, and a person looks at them.
    """

    number: int
    again: bool = False
    conflict: bool = False


@dataclass
class _Order:
    """A piece of post to be kept: what is known of it, its bytes; and what was found under its name instead."""

    item: Item
    raw: bytes
    first: Item | None = None

    @property
    def size(self) -> int:
        return self.item.size


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
    known = {"channel": channel, "account": account, "external_id": name, "digest": sha256(raw).hexdigest()}
    order = _Order(Item(**known, size=len(raw), received_at=at), raw)
    _keep(order)
    if order.first is None:
        return Taken(order.item.pk)
    if order.first.digest == order.item.digest:
        return Taken(order.first.pk, again=True)
    return _take_conflict(order, first=order.first, at=at)


def _take_conflict(order: _Order, *, first: Item, at: datetime) -> Taken:
    """Keep other bytes under a name that is taken, once, for a person to look at."""
    item = order.item
    before = queries.conflict_of(first, digest=item.digest)
    if before is not None:
        return Taken(before.pk, again=True, conflict=True)
    item.conflicts_with = first
    try:
        with transaction.atomic(durable=True):
            _write([order])
            ledger.advance(item, "set_apart", actor=ENGINE, at=at, first=first.pk)
    except IntegrityError:
        before = queries.conflict_of(first, digest=item.digest)
        if before is None:
            raise
        return Taken(before.pk, again=True, conflict=True)
    return Taken(item.pk, conflict=True)


def _keep(order: _Order) -> None:
    """Write the order with all that wait in this process, or alone where that fails."""
    # Within a transaction it goes alone, to be refused there: nobody could wait for its commit.
    if connection.in_atomic_block or not _TOGETHER.bring(order):
        _commit([_again(order)])


def _commit(orders: Sequence[_Order]) -> None:
    """Write what is new of the orders, in one transaction; for the others, find what came first under their name."""
    try:
        with transaction.atomic(durable=True):
            _write(orders)
    except IntegrityError:  # rare, so that nobody else pays for looking: some came before, or twice at once
        with transaction.atomic(durable=True):
            _write(_new(orders))


def _new(orders: Sequence[_Order]) -> list[_Order]:
    """Those whose name is not taken, nor borne by one before them."""
    firsts: dict[tuple[str, str, str], Item] = {}
    new = []
    for order in map(_again, orders):
        item = order.item
        name = (item.channel, item.account, item.external_id)
        order.first = firsts.get(name) or queries.first_under(item)
        if order.first is None:
            firsts[name] = item
            new.append(order)
    return new


def _again(order: _Order) -> _Order:
    """As it was before it was tried to be written."""
    order.item.pk = order.first = None
    return order


_TOGETHER = Together(_commit, most=MOST_TOGETHER, most_bytes=MOST_BYTES_TOGETHER)


def _write(orders: Sequence[_Order]) -> None:
    """The rows of new post: some statements, however much there is of it. All or nothing."""
    items = [order.item for order in orders]
    if not items:
        return
    at = max(item.received_at for item in items)
    Item.objects.bulk_create(items)
    Raw.objects.bulk_create([Raw(item=order.item, content=order.raw) for order in orders])
    outbox.promise_receipts([(item.pk, item.channel, item.account) for item in items], at=at)
    ledger.append_all([_entry(item) for item in items], actor=FAMILY, at=at)


def _entry(item: Item) -> tuple[str, str, dict[str, Any]]:
    facts = {"channel": item.channel, "digest": item.digest, "size": item.size}
    return ("intake_item.take", ledger.reference(item), facts)


def _require_a_name(external_id: str) -> None:
    if not external_id:
        raise Refused("intake.no-name", "a delivery without a name of its own could not be told from the next one")


def _require_room(raw: bytes, *, at: datetime) -> None:
    most = limits.on(timezone.localdate(at), "intake_item_bytes")
    if len(raw) > most:
        raise Refused("intake.too-long", "the piece of post is longer than may be taken", most=f"{most // 2**20}")
