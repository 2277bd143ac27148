"""A family's side of the wire: sends, sends again, and keeps outside the database what was acknowledged to it."""

import json
import os
import random
import select
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256

from tests.hardship.durability.children import Child
from tests.hardship.durability.engines import CHAIN, ITEMS, TAKEN, Engine
from tests.hardship.durability.mutants import NOT_TAKEN

CHANNELS = ("telegram", "email", "sms", "telephone")
IN_FLIGHT = 32
WINDOW = 12
REPEATED, REWRITTEN = 0.05, 0.01
LONGEST = 600
PATIENCE = 60.0
PIPE = 65536

Key = tuple[str, str, str]  # channel, what the channel calls it, digest
Order = dict[str, str]


@dataclass
class Verdict:
    """What the database holds against what was acknowledged."""

    lost: int = 0
    doubled: int = 0
    unpromised: int = 0
    is_sound: bool = True

    @property
    def holds(self) -> bool:
        return self.is_sound and not (self.lost or self.doubled or self.unpromised)


@dataclass
class Client:
    """Sends messages out of their order, some twice, some under a name that was used; remembers every acknowledgement."""

    chance: random.Random
    begin: int = 0
    is_plain: bool = False  # new messages only, one after another
    channels: tuple[str, ...] = CHANNELS
    acknowledged: dict[Key, int] = field(default_factory=dict)
    pending: dict[Key, Order] = field(default_factory=dict)
    said: int = 0
    mistaken: int = 0
    refused: int = 0
    _rest: bytes = b""
    _child: Child | None = None
    _unsent: bytes = b""
    _next: int = 0
    _ahead: list[Order] = field(default_factory=list)
    _known: list[Order] = field(default_factory=list)

    def talk(self, child: Child, *, seconds: float = PATIENCE, most: int = 10**9, answers: int = 10**9) -> None:
        """Send and listen for so long, or until ``most`` messages were sent and answered, or ``answers`` came.

        Counted in answers, a round is as hard on a busy machine as on an idle one.
        """
        os.set_blocking(child.inlet, False)
        if child != self._child:
            self._child, self._unsent = child, b""
        deadline, unsent, left = time.monotonic() + seconds, self._unsent, most
        resend = list(self.pending.values())
        in_flight = 0
        heard = bytearray()
        while (pause := deadline - time.monotonic()) > 0 and (left > 0 or resend or unsent or in_flight > 0):
            if not unsent and in_flight < IN_FLIGHT and (resend or left > 0):
                left -= not resend
                order = resend.pop() if resend else self._fresh()
                self.pending.setdefault(key_of(order), order)
                unsent, in_flight = json.dumps(order).encode() + b"\n", in_flight + 1
            wanted = [child.inlet] if unsent else []
            readable, writable, _none = select.select([child.outlet], wanted, [], pause)
            if writable:
                unsent = unsent[self._wrote(child, unsent) :]
            if readable:
                piece = os.read(child.outlet, PIPE)
                heard += piece
                in_flight, answers = in_flight - piece.count(b"\n"), answers - piece.count(b"\n")
                if not piece or answers <= 0:
                    break
        self._unsent = unsent
        self._note(bytes(heard))

    def speak_by(self, channel: str) -> None:
        """From now on all new messages come by this channel."""
        self.channels, self._ahead = (channel,), []

    def listen_out(self, child: Child) -> None:
        """Whatever a child said before it was killed."""
        heard = b""
        while piece := os.read(child.outlet, PIPE):
            heard += piece
        self._note(heard)

    def _wrote(self, child: Child, unsent: bytes) -> int:
        try:
            return os.write(child.inlet, unsent)
        except (BrokenPipeError, BlockingIOError):
            return 0

    def _note(self, heard: bytes) -> None:
        for line in (self._rest + heard).splitlines(keepends=True):
            if not line.endswith(b"\n"):
                self._rest = line
                return
            order = json.loads(line)
            if order["number"] == NOT_TAKEN:
                self.refused += 1
                continue
            key = (order["channel"], order["id"], order["digest"])
            before = self.acknowledged.setdefault(key, order["number"])
            self.mistaken += before != order["number"]
            self.pending.pop(key, None)
            self.said += 1
        self._rest = b""

    def _fresh(self) -> Order:
        """The next message to send: mostly new and out of order, sometimes one that was sent before."""
        roll = 1.0 if self.is_plain else self.chance.random()
        if self._known and roll < REPEATED:
            return self.chance.choice(self._known)
        if self._known and roll < REPEATED + REWRITTEN:
            known = self.chance.choice(self._known)
            return self._message(known["channel"], known["id"])
        if not self._ahead:
            numbers = range(self.begin + self._next, self.begin + self._next + WINDOW)
            self._next += WINDOW
            self._ahead = [self._message(self.chance.choice(self.channels), str(number)) for number in numbers]
            self.chance.shuffle(self._ahead)
        order = self._ahead.pop()
        self._known.append(order)
        return order

    def _message(self, channel: str, name: str) -> Order:
        raw = self.chance.randbytes(self.chance.randrange(20, LONGEST))
        return {"channel": channel, "id": name, "raw": raw.hex(), "digest": sha256(raw).hexdigest()}

    def judge(self, engine: Engine) -> Verdict:
        """Compare what was acknowledged with what the database holds now."""
        with engine.opened() as connection:
            rows = connection.execute(ITEMS).fetchall()
            taken = connection.execute(TAKEN).fetchone()[0]
            entries, newest = connection.execute(CHAIN).fetchone()
        kept = Counter((channel, name, digest) for channel, name, digest, _pk, _first, whole, _told in rows if whole)
        firsts = Counter((channel, name) for channel, name, _digest, _pk, first, _whole, _told in rows if first is None)
        return Verdict(
            lost=sum(key not in kept for key in self.acknowledged),
            doubled=sum(count - 1 for count in kept.values()) + sum(count - 1 for count in firsts.values()),
            unpromised=sum(told != 1 for *_row, told in rows) + abs(taken - len(rows)),
            is_sound=(newest or 0) == entries and engine.is_sound(),
        )


def key_of(order: Order) -> Key:
    """By which a message is known, whatever its number."""
    return (order["channel"], order["id"], order["digest"])
