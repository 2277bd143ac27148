"""Straits to put the bureau into: no room on the disk, another process at its writing."""

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from tests.servers import database_url

PAUSE_MS = 150
FILLER = "filler"
# Holds a write until its standard input is closed; reading goes on, as it does beside a long import.
HOLD = {
    "sqlite": """
import sys
from pysqlite3 import dbapi2
held = dbapi2.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
""",
    "postgresql": """
import sys, psycopg
with psycopg.connect(sys.argv[1]) as held:
    held.execute("LOCK TABLE ledger_entry, enquiries_draft, enquiries_codetries, django_session IN EXCLUSIVE MODE")
    print("held", flush=True)
    sys.stdin.read()
    held.rollback()
""",
}
SENTENCE = re.compile(r"<p>([^<]*)</p>")


@contextmanager
def room_for(pages: int, *, brink: Callable[[int], object] | None = None) -> Iterator[Callable[[], None]]:
    """The database may grow by so many pages of SQLite; calling what is handed out gives it one more.

    ``brink`` writes something small each time it is called; it is called until there is no room for it either.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # else old rows leave room
        most = cursor.execute("PRAGMA page_count").fetchone()[0] + pages
        before = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        _limit(most)
    try:
        _come_to_the(brink)
        yield lambda: _limit(_limit(0) + 1)
    finally:
        _limit(before)


def _limit(pages: int) -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute(f"PRAGMA max_page_count = {pages}").fetchone()[0])


def _come_to_the(brink: Callable[[int], object] | None) -> None:
    if brink is None:
        return
    with suppress(OperationalError):
        for each in itertools.count():
            brink(each)


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Another process holds a write for longer than this one waits."""
    where = str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else database_url()
    command = [sys.executable, "-c", HOLD[connection.vendor], where]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder, _impatient():
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.stdin.close()


@contextmanager
def _impatient() -> Iterator[None]:
    """Wait a moment instead of as long as the bureau does."""
    setting = "PRAGMA busy_timeout = {}" if connection.vendor == "sqlite" else "SET lock_timeout = '{}ms'"
    with connection.cursor() as cursor:
        cursor.execute(setting.format(PAUSE_MS))
    try:
        yield
    finally:
        connection.close()


@contextmanager
def small_disk(place: Path, *, megabytes: int, owner: str = "") -> Iterator[Path]:
    """A real file system of that size, for as long as it is needed."""
    if os.getuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount a small disk")
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], check=False)
    if done.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        if owner:
            shutil.chown(place, owner)
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path) -> None:
    """Leave no room at all."""
    with (disk / FILLER).open("wb", buffering=0) as filler:
        for size in (1 << 16, 1 << 12, 1 << 8, 1):
            _write_until_full(filler.fileno(), b"\0" * size)


def empty(disk: Path) -> None:
    """Make room again."""
    (disk / FILLER).unlink()


def _write_until_full(descriptor: int, block: bytes) -> None:
    try:
        while os.write(descriptor, block):
            pass
    except OSError:
        return


def sentences(page: bytes) -> list[str]:
    """The paragraphs of a page that hold plain words."""
    return SENTENCE.findall(page.decode())
