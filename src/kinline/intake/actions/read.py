"""Reading what was taken: begun under a lease, counted before it begins, and given up for a person after some tries.

A reading is counted before it is tried, so that a piece of post that takes its reader down with it is counted too.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.intake import messages, queries
from kinline.intake.actions.converse import converse
from kinline.intake.actions.hear import MESSAGE, Said, clean, hear
from kinline.intake.actions.heed import heed
from kinline.intake.actions.undelivered import note_undelivered
from kinline.intake.models import Heard, Item
from kinline.intake.standing import Abilities
from kinline.ledger import actions as ledger
from kinline.staff.queries import ENGINE
from kinrules import limits
from kinrules.states import intake_item as states
from kinrules.terms import Channel

LEASE = timedelta(seconds=60)
TOO_OFTEN_LOST = "reader-lost"
BOUNCE = "bounce"


def begin_reading(
    *, at: datetime, only: int | None = None, turn: queries.Turn = queries.FIRST_TURN
) -> tuple[Item, bytes] | None:
    """The next item to be read and its bytes, held for this reader alone; None when none waits.

    ``only`` is the number of the one that somebody waits for on the line. ``turn`` is whose post this reader read last:
    the channels are read in turn, so that no flood on one keeps the post of another.
    """
    readable = queries.readable(at=at)
    while (item := queries.next_in_turn(turn, at=at) if only is None else readable.filter(pk=only).first()) is not None:
        if item.attempts >= limits.on(timezone.localdate(at), "intake_reading_tries"):
            _give_up(item, trouble=item.trouble or TOO_OFTEN_LOST, at=at)
            continue
        if _lease(item, at=at):
            return item, queries.raw_of(item)
    return None


@transaction.atomic
def note_read(item: Item, said: Sequence[Said], *, at: datetime, abilities: Abilities | None = None) -> list[Heard]:
    """Keep all that was said in ``item``, and answer it or tell its sender that it was received. All or nothing.

    ``abilities`` are those of a channel on which conversations are held; without them nothing is answered.

    Raises:
        Refused: another reader was faster.
    """
    ledger.advance(item, "read", actor=ENGINE, at=at, heard=len(said))
    heard = [hear(item, each, at=at, position=position) for position, each in enumerate(said)]
    for each in heard:
        if each.kind == BOUNCE:
            note_undelivered(each, at=at)
        heed(each, at=at)
    answered = 0
    if abilities is not None:
        for each, spoken in zip(heard, said, strict=True):
            answered += converse(each, spoken, abilities=abilities, at=at)
    if answered:
        _withdraw(item, why="answered", at=at)
    elif heard and all(queries.continues_album(each) for each in heard):
        _withdraw(item, why="album", at=at)
    else:
        _acknowledge(item, heard, at=at)
    return heard


def put_off(item: Item, said: Sequence[Said], *, at: datetime) -> bool:
    """Leave ``item`` to the slow lane where its sender says too much at once. True if it is read later.

    Nothing is refused or lost, and it is no try. Whoever has something there has the next there too, so that all of it
    is read in the order in which it was said.
    """
    if item.sender:
        return False
    for each in said:
        sender = queries.sender_of(item, address=clean(each.address, 320), authenticated=each.authenticated)
        if each.address and (queries.is_put_off(sender) or _says_much(item, each, at=at)):
            ours = Item.objects.filter(pk=item.pk, state=states.WAITING, attempts=item.attempts)
            ours.update(sender=sender, attempts=item.attempts - 1, leased_until=None)
            return True  # or another reader was faster, and it is his
    return False


def _says_much(item: Item, said: Said, *, at: datetime) -> bool:
    most = limits.on(timezone.localdate(at), "sender_usual_per_hour")
    address = clean(said.address, 320)
    return queries.said_much(item, address=address, authenticated=said.authenticated, at=at, most=most)


def could_not_read(item: Item, *, trouble: str, at: datetime) -> bool:
    """Note why a reading failed; ``trouble`` is a code. True when it was the last try, and a person must look."""
    tries = limits.on(timezone.localdate(at), "intake_reading_tries")
    if item.attempts >= tries:
        _give_up(item, trouble=trouble, at=at)
        return True
    wait = timedelta(seconds=2**item.attempts)
    Item.objects.filter(pk=item.pk, attempts=item.attempts).update(trouble=trouble[:40], leased_until=at + wait)
    return False


@transaction.atomic
def release(item: Item, *, actor: ledger.Named, at: datetime) -> None:
    """Have an item read once more, its tries given back: a person says that it can be read now.

    Raises:
        Refused: not permitted, or it does not wait for a person.
    """
    ledger.advance(item, "release", actor=actor, at=at)
    Item.objects.filter(pk=item.pk).update(attempts=0, trouble="", leased_until=None)


@transaction.atomic
def read_by_hand(item: Item, *, actor: ledger.Named, at: datetime) -> None:
    """Note that a person has read the bytes and seen to what they say. No receipt can be sent: nobody knows to whom.

    Raises:
        Refused: not permitted, or it does not wait for a person.
    """
    ledger.advance(item, "read_by_hand", actor=actor, at=at)
    _withdraw(item, why="read-by-hand", at=at)


def _lease(item: Item, *, at: datetime) -> bool:
    """Compare and set: nobody else has begun to read it since."""
    free = Item.objects.filter(pk=item.pk, attempts=item.attempts, leased_until=item.leased_until)
    taken = free.filter(state=states.WAITING).update(attempts=item.attempts + 1, leased_until=at + LEASE)
    if taken:
        item.refresh_from_db()
    return bool(taken)


@transaction.atomic
def _give_up(item: Item, *, trouble: str, at: datetime) -> None:
    """Set the item apart for a person and raise the alarm; whatever came after it is read."""
    ledger.advance(item, "quarantine", actor=ENGINE, at=at, trouble=trouble, attempts=item.attempts)
    Item.objects.filter(pk=item.pk).update(trouble=trouble[:40], leased_until=None)


def _withdraw(item: Item, *, why: str, at: datetime) -> None:
    """Send no bare receipt: our answer says that the message came, or nobody knows to whom it would go."""
    promise = sending.of_item(item.pk)
    if promise is not None:
        outbox.withdraw(promise, why=why, at=at)


def _acknowledge(item: Item, heard: Sequence[Heard], *, at: datetime) -> None:
    """Address the promised acknowledgement, or withdraw it and say why.

    It goes only where the channel vouches for the sender, on that channel, and on some at most once a day; the text is
    the same whatever the message says.
    """
    promise = sending.of_item(item.pk)
    if promise is None:
        return
    to = next((each for each in heard if _may_be_told(each)), None)
    if to is None:
        outbox.withdraw(promise, why=_why_not(heard), at=at)
    elif _was_told_lately(item, to, at=at):
        outbox.withdraw(promise, why="told-lately", at=at)
    else:
        receipt = messages.received(number=str(item.pk), language=to.language, short=item.channel == Channel.SMS)
        words = outbox.Words(
            text=receipt.text,
            language=receipt.language,
            subject=receipt.subject if to.subject else "",
            answers=to.wire_id,
        )
        outbox.address(promise, words, to=to.address, at=at)


def _may_be_told(heard: Heard) -> bool:
    return heard.kind == MESSAGE and bool(heard.address) and heard.authenticated and heard.repeats_id is None


def _why_not(heard: Sequence[Heard]) -> str:
    said = [each for each in heard if each.kind == MESSAGE]
    if not said:
        return "no-message"
    if all(each.repeats_id for each in said):
        return "repeats"
    return "not-authenticated" if any(each.address for each in said) else "no-address"


def _was_told_lately(item: Item, to: Heard, *, at: datetime) -> bool:
    name = f"{item.channel}_acknowledgement_hours"
    if name not in limits.every():
        return False
    hours = limits.on(timezone.localdate(at), name)
    return sending.acknowledged_lately(channel=item.channel, address=to.address, at=at, hours=hours)
