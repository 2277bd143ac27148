"""Starts the processes of an installation, waits until they answer, and stops them together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Collection
from pathlib import Path
from types import FrameType

from django.conf import settings

from kinline.sites import console, demonstration
from kinline.sites.exits import Exit, Stop

START_SECONDS = 60
STOP_SECONDS = 10
PORTS_TRIED = 50
WSGI = "kinline.sites.wsgi:application"


def gunicorn(*, host: str, port: int, threads: int = 8) -> tuple[str, list[str]]:
    """Program and arguments that serve the site named by KINLINE_SITE."""
    options = ["--bind", f"{host}:{port}", "--threads", str(threads), "--log-level", "warning", "--timeout", "120"]
    # A page is one request, so no connection is kept for another; and none holds a thread by being slow.
    options += ["--worker-class", "kinline.sites.patience.Worker", "--keep-alive", "0"]
    return sys.executable, [sys.executable, "-m", "gunicorn", *options, "--no-control-socket", WSGI]


def free_port(wanted: int, *, host: str, taken: Collection[int] = ()) -> int:
    """``wanted``, or the next port after it on which nobody listens."""
    for port in range(wanted, wanted + PORTS_TRIED):
        if port not in taken and _is_free(host, port):
            return port
    raise Stop(
        Exit.TRY_LATER,
        "port.none-free",
        f"The ports {wanted} to {wanted + PORTS_TRIED - 1} are all taken. Name another: KINLINE_PUBLIC_PORT=9000 make",
    )


def everything(*, host: str, public_port: int, desk_port: int) -> int:
    """Serve both sites and work through the jobs until one of them ends or a signal comes. Returns the exit code."""
    processes = [
        _spawn(gunicorn(host=host, port=public_port)[1], site="public"),
        _spawn(gunicorn(host=host, port=desk_port)[1], site="desk"),
    ]
    loading: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, _stop_as_for_a_key)
    sign_ins = demonstration.sign_ins() if settings.DEMO else []  # while the sites start
    try:
        for port in (public_port, desk_port):
            _wait(f"http://{host}:{port}", processes)
        _greet(host=host, public_port=public_port, desk_port=desk_port, sign_ins=sign_ins)
        loading = _load_the_rest()
        _wait_for_the_rest(loading, processes)
        # Not before: each new list has all open cases searched again, and loading and searching hinder each other.
        processes.append(_spawn([sys.executable, "-m", "kinline.sites.cli", "worker"], site="desk"))
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        console.say("One of the processes ended, so all of them stop. Its last words stand above.")
        return Exit.FAILED
    except KeyboardInterrupt:
        console.say("Stopped.")
        return Exit.DONE
    finally:
        _stop([*processes, *loading])


def _load_the_rest() -> "list[subprocess.Popen[bytes]]":
    """Bring the rest of the invented people while the sites are in use; a stopped load goes on at the next start."""
    rest = demonstration.rest() if settings.DEMO else None
    if rest is None:
        return []
    console.say("More invented people and enquiries come in the background; that takes a minute or two.")
    return [subprocess.Popen(rest, stdout=subprocess.DEVNULL, start_new_session=True)]


def _wait_for_the_rest(loading: "list[subprocess.Popen[bytes]]", processes: "list[subprocess.Popen[bytes]]") -> None:
    while any(each.poll() is None for each in loading) and all(process.poll() is None for process in processes):
        time.sleep(0.5)


def _greet(*, host: str, public_port: int, desk_port: int, sign_ins: list[str]) -> None:
    name = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 - compared, not bound
    console.show(f"For families:  http://{name}:{public_port}/")
    console.show(f"For staff:     http://{name}:{desk_port}/")
    for line in sign_ins:
        console.show(f"Sign in as:    {line}")
    console.say("Stop with Ctrl-C.")


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True


def _spawn(command: list[str], *, site: str) -> "subprocess.Popen[bytes]":
    # A group of its own: Ctrl-C reaches this process alone, which then stops the others in order.
    return subprocess.Popen(command, env=os.environ | {"KINLINE_SITE": site}, start_new_session=True, cwd=Path.cwd())


def _wait(address: str, processes: "list[subprocess.Popen[bytes]]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Stop(
        Exit.FAILED, "start", f"{address} did not start. Its last words stand above; `kinline doctor` looks closer."
    )


def _stop_as_for_a_key(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(processes: "list[subprocess.Popen[bytes]]") -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
