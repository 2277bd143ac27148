"""The two databases as the bureau runs them, durable, in a folder that may lie on a disk whose power is cut."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from pysqlite3 import dbapi2

from tests import pgplugin

# Waiting is no measure of ours: a server that starts late has lost nothing.
START_SECONDS = 300
FSYNC_SECONDS = 0.4
ITEMS = (
    "SELECT i.channel, i.external_id, i.digest, i.id, i.conflicts_with_id, length(r.content) = i.size, "
    "(SELECT count(*) FROM correspondence_outgoing o WHERE o.item = i.id AND o.kind = 'A1') "
    "FROM intake_item i JOIN intake_raw r ON r.item_id = i.id"
)
TAKEN = "SELECT count(*) FROM ledger_entry WHERE kind = 'intake_item.take'"
# A server that is copied, cut off and started again and again is a small one.
SMALL = ["-c", "shared_buffers=16MB", "-c", "max_wal_size=16MB", "-c", "max_connections=20"]
CHAIN = "SELECT count(*), max(seq) FROM ledger_entry"


@dataclass
class Sqlite:
    """One file."""

    folder: Path
    name: str = "sqlite"

    @property
    def url(self) -> str:
        return f"sqlite://{self.folder / 'kinline.sqlite3'}"

    def start(self) -> None:
        """Nothing runs."""

    def stop(self) -> None:
        """Nothing runs."""

    def pids(self) -> list[int]:
        """Processes of the database itself."""
        return []

    @contextmanager
    def opened(self) -> Iterator[Any]:
        connection = dbapi2.connect(str(self.folder / "kinline.sqlite3"))
        try:
            yield connection
        finally:
            connection.close()

    def load(self, schema: Path) -> None:
        """Make the tables that were dumped from another database."""
        with self.opened() as connection:
            connection.executescript(schema.read_text())

    def is_sound(self) -> bool:
        """The database's own examination."""
        with self.opened() as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


@dataclass
class Postgresql:
    """A server of its own, run by nobody where the proof is run by root."""

    folder: Path
    name: str = "postgresql"
    settings: list[str] = field(default_factory=lambda: [*SMALL])
    sockets: Path = field(init=False)

    def __post_init__(self) -> None:
        self.sockets = Path(f"/tmp/kinline-proof-{os.getpid()}-{self.folder.parent.name}")

    @property
    def url(self) -> str:
        return f"postgresql:///postgres?host={self.sockets}&user=kinline"

    def start(self) -> None:
        """Make the cluster if there is none, and start the server."""
        self.sockets.mkdir(exist_ok=True)
        programs, whom = pgplugin._programs(self.sockets), pgplugin._as_whom()
        if whom:
            shutil.chown(self.folder, pgplugin.NOBODY)
            shutil.chown(self.sockets, pgplugin.NOBODY)
        cluster = self.folder / "cluster"
        if not cluster.exists():
            options = ["--auth=trust", "--username=kinline", "--encoding=UTF8", "--locale=C", "--wal-segsize=1"]
            self._run([str(programs / "initdb"), "-D", str(cluster), *options], whom)
        (cluster / "postmaster.pid").unlink(missing_ok=True)
        settings = ["-k", str(self.sockets), "-c", "listen_addresses=", "-c", "jit=off", "-c", "wal_level=minimal"]
        with (self.sockets / "log").open("ab") as log:
            command = [
                str(programs / "postgres"),
                "-D",
                str(cluster),
                *settings,
                *self.settings,
                "-c",
                "max_wal_senders=0",
            ]
            self.server = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.sockets, **whom)
        self._wait()

    def stop(self) -> None:
        """As a failing machine would."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def pids(self) -> list[int]:
        """The server and all that it started."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        return [self.server.pid, *map(int, children)]

    @contextmanager
    def opened(self) -> Iterator[Any]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            yield connection

    def load(self, schema: Path) -> None:
        """Make the tables that were dumped from another database."""
        with self.opened() as connection:
            connection.execute(schema.read_text())

    def is_sound(self) -> bool:
        """Every row of every table can be read."""
        with self.opened() as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (name,) in names:
                connection.execute(f'SELECT * FROM "{name}"').fetchall()
        return True

    def _run(self, command: list[str], whom: dict[str, Any]) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.sockets, **whom)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with psycopg.connect(self.url):
                    return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.server.poll() is not None:
                    raise RuntimeError((self.sockets / "log").read_text()[-2000:]) from None
                time.sleep(0.02)


Engine = Sqlite | Postgresql
ENGINES = {"sqlite": Sqlite, "postgresql": Postgresql}


def fsyncs_a_second(folder: Path) -> int:
    """How often this disk can be forced in a second; it bounds every figure of throughput."""
    path, count = folder / "fsync", 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    begun = time.monotonic()
    while time.monotonic() - begun < FSYNC_SECONDS:
        os.pwrite(descriptor, b"\0" * 4096, 0)
        os.fdatasync(descriptor)
        count += 1
    os.close(descriptor)
    path.unlink()
    return int(count / FSYNC_SECONDS)
