"""Bring a piece of post to the durable core by hand, have what waits read, and see what waits for a person."""

import sys
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from kinline.channels import reading
from kinline.intake import actions, queries
from kinline.intake.messages import REFUSALS
from kinline.sites import console
from kinline.sites.exits import Exit, Stop
from kinrules.terms import Channel

app = typer.Typer(help="Post: kept before it is read.")

JSON = Annotated[bool, typer.Option("--json", help="one JSON document to standard output")]


@app.command()
def deliver(
    channel: str,
    file: Annotated[Path, typer.Argument(help="the bytes as the channel gives them; - for standard input")],
    *,
    account: Annotated[str, typer.Option(help="which of our mailboxes, bots or lines it came to")] = "command",
    external_id: Annotated[str, typer.Option("--id", help="what the channel calls it; default: its digest")] = "",
    as_json: JSON = False,
) -> None:
    """Keep one piece of post and print its number. Exit 0: kept, now or before. Exit 5: kept apart as a conflict.

    Any other exit means that it was NOT taken.

    kinline intake deliver email letter.eml

    kinline intake deliver telegram update.json --id 700100 --json
    """
    if channel not in list(Channel):
        raise Stop(Exit.USAGE, "intake.unknown-channel", f"{REFUSALS['intake.unknown-channel']} {', '.join(Channel)}")
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    name = external_id or f"sha256:{sha256(raw).hexdigest()}"
    taken = actions.take(channel=channel, account=account, external_id=name, raw=raw, at=timezone.now())
    if as_json:
        console.show_json({"number": taken.number, "again": taken.again, "conflict": taken.conflict})
    else:
        console.show(taken.number)
        console.say(_sentence(taken))
    if taken.conflict:
        raise typer.Exit(Exit.CONFLICT)


@app.command()
def read(*, as_json: JSON = False) -> None:
    """Read all post that waits, now. The worker does so by itself.

    kinline intake read
    """
    count = reading.read_due(clock=timezone.now)
    if as_json:
        console.show_json({"readings": count})
    else:
        console.say(f"{count} readings; {queries.for_a_person().count()} pieces of post wait for a person.")


@app.command("list")
def list_for_a_person(*, as_json: JSON = False) -> None:
    """List the post that no machine can finish: unreadable, or come again under its name with other bytes.

    kinline intake list --json
    """
    lines = [
        {"number": item.pk, "channel": item.channel, "state": item.state, "trouble": item.trouble, "size": item.size}
        for item in queries.for_a_person()
    ]
    if as_json:
        console.show_json(lines)
        return
    for line in lines:
        console.show("{number}  {channel}  {state}  {trouble}  {size} bytes".format_map(line))


def _sentence(taken: actions.Taken) -> str:
    if taken.conflict:
        return "Other bytes came before under this name. Both are kept, and a person must look at them."
    if taken.again:
        return "These very bytes came before under this name; this is the number given then."
    return "Kept."
