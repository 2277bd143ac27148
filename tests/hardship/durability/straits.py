"""A database that somebody else holds, and a disk without room: whoever is told "not taken" was not taken for granted."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.backends.signals import connection_created

from tests.hardship.durability import children
from tests.hardship.durability.client import Client, Verdict
from tests.hardship.durability.engines import Engine
from tests.hardship.straits import FILLER, HOLD

PAUSE_MS = 100
REFUSALS, ANSWERS, TRIES = 3, 8, 60
SECONDS = 20.0
BLOCKS = (1 << 24, 1 << 20, 1 << 16, 1 << 12)


@dataclass
class Met:
    """How often somebody was told that nothing was taken, and what was found afterwards."""

    refused: int
    acknowledged: int
    verdict: Verdict


def locked(client: Client, engine: Engine) -> Met:
    """Another process holds a write for longer than anybody waits; then everything is brought again."""
    with _held(engine):
        refused, said = _bring_until_refused(client, _take_impatiently)
    return Met(refused, said, _bring_the_rest(client, engine))


def full(client: Client, engine: Engine, disk: Path) -> Met:
    """The disk has no room left; then it has, the database is started again, and everything is brought again.

    Some is taken even so, as far as there is room in files that are there already: it must be there afterwards.
    """
    with _filled(disk):
        refused, said = _bring_until_refused(client, children.take)
    engine.stop()
    engine.start()
    return Met(refused, said, _bring_the_rest(client, engine))


def _bring_until_refused(client: Client, work: Callable[[int, int], None]) -> tuple[int, int]:
    refused, said = client.refused, client.said
    taker = children.fork(work)
    for _each in range(TRIES):
        client.talk(taker, seconds=SECONDS, answers=ANSWERS)
        if client.refused - refused >= REFUSALS:
            break
    taker.kill()
    client.listen_out(taker)
    taker.wait()
    return client.refused - refused, client.said - said


def _bring_the_rest(client: Client, engine: Engine) -> Verdict:
    """All of it comes again; what is still unacknowledged then counts as lost."""
    taker = children.fork(children.take)
    client.talk(taker, most=0)
    taker.kill()
    client.listen_out(taker)
    taker.wait()
    verdict = client.judge(engine)
    verdict.lost += len(client.pending)
    return verdict


def _take_impatiently(inlet: int, outlet: int) -> None:
    def hurry(connection: Any, **_more: Any) -> None:
        setting = "PRAGMA busy_timeout = {}" if connection.vendor == "sqlite" else "SET lock_timeout = '{}ms'"
        with connection.cursor() as cursor:
            cursor.execute(setting.format(PAUSE_MS))

    connection_created.connect(hurry, weak=False)
    children.take(inlet, outlet)


@contextmanager
def _held(engine: Engine) -> Iterator[None]:
    where = engine.url if engine.name == "postgresql" else str(engine.folder / "kinline.sqlite3")
    command = [sys.executable, "-c", HOLD[engine.name], where]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.stdin.close()


@contextmanager
def _filled(disk: Path) -> Iterator[None]:
    """Without writing a byte: the image stays as small as it is."""
    filler = disk / FILLER
    descriptor, offset = os.open(filler, os.O_WRONLY | os.O_CREAT), 0
    for size in BLOCKS:
        with suppress(OSError):
            while True:
                os.posix_fallocate(descriptor, offset, size)
                offset += size
    os.close(descriptor)
    try:
        yield
    finally:
        filler.unlink()
