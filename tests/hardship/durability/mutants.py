"""Faults planted on purpose. A proof that does not catch every one of them proves nothing.

``synchronous-off`` and ``synchronous-normal`` commit without forcing the disk; ``before-commit`` acknowledges inside the
transaction; ``on-enqueue`` as soon as it has the message in memory; ``high-water`` drops what has a lower number than the
newest, as if it had come before.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.db.backends.signals import connection_created

from kinline.intake import actions

taking = import_module("kinline.intake.actions.take")  # the room's own name for it is the function
Order = dict[str, str]
NOT_TAKEN = -1
Say = Callable[[Order, int], None]
# What each fault needs to show itself: "cut" the power, "kill" at random, kill at each "call", or nothing but "late" post.
SHOWN_BY = {
    "synchronous-off": "cut",
    "synchronous-normal": "cut",
    "before-commit": "call",
    "on-enqueue": "kill",
    "high-water": "kill",
}
# PostgreSQL knows nothing between on and off that loses at a power cut and not at a kill.
NOT_ON = {"postgresql": {"synchronous-normal"}, "sqlite": set[str]()}


@dataclass
class Planted:
    """How messages are taken, with one fault or none."""

    mutant: str
    say: Say
    newest: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def enqueued(self, order: Order) -> None:
        """The message is in memory."""
        if self.mutant == "on-enqueue":
            self.say(order, 0)

    def take(self, order: Order) -> None:
        """Take it, and acknowledge."""
        if self.mutant == "high-water" and self._is_old(order):
            self.say(order, 0)
            return
        _AT_HAND[order["channel"], order["id"], order["digest"]] = order
        try:
            taken = actions.take(
                channel=order["channel"],
                account="proof",
                external_id=order["id"],
                raw=bytes.fromhex(order["raw"]),
                at=datetime.now(UTC),
            )
        except (DatabaseError, InterfaceError):
            connection.close()
            self.say(order, NOT_TAKEN)
            return
        if self.mutant not in {"on-enqueue", "before-commit"} or taken.again:
            self.say(order, taken.number)

    def _is_old(self, order: Order) -> bool:
        with self.lock:
            number = int(order["id"])
            newest = self.newest.get(order["channel"], -1)
            self.newest[order["channel"]] = max(number, newest)
            return number <= newest


_AT_HAND: dict[tuple[str, str, str], Order] = {}


def plant(mutant: str, *, say: Say) -> Planted:
    """Plant one fault in this process; none where ``mutant`` is empty."""
    if mutant.startswith("synchronous"):
        _forget_the_disk(mutant.removeprefix("synchronous-"))
    if mutant == "before-commit":
        _acknowledge_inside(say)
    return Planted(mutant, say)


def _forget_the_disk(value: str) -> None:
    def forget(connection: Any, **_more: Any) -> None:
        statement = (
            f"PRAGMA synchronous = {value}" if connection.vendor == "sqlite" else f"SET synchronous_commit = {value}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement)

    connection_created.connect(forget, weak=False)
    connection.close()


def _acknowledge_inside(say: Say) -> None:
    write = taking._write

    def write_and_say(orders: Any) -> None:
        write(orders)
        for item in (order.item for order in orders):
            say(_AT_HAND[item.channel, item.external_id, item.digest], item.pk)

    taking._write = write_and_say
