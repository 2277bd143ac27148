"""The demonstration: load invented people, walk the whole line of work with one of them, and try the channels."""

import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone

from kinline.demo import families, load, officers, people, walk
from kinline.demo.devices import server
from kinline.demo.devices.standing import standing
from kinline.sites import console, start, upkeep
from kinrules.refusal import Refused

app = typer.Typer(help="A demonstration with invented people.")

CALLING_HOUR = 11
HERE = "127.0.0.1"
FEW_PERSONS, FEW_ENQUIRIES = 300, 30
"""Enough to look around at the desk, and there at once: nobody waits minutes to try a channel."""
JSON = Annotated[bool, typer.Option("--json", help="one JSON document to standard output")]


@app.command("load")
def load_people(
    *,
    persons: Annotated[int, typer.Option(min=1, help="invented persons")] = people.COUNT,
    enquiries: Annotated[int, typer.Option(min=0, help="invented enquiries")] = families.COUNT,
    as_json: JSON = False,
) -> None:
    """Load invented officers, persons and enquiries into an empty demonstration.

    kinline demo load

    kinline demo load --persons 500 --enquiries 50
    """
    _require_demonstration()
    now = timezone.now()
    with console.bar("Inventing people") as bar:
        loaded = load.load(at=now, on=timezone.localdate(now), persons=persons, asking=enquiries, progress=bar)
    if as_json:
        answer = {"persons": loaded.persons, "enquiries": loaded.enquiries, "already": loaded.already}
        console.show_json(answer | {"sign_ins": officers.sign_ins()})
        return
    how = "were there already" if loaded.already else "are loaded"
    console.say(f"{loaded.persons:,} invented persons and {loaded.enquiries:,} invented enquiries {how}.")
    for line in officers.sign_ins():
        console.show(line)


@app.command("walk")
def walk_the_line(*, as_json: JSON = False) -> None:
    """Walk the whole line of work with one invented family, and show what each step leaves in the ledger.

    kinline demo walk

    kinline demo walk --json
    """
    _require_demonstration()
    now = timezone.now()
    steps = [
        {
            "step": number,
            "words": step.words,
            "entries": [{"seq": one.seq, "kind": one.kind, "subject": one.subject} for one in step.entries],
        }
        for number, step in _told(walk.walk(at=_calling_hour(now), on=timezone.localdate(now)), quiet=as_json)
    ]
    if as_json:
        console.show_json({"steps": steps})


@app.command()
def channels(
    *,
    port: Annotated[int, typer.Option(envvar="KINLINE_DEVICES_PORT", help="of the page with the devices")] = 8090,
    public_port: Annotated[int, typer.Option(envvar="KINLINE_PUBLIC_PORT")] = 8000,
    desk_port: Annotated[int, typer.Option(envvar="KINLINE_DESK_PORT")] = 8001,
) -> None:
    """Serve the house, and beside it the devices of an invented family: Telegram, e-mail, telephone and SMS.

    KINLINE_DEMO=1 KINLINE_DATA=var/channels kinline demo channels
    """
    _require_demonstration()
    for sentence in upkeep.migrate():
        console.say(sentence)
    now = timezone.now()
    load.load(at=now, on=timezone.localdate(now), persons=FEW_PERSONS, asking=FEW_ENQUIRIES)
    public = start.free_port(public_port, host=HERE)
    desk = start.free_port(desk_port, host=HERE, taken={public})
    shown = start.free_port(port, host=HERE, taken={public, desk})
    with (
        standing(clock=timezone.now) as devices,
        server.serving(devices, port=shown, desk=f"http://localhost:{desk}") as address,
    ):
        for device in devices:
            os.environ.update(device.settings)
        console.show(f"A family's devices:  {address}/")
        sys.exit(start.everything(host=HERE, public_port=public, desk_port=desk))


def _told(steps: Iterator[walk.Step], *, quiet: bool) -> Iterator[tuple[int, walk.Step]]:
    """The steps, each said as soon as it is done."""
    for number, step in enumerate(steps, start=1):
        if not quiet:
            console.show(f"{number}. {step.words}")
            for one in step.entries:
                console.show(f"   {one.seq:>8}  {one.kind:<28} {one.subject}")
        yield number, step


def _calling_hour(now: datetime) -> datetime:
    """The latest moment, not after ``now``, at which a family may be called."""
    hour = timezone.localtime(now).replace(hour=CALLING_HOUR, minute=0, second=0, microsecond=0)
    return hour if hour <= now else hour - timedelta(days=1)


def begin_once() -> None:
    """Make the officers and a first list of persons if this is a demonstration and they are not there yet."""
    now = timezone.now()
    if settings.DEMO:
        load.begin(at=now, on=timezone.localdate(now))


def is_loaded() -> bool:
    """Whether the whole demonstration is there."""
    return load.is_loaded()


def sign_ins() -> list[str]:
    """A line for each invented officer: what to type to sign in."""
    return officers.sign_ins()


def _require_demonstration() -> None:
    if not settings.DEMO:
        raise Refused("demo.not-a-demonstration", "KINLINE_DEMO is not 1")
