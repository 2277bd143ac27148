"""Asks the provider for what came in, where it does not bring it, and lets it forget only what is committed here."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from django.db import close_old_connections

from kinline.channels.outcomes import Unreachable
from kinline.channels.sms import CHANNEL
from kinline.channels.sms.gateway import Gateway
from kinline.channels.sms.public import NAME, Take, external_id

log = logging.getLogger(__name__)
PAUSE_SECONDS, LONGEST_PAUSE = 5.0, 60.0


@dataclass(frozen=True)
class Round:
    """What one question brought: posts taken, posts not taken, and why nothing came at all."""

    taken: int = 0
    untaken: int = 0
    failed: str = ""


def once(gateway: Gateway, *, account: str, take: Take, clock: Callable[[], datetime]) -> Round:
    """Ask once, take what comes one by one, and say of each that it is kept."""
    came = gateway.waiting()
    if isinstance(came, Unreachable):
        return Round(failed=came.reason)
    taken = 0
    for raw in came:
        try:
            take(channel=NAME, account=account, external_id=external_id(raw), raw=raw, at=clock())
        except Exception as error:  # noqa: BLE001 - whatever it was, there was no commit, and the next one is taken
            log.error("a post was not taken; the provider keeps it", extra={"code": type(error).__qualname__})
            continue
        gateway.kept(_name(raw))  # where nobody hears it, the same comes again and is known
        taken += 1
    return Round(taken, len(came) - taken)


def _name(raw: bytes) -> str:
    """What the provider calls a message, or the message of ours that it reports on."""
    [said] = CHANNEL.read(raw)
    return said.about or said.wire_id.removeprefix("id:")


def follow(gateway: Gateway, *, account: str, take: Take, clock: Callable[[], datetime], stop: Event) -> None:
    """Ask again and again until ``stop`` is set; wait longer after each failure."""
    failures = 0
    while not stop.is_set():
        came = once(gateway, account=account, take=take, clock=clock)
        failures = failures + 1 if came.failed or came.untaken else 0
        if came.failed:
            log.warning("the SMS provider was asked in vain", extra={"code": came.failed, "count": failures})
        close_old_connections()
        stop.wait(min(PAUSE_SECONDS * 2.0 ** min(failures, 6), LONGEST_PAUSE))
