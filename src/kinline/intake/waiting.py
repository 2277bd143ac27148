"""What waits for a person, since when, and which channel is slow at the moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, QuerySet
from django.utils import timezone

from kinline.correspondence.outbox import queries as sending
from kinline.intake import queries
from kinline.intake.models import Attachment, Conversation, Ear, Item, Transcript
from kinrules import limits
from kinrules.states import intake_item as states
from kinrules.terms import Channel


@dataclass(frozen=True, kw_only=True)
class Queue:
    """How much waits, since when the oldest does, and how much of it was promised for an hour that has passed."""

    count: int
    oldest: datetime | None = None
    late: int = 0


@dataclass(frozen=True, kw_only=True)
class Slow:
    """A channel on which something waits for too long: how much is to be read and to be sent, and since when.

    ``is_down``: it cannot be heard at all, since ``oldest`` or longer.
    """

    channel: str
    is_down: bool = False
    unread: int = 0
    unsent: int = 0
    oldest: datetime


def for_people() -> QuerySet[Conversation]:
    """Conversations to which a person was called. The soonest due first; without an hour, the longest silent first."""
    called = Conversation.objects.exclude(person="").select_related("enquiry")
    return called.order_by(F("person_due_at").asc(nulls_last=True), "said_at", "pk")


def people_queue(*, at: datetime) -> Queue:
    """Conversations that wait for a person."""
    called = for_people().order_by()
    late = called.filter(person_due_at__lt=at).count()
    return Queue(count=called.count(), oldest=called.aggregate(oldest=Min("said_at"))["oldest"], late=late)


def recordings() -> QuerySet[Attachment]:
    """What was said by telephone and nobody has written down yet, the longest waiting first."""
    voices = Attachment.objects.filter(heard__item__channel=Channel.TELEPHONE, media_type__startswith="audio/")
    unwritten = voices.exclude(stored_as="").exclude(pk__in=Transcript.objects.values("attachment"))
    return unwritten.select_related("heard__item").order_by("pk")


def recordings_of(conversation: Conversation) -> QuerySet[Attachment]:
    """What was said in one call and nobody has written down yet."""
    return recordings().filter(heard__address=conversation.address, heard__item__account=conversation.account)


def recordings_queue() -> Queue:
    """Recordings that wait to be written down."""
    unwritten = recordings().order_by()
    oldest = unwritten.aggregate(oldest=Min("heard__item__received_at"))["oldest"]
    return Queue(count=unwritten.count(), oldest=oldest)


def post_queue() -> Queue:
    """Post that no machine could read."""
    apart = queries.for_a_person().order_by()
    return Queue(count=apart.count(), oldest=apart.aggregate(oldest=Min("received_at"))["oldest"])


def unsent_queue() -> Queue:
    """Messages of ours that no channel took."""
    dead = sending.dead().order_by()
    return Queue(count=dead.count(), oldest=dead.aggregate(oldest=Min("ended_at"))["oldest"])


def slow(*, at: datetime) -> list[Slow]:
    """Channels on which something waits for longer than ``channel_slow_minutes`` to be read or to be sent."""
    before = at - timedelta(minutes=limits.on(timezone.localdate(at), "channel_slow_minutes"))
    unread = _by_channel(Item.objects.filter(state=states.WAITING), "received_at", before=before)
    unsent = _by_channel(sending.late(before=before), "written_at", before=before)
    down = _down(at=at)
    return [
        Slow(
            channel=channel,
            is_down=channel in down,
            unread=unread[channel][0] if channel in unread else 0,
            unsent=unsent[channel][0] if channel in unsent else 0,
            oldest=min(found[channel][1] for found in (unread, unsent, down) if channel in found),
        )
        for channel in sorted({*unread, *unsent, *down})
    ]


def _down(*, at: datetime) -> dict[str, tuple[int, datetime]]:
    """Channels that could not be heard for longer than ``channel_down_minutes`` -> how many accounts, since when."""
    before = at - timedelta(minutes=limits.on(timezone.localdate(at), "channel_down_minutes"))
    return _by_channel(Ear.objects.exclude(failing_since=None), "failing_since", before=before)


def _by_channel(rows: QuerySet, moment: str, *, before: datetime) -> dict[str, tuple[int, datetime]]:  # type: ignore[type-arg]
    """Channel -> how many wait, and the oldest; only where that is older than ``before``."""
    counted: Iterable[tuple[str, int, datetime]] = (
        rows.order_by()
        .values("channel")
        .annotate(n=Count("pk"), oldest=Min(moment))
        .values_list("channel", "n", "oldest")
    )
    return {channel: (count, oldest) for channel, count, oldest in counted if oldest < before}
