"""The processes that are killed: one takes post, one reads and sends. Forked, so that a round begins at once."""

import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connections

from kinline.channels.base import Inbound
from kinline.correspondence.outbox import actions as outbox
from kinline.intake import actions
from kinline.intake.queries import FIRST_TURN, Turn
from tests.hardship.durability import mutants

THREADS = 2
IDLE_SECONDS = 0.03


@dataclass(frozen=True)
class Child:
    """A forked process: what is written to it, what it says."""

    pid: int
    inlet: int
    outlet: int

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        for each in (self.inlet, self.outlet):
            os.close(each)
        return os.waitpid(self.pid, 0)[1]


def warm() -> None:
    """Take, read and send once here, so that no child learns limits, states and words anew."""
    now = datetime.now(UTC)
    actions.take(channel="telegram", account="warm", external_id="warm", raw=b"warm", at=now)
    _read_one(now, FIRST_TURN)
    while (message := outbox.claim(worker="warm", at=now)) is not None:
        outbox.sent(message, at=now)
    connections.close_all()


def fork(work: Callable[[int, int], None]) -> Child:
    """Begin ``work`` in a process of its own, on a connection of its own."""
    assert not any(connection.connection for connection in connections.all(initialized_only=True))
    to_read, to_write = os.pipe()
    says_read, says_write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(to_read)
        os.close(says_write)
        return Child(pid, to_write, says_read)
    os.close(to_write)
    os.close(says_read)
    try:
        work(to_read, says_write)
    except BaseException:  # noqa: BLE001 - a child must end here, whatever it is
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def take(inlet: int, outlet: int, *, mutant: str = "", threads: int = THREADS) -> None:
    """Take what is written to ``inlet``, a line a message; say each acknowledgement to ``outlet``."""
    planted = mutants.plant(mutant, say=lambda order, number: _say(outlet, order, number))
    waiting: queue.Queue[dict[str, str] | None] = queue.Queue(maxsize=64)
    workers = [threading.Thread(target=_take_all, args=(waiting, planted)) for _each in range(threads)]
    for worker in workers:
        worker.start()
    with os.fdopen(inlet) as lines:
        for line in lines:
            order = json.loads(line)
            planted.enqueued(order)
            waiting.put(order)
    for _worker in workers:
        waiting.put(None)
    for worker in workers:
        worker.join()


def _take_all(waiting: "queue.Queue[dict[str, str] | None]", planted: mutants.Planted) -> None:
    while (order := waiting.get()) is not None:
        planted.take(order)
    connections.close_all()


def send(_inlet: int, outlet: int, *, ahead: timedelta = timedelta(), until_done: bool = False) -> None:
    """Read what was taken and send what is due; the wire is ``outlet``. ``ahead``: leases of the dead have ended."""
    turn = FIRST_TURN
    while True:
        now = datetime.now(UTC) + ahead
        turn, was_busy = _read_one(now, turn)
        message = outbox.claim(worker=f"sender:{os.getpid()}", at=now)
        if message is not None:
            os.write(outlet, f"{message.pk}\n".encode())
            outbox.sent(message, at=now)
        elif not was_busy:
            if until_done:
                return
            time.sleep(IDLE_SECONDS)


def _read_one(now: datetime, turn: Turn) -> tuple[Turn, bool]:
    begun = actions.begin_reading(at=now, turn=turn)
    if begun is None:
        return turn, False
    item, raw = begun
    said = Inbound(f"wire:{item.pk}", address=f"address:{item.pk}", text=raw.hex(), authenticated=True)
    actions.note_read(item, [said], at=now)
    return turn.after(item), True


def _say(outlet: int, order: dict[str, str], number: int) -> None:
    """One write, shorter than a pipe's buffer: said whole or not at all."""
    said = {"channel": order["channel"], "id": order["id"], "digest": order["digest"], "number": number}
    os.write(outlet, json.dumps(said).encode() + b"\n")
