"""The processes of an installation, started with the very arguments with which `kinline up` starts them."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kinline.sites import start
from tests.servers import free_port

# A machine that does much else at the same time makes only the figures worse.
START_SECONDS, STOP_SECONDS = 300, 10
SECRET = "invented-for-the-load"


@contextmanager
def site(log: Path, *, answers: str, **changes: str) -> Iterator[int]:
    """The families' site behind gunicorn, and its port, once ``answers`` is answered by anything at all."""
    port = free_port()
    with process(log, start.gunicorn(host="127.0.0.1", port=port)[1], KINLINE_SITE="public", **changes) as served:
        _wait(f"http://127.0.0.1:{port}{answers}", served, log)
        yield port


@contextmanager
def door(log: Path) -> Iterator[int]:
    """Telegram's door behind gunicorn."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.hardship.load.door_settings", "LOAD_SECRET": SECRET}
    with site(log, answers="/hook", **settings) as port:
        yield port


@contextmanager
def worker(log: Path, **changes: str) -> Iterator[None]:
    """The worker that reads, answers and sends."""
    command = [sys.executable, "-m", "kinline.sites.cli", "worker"]
    with process(log, command, KINLINE_SITE="desk", **changes):
        yield


@contextmanager
def process(log: Path, command: list[str], **changes: str) -> "Iterator[subprocess.Popen[bytes]]":
    """One process that ends with the block; what it says goes to ``log``."""
    with log.open("ab") as out:
        started = subprocess.Popen(command, env=os.environ | changes, stdout=out, stderr=out, start_new_session=True)
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _wait(address: str, served: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and served.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"{address} did not start:\n{log.read_text()[-4000:]}")
