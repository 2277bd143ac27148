"""Kills, and failing disks, at each single call to the system by which one message is taken."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.hardship.durability import children
from tests.hardship.durability.client import CHANNELS, Client, Verdict
from tests.hardship.durability.engines import Engine

CALLS = {"sqlite": "pwrite64,fdatasync,fsync,ftruncate,write", "postgresql": "sendto,write"}
KILL = "signal=SIGKILL"
MOST = 400
ATTACH_SECONDS = 10.0
ANSWER_SECONDS = 20.0
LINGER_SECONDS = 3.0


@dataclass
class Walked:
    """How far the walk came: calls killed at, and what was found."""

    calls: int
    verdict: Verdict


def can_walk() -> bool:
    """Whether the tracer is here and may trace."""
    found = shutil.which("strace")
    return found is not None and subprocess.run([found, "-qq", "-o", os.devnull, "true"], check=False).returncode == 0


def walk_each_channel(client: Client, engine: Engine, *, step: int = 1, fault: str = KILL) -> Walked:
    """Walk with messages of each channel in turn; with a ``step``, each strikes at calls that the others pass over."""
    count = 0
    for place, channel in enumerate(CHANNELS):
        client.speak_by(channel)
        stride = step * len(CHANNELS) if step > 1 else 1
        count += walk(client, engine, step=stride, first=1 + (place * step if step > 1 else 0), fault=fault).calls
    return Walked(count, client.judge(engine))


def walk(
    client: Client, engine: Engine, *, mutant: str = "", step: int = 1, first: int = 1, fault: str = KILL
) -> Walked:
    """Take one message again and again, killed (or failed) at its first call, its second, until it comes through."""
    count = 0
    if engine.name == "postgresql":  # few calls carry much, and a fault may show itself at one alone
        step, first = (1 if mutant else max(1, step // 4)), 1 + first // 4
    for number in range(first, MOST, step):
        count += 1
        if not _struck(client, engine, number, mutant=mutant, fault=fault):
            break
    return Walked(count, client.judge(engine))


def _struck(client: Client, engine: Engine, number: int, *, mutant: str, fault: str) -> bool:
    """Whether the process met its fault before it had answered one message."""
    taker = children.fork(lambda inlet, outlet: children.take(inlet, outlet, mutant=mutant, threads=1))
    client.talk(taker, seconds=ANSWER_SECONDS, most=1)  # opens the connection, so that only the message itself counts
    said, refused = client.said, client.refused
    names = CALLS[engine.name] if "SIGKILL" in fault else "pwrite64,fdatasync"
    command = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={names}"]
    command += ["-e", f"inject={names}:{fault}:when={number}", "-p", str(taker.pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _wait_for_the_tracer(taker.pid)
    client.talk(taker, seconds=ANSWER_SECONDS, most=1)
    if mutant:
        _wait_until_gone(taker.pid)  # it may have answered before it was struck
    was_struck = client.said == said or client.refused > refused or _is_gone(taker.pid)
    taker.kill()
    client.listen_out(taker)
    taker.wait()
    tracer.wait()
    return was_struck


def _wait_for_the_tracer(pid: int) -> None:
    deadline = time.monotonic() + ATTACH_SECONDS
    while not all(_traced(pid)):
        if time.monotonic() > deadline:
            raise RuntimeError("the tracer did not attach")
        time.sleep(0.002)


def _traced(pid: int) -> Iterator[bool]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield "TracerPid:\t0\n" not in (task / "status").read_text()


def _wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + LINGER_SECONDS
    while not _is_gone(pid) and time.monotonic() < deadline:
        time.sleep(0.002)


def _is_gone(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat").read_text()
    return stat.rpartition(")")[2].split()[0] in "ZX"
