"""Cuts of power: the disk as it is at one moment, without what was written and not forced to it.

The database lies on an ext4 image on a loop device. All its processes are stopped, the image is copied, and the copy is
mounted and opened: pages that nobody forced are not in it, just as after a cut. One round takes a second or two.
"""

import os
import random
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hardship.durability import children
from tests.hardship.durability.client import Client, Verdict
from tests.hardship.durability.engines import ENGINES, Engine

MEGABYTES = 192
FEWEST, MOST = 8, 40


@dataclass
class Disk:
    """An image, where it is mounted, and the folder in it for the database."""

    image: Path
    place: Path

    @property
    def folder(self) -> Path:
        return self.place / "bureau"


def why_not() -> str:
    """Why power cannot be cut here; empty where it can."""
    if os.getuid() != 0:
        return "only root may mount an image"
    missing = [name for name in ("mkfs.ext4", "mount", "umount", "losetup") if not shutil.which(name, path=_path())]
    if missing:
        return f"{', '.join(missing)} not on this machine"
    try:
        with tempfile.TemporaryDirectory() as folder, disk(Path(folder), megabytes=16):
            return ""
    except subprocess.CalledProcessError:
        return "this machine lets nobody mount an image"


@contextmanager
def disk(work: Path, *, megabytes: int = MEGABYTES) -> Iterator[Disk]:
    """A small disk of its own."""
    image, place = work / "disk.img", work / "disk"
    with image.open("wb") as file:
        file.truncate(megabytes * 2**20)
    _run("mkfs.ext4", "-q", "-F", str(image))
    with _mounted(image, place):
        (place / "bureau").mkdir()
        yield Disk(image, place)


def rounds(
    client: Client, engine: Engine, drive: Disk, chance: random.Random, count: int, *, mutant: str = ""
) -> list[Verdict]:
    """Cut the power so many times; what was acknowledged before each cut is looked for after it."""
    found = []
    for _each in range(count):
        taker = children.fork(lambda inlet, outlet: children.take(inlet, outlet, mutant=mutant))
        client.talk(taker, answers=chance.randrange(FEWEST, MOST))
        copy = drive.image.with_name("cut.img")
        stopped = [taker.pid, *engine.pids()]
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        _run("cp", "--sparse=always", str(drive.image), str(copy))
        for pid in reversed(stopped):
            os.kill(pid, signal.SIGKILL if pid == taker.pid else signal.SIGCONT)
        client.listen_out(taker)
        taker.wait()
        found.append(_after_the_cut(client, engine, copy, drive))
    return found


def _after_the_cut(client: Client, engine: Engine, copy: Path, drive: Disk) -> Verdict:
    """Switch the machine on again, on the copy."""
    with _mounted(copy, drive.place.with_name("after")) as place:
        after = ENGINES[engine.name](place / "bureau")
        try:
            after.start()
            return client.judge(after)
        except Exception:  # noqa: BLE001 - a database that does not open has lost everything
            return Verdict(lost=len(client.acknowledged), is_sound=False)
        finally:
            after.stop()


@contextmanager
def _mounted(image: Path, place: Path) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    _run("mount", "-o", "loop", str(image), str(place))
    try:
        yield place
    finally:
        _run("umount", "--lazy", str(place))


def _run(*command: str) -> None:
    environment = os.environ | {"PATH": _path()}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
