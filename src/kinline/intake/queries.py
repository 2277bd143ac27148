"""What came in, what still waits to be read, and what waits for a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q, QuerySet

from kinline.intake.models import Attachment, Heard, Item, Raw
from kinrules.states import intake_item as states

HOUR = timedelta(hours=1)
# Of so many readings one is for the slow lane while others wait: who floods it delays nobody, and nobody there starves.
SLOW_ONE_IN = 10


@dataclass(frozen=True)
class Waiting:
    """How much of one channel's post waits to be read, and since when."""

    channel: str
    count: int
    oldest: datetime


@dataclass(frozen=True)
class Turn:
    """Whose post a reader read last: of which ``channel``, of which ``sender`` in the slow lane.

    ``usual`` counts what was read since the slow lane had its turn.
    """

    channel: str = ""
    sender: str = ""
    usual: int = 0

    def after(self, item: Item) -> "Turn":
        """As it is once ``item`` was read."""
        if item.sender:
            return Turn(self.channel, item.sender)
        return Turn(item.channel, self.sender, self.usual + 1)


FIRST_TURN = Turn()


def first_under(item: Item) -> Item | None:
    """The item that was kept first under the name of ``item``."""
    return Item.objects.filter(
        channel=item.channel, account=item.account, external_id=item.external_id, conflicts_with=None
    ).first()


def conflict_of(first: Item, *, digest: str) -> Item | None:
    """What was kept with these bytes under the name of ``first``."""
    return Item.objects.filter(conflicts_with=first, digest=digest).first()


def names_under(*, channel: str, account: str, beginning: str) -> set[str]:
    """Names of what one account of a channel brought, as far as they begin so."""
    brought = Item.objects.filter(channel=channel, account=account, conflicts_with=None)
    return set(brought.filter(external_id__startswith=beginning).values_list("external_id", flat=True))


def readable(*, at: datetime) -> QuerySet[Item]:
    """Items that may be read at ``at``: nobody is reading them now. The oldest first."""
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    return Item.objects.filter(free, state=states.WAITING).order_by("pk")


def next_in_turn(turn: Turn, *, at: datetime) -> Item | None:
    """What is read next: the oldest of the next channel that has any; at times, or when none has, one of the slow lane.

    In the slow lane the senders have their turn one after another.
    """
    return next((item for lane in _lanes(turn, at=at) if (item := lane.first()) is not None), None)


def _lanes(turn: Turn, *, at: datetime) -> list[QuerySet[Item]]:
    """Where to look, one after another. Each finds its first by the index of its lane, however much waits."""
    usual = readable(at=at).filter(sender="").order_by("channel", "pk")
    slow = readable(at=at).filter(sender__gt="").order_by("sender", "channel", "pk")
    by_channel, by_sender = usual.filter(channel__gt=turn.channel), slow.filter(sender__gt=turn.sender)
    if turn.usual >= SLOW_ONE_IN - 1:
        return [by_sender, slow, by_channel, usual]
    return [by_channel, usual, by_sender, slow]


def sender_of(item: Item, *, address: str, authenticated: bool) -> str:
    """A digest of who spoke. Whoever writes in another's name is another sender, and puts nobody off but himself."""
    told = "\n".join([item.channel, item.account, address, "vouched for" if authenticated else "anybody"])
    return sha256(told.encode("utf-8", "replace")).hexdigest()


def is_put_off(sender: str) -> bool:
    """Whether something of this sender waits in the slow lane."""
    return Item.objects.filter(state=states.WAITING, sender=sender).exists()


def said_much(item: Item, *, address: str, authenticated: bool, at: datetime, most: int) -> bool:
    """Whether more than ``most`` was heard from this sender within an hour."""
    lately = Heard.objects.filter(address=address, heard_at__gt=at - HOUR, authenticated=authenticated)
    same = lately.filter(item__channel=item.channel, item__account=item.account)
    return len(same.order_by().values_list("pk")[: most + 1]) > most


def waiting(*, channel: str) -> Waiting | None:
    """How long the queue of unread post of a channel is; None where there is none."""
    items = Item.objects.filter(state=states.WAITING, channel=channel).order_by("pk")
    oldest = items.first()
    return None if oldest is None else Waiting(channel, items.count(), oldest.received_at)


def is_waiting(number: int) -> bool:
    """Whether the piece of post of this number is still to be read, and is not being given up either."""
    return Item.objects.filter(pk=number, state=states.WAITING).exists()


def for_a_person() -> QuerySet[Item]:
    """Items that no machine can finish: unreadable, or come again with other words. The longest waiting first."""
    return Item.objects.filter(state__in=[states.QUARANTINED, states.CONFLICT]).order_by("pk")


def to_fetch(*, channel: str) -> QuerySet[Attachment]:
    """Files of a channel that still lie there under a name of its own, the oldest first."""
    waiting = Attachment.objects.filter(digest="", trouble="", heard__item__channel=channel)
    return waiting.exclude(remote_id="").order_by("pk")


def to_delete(*, channel: str) -> QuerySet[Attachment]:
    """Files that are kept and still lie with their channel under a name of its own, the oldest first."""
    kept = Attachment.objects.filter(heard__item__channel=channel).exclude(digest="")
    return kept.exclude(remote_id="").order_by("pk")


def raw_of(item: Item) -> bytes:
    """The bytes of ``item`` as they came."""
    return bytes(Raw.objects.get(item=item).content)


def heard_in(item: Item) -> QuerySet[Heard]:
    """What was said in ``item``, in its order."""
    return Heard.objects.filter(item=item).order_by("position")


def album_of(heard: Heard) -> QuerySet[Heard]:
    """All that was sent as one with what was heard, itself among it; itself alone where it is no part of an album."""
    if not heard.album:
        return Heard.objects.filter(pk=heard.pk)
    alike = Heard.objects.filter(address=heard.address, album=heard.album, item__channel=heard.item.channel)
    return alike.filter(item__account=heard.item.account).order_by("pk")


def continues_album(heard: Heard) -> bool:
    """Whether another part of its album was heard before, and this one brings no words of its own."""
    return bool(heard.album) and not heard.text and album_of(heard).filter(pk__lt=heard.pk).exists()


def heard_before(item: Item, *, wire_id: str, address: str, text: str) -> Heard | None:
    """The same thing as heard in an earlier item of the same channel; None if it was not."""
    alike = Heard.objects.filter(wire_id=wire_id, address=address, text=text, repeats=None)
    return alike.filter(item__channel=item.channel, item__lt=item.pk).order_by("pk").first()
