"""Sends what the outbox holds for one channel, and tells the outbox what became of it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from kinline.channels import CHANNELS
from kinline.channels.base import Forgets, Outbound, Parcel
from kinline.channels.outcomes import Outcome, Refused, RetryAfter, Sent, Unreachable
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinrules.refusal import Refused as NotWritten

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Wire = Callable[[Parcel], Outcome]
PAUSE_SECONDS = 0.5
UNWRITABLE = "cannot-be-written"
CANNOT_DELETE = "cannot-delete"


def send_next(channel: str, wire: Wire, *, worker: str, clock: Clock) -> bool:
    """Send the next message that may be sent now. False when there is none.

    A message of several parcels that fails half-way is sent anew from its first: its number tells them apart.
    """
    message = outbox.claim(worker=worker, at=clock(), channel=channel)
    if message is None:
        return False
    outcome, text = _sent(channel, message, wire)
    _note(message, outcome, text=text, at=clock())
    return True


def send_due(channel: str, wire: Wire, *, worker: str, clock: Clock) -> int:
    """Send everything that may be sent now, and return how many messages were tried."""
    count = 0
    while send_next(channel, wire, worker=worker, clock=clock):
        count += 1
    return count


def keep_sending(channel: str, wire: Wire, *, worker: str, clock: Clock, stop: Event) -> None:
    """Send whatever is written until ``stop`` is set; the message at hand is finished first."""
    while not stop.is_set():
        try:
            was_busy = send_next(channel, wire, worker=worker, clock=clock)
        except (OperationalError, InterfaceError):
            log.exception("the database did not answer; the sender waits and tries again")
            close_old_connections()
            was_busy = False
        except Exception:  # the sender goes on: the attempt is counted, and the last is laid before a person
            log.exception("a message could not be finished")
            was_busy = False
        if not was_busy:
            stop.wait(PAUSE_SECONDS)
    connection.close()


def _sent(channel: str, message: Outgoing, wire: Wire) -> tuple[Outcome, str]:
    """What became of the message, and what it says."""
    text = message.text
    if message.forgets:
        forgotten = _forgotten(channel, message, wire)
        if not isinstance(forgotten, Sent | Refused):
            return forgotten, text
        text = message.otherwise if isinstance(forgotten, Refused) and message.otherwise else text
    try:
        parcels = CHANNELS[channel].write(_outbound(message, text))
    except (ValueError, NotWritten):  # a text that this channel cannot carry: no wire will ever take it as it is
        return Refused(UNWRITABLE), text
    outcome: Outcome = Sent()
    for parcel in parcels:
        outcome = wire(parcel)
        if not isinstance(outcome, Sent):
            break
    return outcome, text


def _forgotten(channel: str, message: Outgoing, wire: Wire) -> Outcome:
    """Sent if all that the message forgets is deleted, refused if one will never be. What is gone may go again."""
    door = CHANNELS[channel]
    parcels = door.forget(message.forgets) if isinstance(door, Forgets) else []
    worst: Outcome = Sent() if len(parcels) == len(message.forgets) else Refused(CANNOT_DELETE)
    for parcel in parcels:
        outcome = wire(parcel)
        if isinstance(outcome, Refused):
            worst = outcome
        elif not isinstance(outcome, Sent):
            return outcome
    if isinstance(worst, Refused):
        log.warning("not all could be deleted", extra={"reference": str(message.pk), "code": worst.reason})
    return worst


def _outbound(message: Outgoing, text: str) -> Outbound:
    return Outbound(
        number=str(message.pk),
        address=message.address,
        text=text,
        subject=message.subject,
        language=message.language,
        choices=tuple((str(key), str(words)) for key, words in message.choices),
        answers=message.answers,
        at=message.written_at,
    )


def _note(message: Outgoing, outcome: Outcome, *, text: str, at: datetime) -> None:
    match outcome:
        case Sent(mark=mark):
            outbox.sent(message, at=at, sent_as=mark, text=text)
        case RetryAfter(seconds=seconds):
            outbox.failed(message, at=at, code="wait", retry_after=timedelta(seconds=seconds))
        case Refused(reason=reason):
            outbox.failed(message, at=at, code=reason, for_good=True)
        case Unreachable(reason=reason):
            outbox.failed(message, at=at, code=reason)
