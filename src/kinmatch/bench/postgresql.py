"""A throw-away PostgreSQL server for one engine of the bench: the machine's own, on a socket in a temporary folder.

PostgreSQL refuses to be run by root, so root runs it as ``nobody``.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from kinmatch.bench.peers import LeftOut

NOBODY = "nobody"
# One core a query, memory enough for the whole list, nothing forced to disk.
OPTIONS = " ".join(
    f"-c {option}"
    for option in (
        "listen_addresses=''",
        "max_connections=5",
        "shared_buffers=512MB",
        "work_mem=64MB",
        "maintenance_work_mem=512MB",
        "max_parallel_workers_per_gather=0",
        "max_parallel_maintenance_workers=0",
        "jit=off",
        "random_page_cost=1.1",
        "autovacuum=off",
    )
)


class Server:
    """One server, gone after ``stop``."""

    def __init__(self) -> None:
        self._programs = _programs()
        self.folder = Path(tempfile.mkdtemp(prefix="kinmatch-bench-"))
        self._as_whom: dict[str, Any] = {}
        if os.getuid() == 0:
            self._as_whom = {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid, "extra_groups": []}
            shutil.chown(self.folder, NOBODY)
        try:
            self._run("initdb", "--auth=trust", "--username=bench", "--encoding=UTF8", "--locale=C", "--no-sync")
            log = str(self.folder / "log")
            self._run("pg_ctl", "start", "--wait", "--silent", "-l", log, "-o", f"-F -k {self.folder} {OPTIONS}")
        except LeftOut:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    @property
    def address(self) -> str:
        """What psycopg connects to."""
        return f"host={self.folder} user=bench dbname=postgres"

    def stop(self) -> None:
        """Stop the server and take its files away."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--silent")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self.folder / "cluster"), *arguments]
        with (self.folder / "out").open("ab") as out:
            done = subprocess.run(  # noqa: S603 - its own server, by fixed arguments
                command, stdout=out, stderr=out, cwd=self.folder, check=False, **self._as_whom
            )
        if done.returncode:
            said = (self.folder / "out").read_text(errors="replace").strip().splitlines()[-1:]
            raise LeftOut(f"PostgreSQL's {program} ended with {done.returncode}: {' '.join(said)}")


def _programs() -> Path:
    installed = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")),
        key=lambda path: int(path.parent.name),
    )
    if installed:
        return installed[-1]
    found = shutil.which("postgres")
    if found and Path(found).with_name("initdb").exists():
        return Path(found).parent
    raise LeftOut("no PostgreSQL server on this machine; on Debian or Ubuntu: apt-get install postgresql")
