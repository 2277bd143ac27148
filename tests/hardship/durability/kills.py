"""Random kills of the process that takes and of the one that sends, while post comes in."""

import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from tests.hardship.durability import children
from tests.hardship.durability.client import Client, Verdict
from tests.hardship.durability.engines import Engine

MOST_ANSWERS, LONGEST_WAIT = 8, 0.03
LEASES_END = timedelta(minutes=10)
# What waits for a person (a conflict, unreadable post) is owed nothing yet.
OUT = (
    "SELECT count(*) FROM correspondence_outgoing o JOIN intake_item i ON i.id = o.item "
    "WHERE o.kind = 'A1' AND o.status NOT IN ('sent', 'withdrawn') AND i.state IN ('waiting', 'read')"
)


@dataclass
class Sending:
    """What the wire saw: the number of every message, as often as it came."""

    seen: Counter[int] = field(default_factory=Counter)
    deaths: int = 0

    @property
    def repeats(self) -> int:
        return sum(count - 1 for count in self.seen.values())

    def listen_out(self, child: children.Child) -> None:
        """Whatever was sent before the sender was killed."""
        heard = b""
        while piece := os.read(child.outlet, 65536):
            heard += piece
        self.seen.update(int(line) for line in heard.splitlines())


def rounds(client: Client, chance: random.Random, count: int, *, mutant: str = "") -> None:
    """Kill the taker so many times, each after a random while."""
    for _each in range(count):
        taker = children.fork(lambda inlet, outlet: children.take(inlet, outlet, mutant=mutant))
        _talk_a_while(client, taker, chance)
        taker.kill()
        client.listen_out(taker)
        taker.wait()


def rounds_with_sender(client: Client, sending: Sending, chance: random.Random, count: int) -> None:
    """Kill the taker, the sender, or both, so many times."""
    for _each in range(count):
        taker, sender = children.fork(children.take), children.fork(children.send)
        _talk_a_while(client, taker, chance)
        for each in chance.sample([taker, sender], 2):
            each.kill()
        client.listen_out(taker)
        sending.listen_out(sender)
        sending.deaths += 1
        taker.wait()
        sender.wait()


def _talk_a_while(client: Client, taker: children.Child, chance: random.Random) -> None:
    """Some answers, and then a moment that falls anywhere in the taking of the next message."""
    client.talk(taker, answers=chance.randrange(1, MOST_ANSWERS))
    client.talk(taker, seconds=chance.uniform(0, LONGEST_WAIT))


def finish(client: Client, sending: Sending, engine: Engine) -> tuple[Verdict, int]:
    """Deliver what was never acknowledged, send what is owed, and judge. The number is of promises never kept."""
    taker = children.fork(children.take)
    client.talk(taker, most=0)
    taker.kill()
    client.listen_out(taker)
    taker.wait()
    sender = children.fork(lambda i, o: children.send(i, o, ahead=LEASES_END, until_done=True))
    sending.listen_out(sender)
    sender.wait()
    with engine.opened() as connection:
        owed = connection.execute(OUT).fetchone()[0]
    return client.judge(engine), owed
