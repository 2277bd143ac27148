"""The durable core by itself: so many callers at once bring post, for so many seconds."""

import random
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module

from django.db import connection

from kinline.intake import actions
from tests.hardship.load.figures import Times

taking = import_module("kinline.intake.actions.take")  # the room's own name for it is the function
CALLERS = (1, 8, 64)
ALONE = 8  # more of them wait for each other on SQLite for longer than a load lasts
SHORTEST, LONGEST = 200, 1200


@dataclass
class _Caller(threading.Thread):
    """Brings one message after another, each after the one before was taken."""

    number: int
    seed: int
    until: float

    def __post_init__(self) -> None:
        super().__init__()
        self.chance, self.took = random.Random(self.seed * 1000 + self.number), list[float]()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Bring until the time is over."""
        while (begun := time.monotonic()) < self.until:
            raw = self.chance.randbytes(self.chance.randrange(SHORTEST, LONGEST))
            name = f"{self.seed}:{self.number}:{len(self.took)}"
            taken = actions.take(channel="telegram", account="load", external_id=name, raw=raw, at=datetime.now(UTC))
            if taken.again:
                raise RuntimeError(f"{name} was taken before")
            self.took.append(time.monotonic() - begun)
        connection.close()


def sustained(callers: int, *, seconds: float, seed: int, is_together: bool = True) -> Times:
    """Messages a second, and how long each took; ``is_together`` False: each in a commit of its own."""
    bring = taking._TOGETHER.bring
    if not is_together:
        taking._TOGETHER.bring = lambda _order: False
    begun = time.monotonic()
    try:
        crowd = [_Caller(number, seed, begun + seconds) for number in range(callers)]
        for caller in crowd:
            caller.start()
        for caller in crowd:
            caller.join()
    finally:
        taking._TOGETHER.bring = bring
    return Times.of([took for caller in crowd for took in caller.took], seconds=time.monotonic() - begun)
