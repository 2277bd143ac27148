"""Has the post that waits read: in a cell, one piece after another, each under limits of time and memory.

The conversation gets what was said; what cannot be read is tried three times and then set apart for a person.
"""

import json
import logging
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Event, Lock, Timer
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from kinline.channels import CHANNELS, settings_of
from kinline.channels.base import Attachment, Inbound, Kind
from kinline.channels.cell import LENGTH_BYTES
from kinline.intake import actions, queries
from kinline.intake.conversation import Abilities
from kinrules import limits
from kinrules.refusal import Refused

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
PACKAGES = ("kinline.channels",)
PAUSE_SECONDS = 0.5
LONGEST_ANSWER = 2**27
# A cell that has read so many is ended and another begun, so that nothing of one sender is kept for long.
READINGS_A_CELL = 500


class Unread(Exception):  # noqa: N818 - read at every ``raise`` as what it is
    """A piece of post could not be read; ``trouble`` is a code without words of the sender."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Reader:
    """Reads pieces of post in a cell, and begins another cell when one was ended.

    ``packages`` are searched for the folder or file of a channel. ``turn`` is whose post it read last.
    """

    def __init__(self, *, seconds: int, megabytes: int, packages: tuple[str, ...] = PACKAGES) -> None:
        self.seconds, self.megabytes, self.packages = seconds, megabytes, packages
        self._cell: subprocess.Popen[bytes] | None = None
        self._readings = 0
        self._turn = Lock()
        self.turn = queries.FIRST_TURN

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, places: TracebackType | None
    ) -> None:
        self._end()

    def read(self, channel: str, raw: bytes) -> list[Inbound]:
        """What was said in ``raw``. Threads that share the reader wait for each other.

        Raises:
            Unread: it took too long or too much memory, it ended the cell, or there is no such channel.
        """
        with self._turn:
            return self._read(channel, raw)

    def _read(self, channel: str, raw: bytes) -> list[Inbound]:
        cell = self._begin()
        is_late = Event()
        clock = Timer(self.seconds, _too_late, (cell, is_late))
        clock.start()
        try:
            answer = _ask(cell, {"channel": channel, "size": len(raw), "seconds": self.seconds}, raw)
        finally:
            clock.cancel()
        if answer is None:
            self._end()
            raise Unread("too-long" if is_late.is_set() else "ended")
        if "trouble" in answer:
            raise Unread(str(answer["trouble"]))
        return _understood(answer)

    def _begin(self) -> "subprocess.Popen[bytes]":
        if self._cell is not None and (self._readings >= READINGS_A_CELL or self._cell.poll() is not None):
            self._end()
        self._readings += 1
        if self._cell is None:
            begins = [sys.executable, "-m", "kinline.channels.cell"]
            command = [*begins, str(self.megabytes), json.dumps(settings_of), *self.packages]
            self._readings = 1
            # No environment: it names the database, and may hold keys of a wire. What channels need is told in words.
            self._cell = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
            )
        return self._cell

    def _end(self) -> None:
        if self._cell is not None:
            self._cell.kill()
            self._cell.communicate()
            self._cell = None


def reader(*, at: datetime, packages: tuple[str, ...] = PACKAGES) -> Reader:
    """A reader under the limits in force."""
    day = timezone.localdate(at)
    return Reader(
        seconds=limits.on(day, "intake_reading_seconds"),
        megabytes=limits.on(day, "intake_reading_megabytes"),
        packages=packages,
    )


@cache
def abilities_of(channel: str) -> Abilities | None:
    """How conversations are held on ``channel``: ``ABILITIES`` of its ``conversation.py``; None where it has none."""
    name = f"kinline.channels.{channel}.conversation"
    if channel not in CHANNELS or find_spec(name) is None:
        return None
    abilities: Abilities = import_module(name).ABILITIES
    return abilities


def read_next(cell: Reader, *, clock: Clock, only: int | None = None) -> bool:
    """Read the next piece of post that waits, or the one of the number ``only``. False when there is none."""
    begun = actions.begin_reading(at=clock(), only=only, turn=cell.turn)
    if begun is None:
        return False
    item, raw = begun
    cell.turn = cell.turn.after(item)
    try:
        said = cell.read(item.channel, raw)
        if any(each.kind == Kind.UNREADABLE for each in said):
            raise Unread("unreadable")
        if only is None and actions.put_off(item, said, at=clock()):
            return True
        actions.note_read(item, said, at=clock(), abilities=abilities_of(item.channel))
    except Unread as unread:
        if actions.could_not_read(item, trouble=unread.trouble, at=clock()):
            log.error("post could not be read and waits for a person", extra={"reference": str(item)})
    except Refused as refused:
        log.warning("another reader was faster", extra={"reference": str(item), "code": refused.code})
    return True


def read_due(*, clock: Clock, packages: tuple[str, ...] = PACKAGES) -> int:
    """Read everything that may be read now, and return how many pieces were tried."""
    count = 0
    if not queries.readable(at=clock()).exists():
        return count  # no cell is begun for nothing
    with reader(at=clock(), packages=packages) as cell:
        while read_next(cell, clock=clock):
            count += 1
    return count


def keep_reading(*, clock: Clock, stop: Event) -> None:
    """Read whatever comes until ``stop`` is set; the piece at hand is finished first."""
    with reader(at=clock()) as cell:
        while not stop.is_set():
            try:
                was_busy = read_next(cell, clock=clock)
            except (OperationalError, InterfaceError):
                log.exception("the database did not answer; the reader waits and tries again")
                connection.close()
                was_busy = False
            except Exception:  # the worker goes on: the attempt is counted, and the third is the last
                log.exception("a piece of post could not be finished")
                was_busy = True
            if not was_busy:
                stop.wait(PAUSE_SECONDS)
    connection.close()


def _too_late(cell: "subprocess.Popen[bytes]", is_late: Event) -> None:
    is_late.set()
    cell.kill()


def _ask(cell: "subprocess.Popen[bytes]", order: dict[str, Any], raw: bytes) -> dict[str, Any] | None:
    """The cell's answer; None when it ended before it gave one, or gave none that can be one."""
    sink, source = cast(BinaryIO, cell.stdin), cast(BinaryIO, cell.stdout)
    try:
        sink.write(json.dumps(order).encode() + b"\n" + raw)
        sink.flush()
    except BrokenPipeError:
        return None
    length = int.from_bytes(source.read(LENGTH_BYTES), "big")
    if not 0 < length <= LONGEST_ANSWER:
        return None
    try:
        answer = json.loads(source.read(length))
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _understood(answer: dict[str, Any]) -> list[Inbound]:
    """The answer as what was said; every field is made anew, of the kind that it must be."""
    try:
        return [_inbound(each) for each in answer["said"]]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unread("garbled") from None


def _inbound(plain: dict[str, Any]) -> Inbound:
    words = {name: str(plain[name]) for name in ("wire_id", "address", "text", "subject", "quoted", "language")}
    words |= {name: str(plain[name]) for name in ("about", "answer", "phone", "mark", "album", "notice")}
    files = tuple(
        Attachment(
            name=str(file["name"]),
            type=str(file["type"]),
            size=int(file["size"]),
            content=b64decode(file["content"], validate=True),
            remote_id=str(file["remote_id"]),
        )
        for file in plain["attachments"]
    )
    return Inbound(**words, kind=Kind(plain["kind"]), attachments=files, authenticated=plain["authenticated"] is True)
