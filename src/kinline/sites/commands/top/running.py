"""Serve the sites, work through the jobs, or start everything at once."""

import os
import signal
import socket
import sys
from threading import Event, Thread
from types import FrameType
from typing import Annotated, Literal

import typer
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from kinline.channels import reading
from kinline.jobs import worker as jobs
from kinline.sites import console, demonstration, durable, recurring, start, upkeep, wires
from kinline.sites.exits import Exit, Stop

app = typer.Typer()

Site = Literal["public", "desk", "hooks"]
PUBLIC_PORT, DESK_PORT, HOOKS_PORT = 8000, 8001, 8002
_PORTS: dict[Site, int] = {"public": PUBLIC_PORT, "desk": DESK_PORT, "hooks": HOOKS_PORT}


@app.command()
def serve(
    *,
    site: Annotated[
        Site, typer.Option(help="families (public), staff (desk), or providers that bring messages (hooks)")
    ],
    port: Annotated[
        int | None, typer.Option(help="default: 8000 for families, 8001 for staff, 8002 for providers")
    ] = None,
    host: str = "127.0.0.1",
    threads: int = 8,
) -> None:
    """Serve one of the sites until stopped.

    kinline serve --site public --port 8000

    kinline serve --site desk --host 0.0.0.0
    """
    chosen = port or _PORTS[site]
    os.environ["KINLINE_SITE"] = site
    program, arguments = start.gunicorn(host=host, port=chosen, threads=threads)
    os.execv(program, arguments)


@app.command()
def up(
    *,
    public_port: Annotated[int, typer.Option(envvar="KINLINE_PUBLIC_PORT")] = PUBLIC_PORT,
    desk_port: Annotated[int, typer.Option(envvar="KINLINE_DESK_PORT")] = DESK_PORT,
    host: Annotated[str, typer.Option(envvar="KINLINE_HOST")] = "127.0.0.1",
    set_up: Annotated[
        bool, typer.Option(help="first bring the database up to date and load the demonstration")
    ] = False,
) -> None:
    """Serve both sites and work through the jobs, until stopped. A port that is taken gives way to the next free one.

    kinline up

    KINLINE_PUBLIC_PORT=9000 kinline up
    """
    if set_up:
        _set_up()
    public = start.free_port(public_port, host=host)
    desk = start.free_port(desk_port, host=host, taken={public})
    sys.exit(start.everything(host=host, public_port=public, desk_port=desk))


def _set_up() -> None:
    for sentence in upkeep.migrate():
        console.say(sentence)
    if settings.DEMO:
        demonstration.begin_once()


@app.command()
def worker(
    *,
    name: Annotated[str, typer.Option(help="how this worker signs its jobs")] = "",
    drain: Annotated[bool, typer.Option(help="stop when nothing is due")] = False,
) -> None:
    """Read the post and work through the jobs until stopped; what is at hand is finished first.

    kinline worker

    kinline worker --drain
    """
    try:
        durable.require()
    except ImproperlyConfigured as error:
        raise Stop(Exit.FAILED, "database.may-forget", str(error)) from error
    wires.set_up()
    signature = name or f"{socket.gethostname()}:{os.getpid()}"
    if drain:
        reading.read_due(clock=timezone.now)
        jobs.drain(worker=signature, clock=timezone.now)
        return
    stop = Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    recurring.name_all(at=timezone.now())
    # Beside the jobs: a family is not kept waiting for its acknowledgement by a search that takes minutes.
    beside = [Thread(target=reading.keep_reading, kwargs={"clock": timezone.now, "stop": stop}), *wires.threads(stop)]
    for thread in beside:
        thread.start()
    jobs.work(worker=signature, clock=timezone.now, stop=stop)
    for thread in beside:
        thread.join()
