"""Takes what lies in the bureau's mailbox, each mail once, and marks it as seen only when it is committed here.

What is new is what lies there and was never taken: not what is unseen, for a person may have looked, and not what has a
higher number than the last, for a mail may come late. Nothing is ever deleted. Where the server gives the folder a new
UIDVALIDITY, all numbers are new, and so are all mails: they come again under other names, and reading knows a repeat.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Protocol

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from kinline.channels.email import imap, places
from kinrules import limits
from kinrules.refusal import Refused

NAME = "email"
IDLE_SECONDS = 5 * 60.0
POLL_SECONDS = 20.0
LONGEST_PAUSE = 60.0
TOO_LONG = "intake.too-long"
LONGEST_HEAD = 256 * 1024

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


class Take(Protocol):
    """``intake.actions.take``: returns after the commit, and raises if there was none."""

    def __call__(self, *, channel: str, account: str, external_id: str, raw: bytes, at: datetime) -> object: ...


class Known(Protocol):
    """``intake.queries.names_under``: names that begin so and were taken."""

    def __call__(self, *, channel: str, account: str, beginning: str) -> set[str]: ...


class Refuse(Protocol):
    """``channels.refusing.refuse``: tells the sender of a mail, by its head, that we could not take it."""

    def __call__(self, head: bytes, *, channel: str, account: str, name: str, at: datetime) -> bool: ...


@dataclass(frozen=True)
class Keeping:
    """Where mails are kept, and by what they are known there."""

    take: Take
    known: Known
    clock: Clock
    refuse: Refuse


@dataclass(frozen=True)
class Round:
    """What one look brought: mails taken, mails that could not be, and mails longer than may be taken."""

    taken: int = 0
    untaken: int = 0
    too_long: int = 0


class Poller:
    """One mailbox's ear. Two at once do no harm: what both bring is kept once."""

    def __init__(self, server: places.Server, *, account: str, keeping: Keeping) -> None:
        self._server, self._account, self._keeping = server, account, keeping
        self._validity = 0
        self._taken: set[int] = set()
        self._too_long: set[int] = set()
        self._failures: dict[int, int] = {}

    def opened(self) -> AbstractContextManager[imap.Box]:
        """The mailbox, to be looked into while the block lasts."""
        return imap.opened(self._server)

    def once(self, box: imap.Box, *, is_over: Callable[[], bool] = lambda: False) -> Round:
        """Take what lies in the mailbox and was not taken.

        Raises:
            imap.Lost: the connection is of no more use.
            OperationalError, InterfaceError: the database did not answer, so no other mail could be kept either.
        """
        validity, uids = box.look()
        if validity != self._validity:
            self._begin(box, validity, uids)
        new = uids - self._taken - self._too_long
        taken = untaken = 0
        # One that failed before, or took the line down with it, is tried again after all others.
        for uid in sorted(new, key=lambda uid: (self._failures.get(uid, 0), uid)) if new else ():
            if is_over():
                break
            if self._is_taken(box, uid):
                taken += 1
            elif uid not in self._too_long:
                untaken += 1
        return Round(taken, untaken, len(new & self._too_long))

    def _begin(self, box: imap.Box, validity: int, uids: set[int]) -> None:
        """Learn what was taken under these numbers, and make good what a crash left between the commit and the mark."""
        beginning = self._name(validity, "")
        names = self._keeping.known(channel=NAME, account=self._account, beginning=beginning)
        if self._validity:
            log.warning("the mailbox numbers its mails anew; all of them are taken again")
        self._validity, self._too_long, self._failures = validity, set(), {}
        self._taken = {int(number) for name in names if (number := name[len(beginning) :]).isdecimal()}
        if unmarked := self._taken & uids & box.unseen():
            box.mark_seen(unmarked)

    def _name(self, validity: int, uid: int | str) -> str:
        return f"{self._server.folder}:{validity}:{uid}"

    def _is_taken(self, box: imap.Box, uid: int) -> bool:
        self._failures[uid] = self._failures.get(uid, 0) + 1  # taken back below; a line that is cut leaves it standing
        try:
            if not self._keep(box, uid):
                return False
        except imap.NotGiven:
            return self._fails(uid, "not-given")
        except (imap.Lost, OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, there was no commit, and the next one is taken
            return self._fails(uid, type(error).__qualname__)
        self._failures.pop(uid, None)
        self._taken.add(uid)
        box.mark_seen({uid})
        return True

    def _keep(self, box: imap.Box, uid: int) -> bool:
        """Have the bytes kept. False if they are longer than may be, or there no more."""
        at = self._keeping.clock()
        if box.size_of(uid) > limits.on(timezone.localdate(at), "intake_item_bytes"):
            return self._is_too_long(box, uid, at=at)
        raw = box.bytes_of(uid)
        if raw is None:
            return False
        name = self._name(self._validity, uid)
        try:
            self._keeping.take(channel=NAME, account=self._account, external_id=name, raw=raw, at=at)
        except Refused as refused:
            if refused.code != TOO_LONG:
                raise
            return self._is_too_long(box, uid, at=at)
        return True

    def _is_too_long(self, box: imap.Box, uid: int, *, at: datetime) -> bool:
        """Leave the mail where it is, and have its sender told that we do not have it."""
        head, name = box.head_of(uid, most=LONGEST_HEAD), self._name(self._validity, uid)
        self._keeping.refuse(head, channel=NAME, account=self._account, name=f"{self._account}:{name}", at=at)
        self._too_long.add(uid)
        reference = f"mail:{self._validity}:{uid}"
        log.error(
            "a mail is longer than may be taken and stays unseen", extra={"code": TOO_LONG, "reference": reference}
        )
        return False

    def _fails(self, uid: int, code: str) -> bool:
        reference = f"mail:{self._validity}:{uid}"
        log.error("a mail was not taken; the mailbox keeps it", extra={"code": code, "reference": reference})
        return False


def tell_nobody(trouble: str) -> None:
    """Whoever wants to know how the mailbox is heard gives a function of their own, with a code or "" each time."""


def follow(poller: Poller, *, stop: Event, tell: Callable[[str], None] = tell_nobody) -> None:
    """Take whatever comes until ``stop`` is set; after each failure open the mailbox anew, and wait longer for it."""
    failures = 0
    while not stop.is_set():
        try:
            with poller.opened() as box:
                while not stop.is_set():
                    came = poller.once(box, is_over=stop.is_set)
                    failures = 0
                    tell("")
                    _wait(box, came, stop=stop)
        except imap.Lost as lost:
            log.warning("the mailbox did not answer", extra={"code": lost.code, "count": failures + 1})
            tell(lost.code)
        except (OperationalError, InterfaceError):
            log.exception("the database did not answer; the mails stay in the mailbox")
        except Exception:  # the ear goes on: nothing was marked that was not taken
            log.exception("a look into the mailbox could not be finished")
        if not stop.is_set():
            close_old_connections()  # one that died with the database would fail for ever
            failures += 1
            stop.wait(pause(failures))
    connection.close()


def _wait(box: imap.Box, came: Round, *, stop: Event) -> None:
    """Until something may be new; what could not be taken is tried again after a while, whatever comes."""
    if box.can_idle and not came.untaken:
        box.wait(IDLE_SECONDS, is_over=stop.is_set)
    else:
        stop.wait(POLL_SECONDS)


def pause(failures: int) -> float:
    """Seconds to wait after a failure: twice as long as before, at most a minute.

    >>> [pause(count) for count in (1, 2, 3, 9)]
    [1.0, 2.0, 4.0, 60.0]
    """
    return min(2.0 ** min(failures - 1, 6), LONGEST_PAUSE)
