"""Every write to the outbox: promised, addressed, claimed, sent, failed, withdrawn, tried again.

``write`` joins the transaction of what it speaks about, so a message exists exactly if that does. Each claim carries
the number of its attempt: whoever lost the lease fails the comparison and writes nothing. A process that dies between
sending and ``sent`` leaves a message that is sent once more: at least once, and one repeat at most for each death.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from kinline.correspondence.models import Outgoing, Pause
from kinline.correspondence.outbox import queries
from kinline.correspondence.outbox.wording import Grounds as Grounds
from kinline.correspondence.outbox.wording import Place as Place
from kinline.correspondence.outbox.wording import Words as Words
from kinline.correspondence.outbox.wording import said, when_ended
from kinline.ledger import actions as ledger
from kinrules import limits, permissions
from kinrules.permissions import Permission, Role
from kinrules.terms import Acknowledgement

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LEFT_TOO_OFTEN = "left-too-often"
NOT_DELIVERED = "not-delivered"
_S = Outgoing.Status
_LOCK = 0x4B4F5554  # "KOUT": one claim at a time on PostgreSQL, so that the pace is kept by all workers together.


@dataclass(frozen=True)
class _Engine:
    """The machine that sends; as the ledger knows it everywhere."""

    reference: str = "engine"
    human: str = ""
    roles: frozenset[Role] = frozenset({Role.ENGINE})
    on_duty: bool = False


ENGINE = _Engine()


@transaction.atomic
def write(
    words: Words,
    *,
    to: Place,
    at: datetime,
    grounds: Grounds | None = None,
    once: str | None = None,
    due_at: datetime | None = None,
) -> Outgoing:
    """Write a message down to be sent. With ``once``, a second call with the same key finds the first message."""
    before = Outgoing.objects.filter(once=once).first() if once else None
    if before is not None:
        return before
    rests = grounds or Grounds()
    return Outgoing.objects.create(
        kind=rests.kind,
        item=rests.item,
        entry=rests.entry.seq if rests.entry else None,
        signed_off_by=rests.signed_off_by,
        approval=rests.approval,
        approved_by_first=rests.approved_by[0],
        approved_by_second=rests.approved_by[1],
        approved_digest=rests.approved_digest,
        once=once,
        channel=to.channel,
        account=to.account,
        address=to.address,
        written_at=at,
        due_at=due_at or at,
        **said(words),
    )


def promise_receipts(items: Sequence[tuple[int, str, str]], *, at: datetime) -> list[Outgoing]:
    """Promise to tell that pieces of post were received; to whom is known once they are read.

    Each is its number, and the channel and account by which it came.
    """
    return Outgoing.objects.bulk_create(
        Outgoing(
            kind=Acknowledgement.RECEIVED.value,
            item=number,
            channel=channel,
            account=account,
            status=_S.UNADDRESSED,
            written_at=at,
            due_at=at,
        )
        for number, channel, account in items
    )


def address(message: Outgoing, words: Words, *, to: str, at: datetime) -> bool:
    """Give a promised message its address and words. False when it has them, or was withdrawn."""
    promised = Outgoing.objects.filter(pk=message.pk, status=_S.UNADDRESSED)
    return bool(promised.update(address=to, status=_S.NEW, due_at=at, **said(words)))


@transaction.atomic
def withdraw(message: Outgoing, *, why: str, at: datetime, actor: ledger.Named = ENGINE) -> bool:
    """Never send a message that was not sent yet; ``why`` is a code. False when it is too late."""
    unsent = Outgoing.objects.filter(pk=message.pk, status__in=[_S.UNADDRESSED, _S.NEW])
    if not unsent.update(status=_S.WITHDRAWN, failure=why, ended_at=at, **when_ended(message)):
        return False
    _note(message, "withdraw", actor=actor, at=at, why=why)
    return True


def claim(*, worker: str, at: datetime, channel: str | None = None, address: str | None = None) -> Outgoing | None:
    """Take the next message that may be sent at ``at``, or None when there is none. Commit before sending it.

    ``address`` asks for those to one alone, as to somebody who waits on the line.
    """
    while queries.due(
        at=at, channel=channel, address=address
    ).exists():  # a plain read: no lock while there is nothing to send
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            message = queries.due(at=at, channel=channel, address=address).first()
            if message is None:
                return None
            if message.status == _S.CLAIMED and message.attempts >= limits.on(timezone.localdate(at), "outbox_tries"):
                _end(message, _S.DEAD, at=at, failure=LEFT_TOO_OFTEN)
            elif _take(message, worker=worker, at=at):
                return message
    return None


@transaction.atomic
def sent(message: Outgoing, *, at: datetime, sent_as: str = "", text: str | None = None) -> bool:
    """Note that the wire took the message. False when the lease was lost.

    ``sent_as`` is what the wire calls it, ``text`` what it says where that is not what was written first.
    """
    return _end(message, _S.SENT, at=at, sent_as=sent_as[:300], **when_ended(message, text))


@transaction.atomic
def failed(
    message: Outgoing,
    *,
    at: datetime,
    code: str,
    retry_after: timedelta | None = None,
    for_good: bool = False,
) -> bool:
    """Note that the wire did not take the message; it is tried again after a wait, or waits for a person.

    ``code`` is for the machine and holds no words of the wire. ``retry_after`` is what the wire asked for: nothing is
    sent from this account until then, and the attempt does not count. ``for_good`` says that trying again is of no use,
    as with somebody who blocked us: a person must find another way. False when the lease was lost.
    """
    if retry_after is not None:
        Pause.objects.update_or_create(
            channel=message.channel, account=message.account, defaults={"until": at + retry_after}
        )
        return _put_back(message, code, until=at + retry_after, attempts=message.attempts - 1)
    if for_good or message.attempts >= limits.on(timezone.localdate(at), "outbox_tries"):
        return _end(message, _S.DEAD, at=at, failure=code)
    return _put_back(message, code, until=at + wait_before(message.attempts), attempts=message.attempts)


@transaction.atomic
def not_delivered(message: Outgoing, *, at: datetime, item: int) -> bool:
    """Note that a message that its wire took did not arrive, as the piece of post ``item`` says. False if it was known.

    A person must find another way.
    """
    taken = Outgoing.objects.filter(pk=message.pk, status=_S.SENT)
    if not taken.update(status=_S.DEAD, failure=NOT_DELIVERED, ended_at=at):
        return False
    _note(message, "not_delivered", actor=ENGINE, at=at, item=item)
    return True


@transaction.atomic
def retry(message: Outgoing, *, actor: ledger.Named, at: datetime) -> bool:
    """Give a dead message its tries back: a person has mended what was wrong. False when it is not dead.

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.OUTBOX_RETRY, actor, message)
    dead = Outgoing.objects.filter(pk=message.pk, status=_S.DEAD)
    if not dead.update(status=_S.NEW, attempts=0, due_at=at, ended_at=None):
        return False
    _note(message, "retry", actor=actor, at=at)
    return True


@transaction.atomic
def close(message: Outgoing, *, way: str, actor: ledger.Named, at: datetime) -> bool:
    """Lay a dead message aside: its words reached the family by another ``way``. False when it is not dead.

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.OUTBOX_CLOSE, actor, message)
    dead = Outgoing.objects.filter(pk=message.pk, status=_S.DEAD)
    if not dead.update(status=_S.WITHDRAWN, ended_at=at, **when_ended(message)):
        return False
    _note(message, "close", actor=actor, at=at, way=way)
    return True


def wait_before(attempt: int) -> timedelta:
    """How long to wait before trying again after the failed ``attempt``, counted from 1.

    >>> [wait_before(attempt).seconds for attempt in (1, 2, 3, 12)]
    [10, 20, 40, 3600]
    """
    doubled: int = 2 ** (min(attempt, 20) - 1)
    return min(LONGEST_WAIT, FIRST_WAIT * doubled)


def _own(message: Outgoing) -> Any:
    return Outgoing.objects.filter(pk=message.pk, status=_S.CLAIMED, worker=message.worker, attempts=message.attempts)


def _take(message: Outgoing, *, worker: str, at: datetime) -> bool:
    """Compare and set: the row must still be as it was read."""
    lease = timedelta(seconds=limits.on(timezone.localdate(at), "outbox_lease_seconds"))
    taken = Outgoing.objects.filter(pk=message.pk, status=message.status, attempts=message.attempts).update(
        status=_S.CLAIMED, attempts=F("attempts") + 1, worker=worker, attempted_at=at, leased_until=at + lease
    )
    if taken:
        message.refresh_from_db()
    return bool(taken)


def _put_back(message: Outgoing, code: str, *, until: datetime, attempts: int) -> bool:
    back = _own(message).update(
        status=_S.NEW, due_at=until, attempts=max(0, attempts), failure=code[:80], leased_until=None
    )
    return bool(back)


def _end(message: Outgoing, status: str, *, at: datetime, **changes: str) -> bool:
    """The last thing that happens to a message; the ledger learns it, without address or words."""
    if not _own(message).update(status=status, ended_at=at, leased_until=None, **changes):
        return False
    _note(message, str(status), actor=ENGINE, at=at, attempts=message.attempts)
    return True


def _note(message: Outgoing, verb: str, *, actor: ledger.Named, at: datetime, **facts: object) -> None:
    facts = {"kind": message.kind, "channel": message.channel, **facts}
    ledger.append(kind=f"outgoing.{verb}", subject=ledger.reference(message), actor=actor, at=at, facts=facts)
