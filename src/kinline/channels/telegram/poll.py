"""Asks Telegram for what was said, and lets it forget only what is committed here.

Telegram keeps an update for a day, until a later question names a higher number. So that question is our word that the
update is safe, and it is asked only after ``take`` has returned for every update below. Numbers may jump, come twice or
out of order; after a quiet week they may begin anew, and lower. Therefore a number is said in one question, heard or
not, and forgotten: the next begins at whatever Telegram still has, and what comes again is known.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Event
from typing import Protocol

from django.db import close_old_connections

from kinline.channels.outcomes import Refused, RetryAfter
from kinline.channels.telegram import read, slices
from kinline.channels.telegram.client import Answered, Bot, Failed

NAME = "telegram"
LONGEST_PAUSE = 60.0

log = logging.getLogger(__name__)


class Taken(Protocol):
    """What the durable core says once the bytes are committed."""

    @property
    def again(self) -> bool: ...

    @property
    def conflict(self) -> bool: ...


class Take(Protocol):
    """``intake.actions.take``: returns after the commit, and raises if there was none."""

    def __call__(self, *, channel: str, account: str, external_id: str, raw: bytes, at: datetime) -> Taken: ...


@dataclass(frozen=True)
class Round:
    """What one question brought: updates taken, among them known ones and changed ones, and updates not taken."""

    taken: int = 0
    again: int = 0
    conflicts: int = 0
    untaken: int = 0
    failed: Failed | None = None


def external_id(raw: bytes, *, account: str) -> str:
    """By what a delivery of this update is known: bot and number of the update; its digest where it has no number."""
    number = read.number(raw)
    return f"{account}:sha256:{sha256(raw).hexdigest()}" if number is None else f"{account}:{number}"


class Poller:
    """One bot's ear by long polling. At most one may ask at a time; Telegram tells the others apart."""

    def __init__(self, bot: Bot, *, take: Take, clock: Callable[[], datetime], wait: int = 25) -> None:
        self._bot, self._take, self._clock, self._wait = bot, take, clock, wait
        self._after: int | None = None

    def once(self) -> Round:
        """Ask once, take what comes one by one, and remember up to where Telegram may forget."""
        after, self._after = self._after, None
        answer = self._bot.updates(after=after, wait=self._wait, kinds=read.ASKED_FOR)
        if not isinstance(answer, Answered):
            return Round(failed=answer)
        try:
            came = slices.updates(answer.raw)
        except (ValueError, RecursionError):
            return Round(failed=Refused("not-understood"))
        return self._take_all(came)

    def _take_all(self, came: list[bytes]) -> Round:
        receipts = [(raw, read.number(raw), self._take_one(raw)) for raw in came]
        taken = [receipt for _raw, _number, receipt in receipts if receipt is not None]
        self._after = _safe_before([(number, receipt is not None) for _raw, number, receipt in receipts])
        for raw, _number, receipt in receipts:
            if receipt is not None and (press := read.pressed(raw)):
                self._bot.stop_the_clock(press)
        return Round(
            taken=len(taken),
            again=sum(receipt.again for receipt in taken),
            conflicts=sum(receipt.conflict for receipt in taken),
            untaken=len(came) - len(taken),
            # Without a number it cannot be forgotten there, and would come again at once for ever.
            failed=Refused("without-a-number") if any(number is None for _raw, number, _receipt in receipts) else None,
        )

    def _take_one(self, raw: bytes) -> Taken | None:
        account = self._bot.account
        try:
            return self._take(
                channel=NAME,
                account=account,
                external_id=external_id(raw, account=account),
                raw=raw,
                at=self._clock(),
            )
        except Exception as error:  # noqa: BLE001 - whatever it was, there was no commit, and the next one is taken
            log.error("an update was not taken; Telegram keeps it", extra={"code": type(error).__qualname__})
            return None


def _safe_before(came: list[tuple[int | None, bool]]) -> int | None:
    """The number below which Telegram may forget: numbers that came, each with whether it was taken.

    One that was not taken holds back all above it, which come again and are known by then; but none waits for it.

    >>> _safe_before([(7, True), (9, True)]), _safe_before([(7, True), (8, False), (9, True)]), _safe_before([])
    (10, 8, None)
    """
    safe = [number for number, is_taken in came if number is not None and is_taken]
    unsafe = [number for number, is_taken in came if number is not None and not is_taken]
    if unsafe:
        return min(unsafe)
    return max(safe) + 1 if safe else None


def follow(poller: Poller, *, stop: Event, tell: Callable[[Round], None]) -> None:
    """Ask again and again until ``stop`` is set; wait longer after each failure, and as long as Telegram asks."""
    failures = 0
    while not stop.is_set():
        came = poller.once()
        tell(came)
        if came.failed is None and not came.untaken:
            failures = 0
            continue
        failures += 1
        close_old_connections()  # one that died with the database would fail for ever
        if came.failed is not None:
            code = getattr(came.failed, "reason", "wait")
            log.warning("Telegram was asked and did not answer", extra={"code": code, "count": failures})
        stop.wait(pause(came, failures=failures))


def pause(came: Round, *, failures: int) -> float:
    """Seconds to wait after a failure: what Telegram asks for, else twice as long as before, at most a minute."""
    if isinstance(came.failed, RetryAfter):
        return came.failed.seconds
    return min(2.0 ** min(failures - 1, 6), LONGEST_PAUSE)
