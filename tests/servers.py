"""The two sites as they are served: two processes of gunicorn on the test's own database."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from kinline.sites import zones
from tests import certificates

# Waiting is no measure of ours: a machine that does much else at the same time must not make a test fail.
START_SECONDS = 60
# Our bot's number, which is all of its token that the families' site needs, and what Telegram shows to it.
BOT, SECRET = "4242", "shown_with-every-update"
STOP_SECONDS = 10


@dataclass(frozen=True)
class Sites:
    """Addresses of the two sites, without a slash at the end."""

    public: str
    desk: str


@pytest.fixture(scope="session")
def _servers(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sites]:
    folder = tmp_path_factory.mktemp("servers")
    with django_db_blocker.unblock():
        open_zones()
    bot = {"KINLINE_TELEGRAM_TOKEN": BOT, "KINLINE_TELEGRAM_SECRET": SECRET}
    started = [
        _start("public", free_port(), folder / "public.log", **bot),
        _start("desk", free_port(), folder / "desk.log"),
    ]
    try:
        for address, process, log in started:
            _wait(address, process, log)
        yield Sites(public=started[0][0], desk=started[1][0])
    finally:
        _stop([process for _address, process, _log in started])


@pytest.fixture
def sites(_servers: Sites, transactional_db: None) -> Sites:
    """Both sites, serving what this test commits."""
    return _servers


@pytest.fixture(scope="session")
def _guarded_desk(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """Two processes of the desk as officers use it: no demonstration, and behind TLS as the cookies demand."""
    folder = tmp_path_factory.mktemp("guarded")
    certificate, key = certificates.for_localhost(folder)
    tls = ["--certfile", str(certificate), "--keyfile", str(key)]
    logs = [folder / f"desk-{number}.log" for number in (1, 2)]
    started = [_start("desk", free_port(), log, *tls, serves="kinline.sites.wsgi", KINLINE_DEMO="0") for log in logs]
    try:
        for address, process, log in started:
            _wait(address, process, log)
        yield [address for address, _process, _log in started]
    finally:
        _stop([process for _address, process, _log in started])


@pytest.fixture
def guarded_desk(_guarded_desk: list[str], transactional_db: None) -> list[str]:
    """Addresses of the two processes of one guarded desk."""
    return _guarded_desk


def database_url() -> str:
    """The address of the test database, for another process."""
    stated = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{stated['NAME']}"
    return f"postgresql:///{stated['NAME']}?host={stated['HOST']}&user={os.environ.get('PGUSER', 'kinline')}"


def open_zones() -> None:
    """Give the families' process its rights on the test database, as `kinline migrate` does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            zones.grant_postgresql(cursor, zone="public")


def environment(**changes: str) -> dict[str, str]:
    """What another process needs to work on the test database."""
    return os.environ | {"KINLINE_DATABASE_URL": database_url()} | changes


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _start(
    site: str, port: int, log: Path, *options: str, serves: str = "tests.wsgi", **changes: str
) -> tuple[str, subprocess.Popen[bytes], Path]:
    gunicorn = [sys.executable, "-m", "gunicorn", "--threads", "4", "--graceful-timeout", "1"]
    command = [*gunicorn, "--bind", f"127.0.0.1:{port}", *options, serves]
    with log.open("wb") as out:  # a file: an unread pipe would block the server in a flood of lines
        process = subprocess.Popen(command, env=environment(KINLINE_SITE=site, **changes), stdout=out, stderr=out)
    return f"http{'s' if options else ''}://localhost:{port}", process, log


def _stop(processes: "list[subprocess.Popen[bytes]]") -> None:
    """End them; who still waits for a browser's open line is ended without it."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5, context=certificates.UNCHECKED):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not start:\n{log.read_text()[-4000:]}")
