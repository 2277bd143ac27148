"""Read what a channel received, as the program would, without keeping anything."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kinline.channels import CHANNELS
from kinline.channels.base import Channel, Inbound
from kinline.sites import console, wires
from kinline.sites.exits import Exit, Stop

app = typer.Typer(help="Channels: web, Telegram, telephone, e-mail, SMS.")

JSON = Annotated[bool, typer.Option("--json", help="one JSON object a line for each thing that was said")]


@app.command()
def read(
    channel: Annotated[str, typer.Argument(help="its name, as the list says it")],
    file: Annotated[str, typer.Argument(help="what was received, as it came; - for standard input")],
    *,
    as_json: JSON = False,
) -> None:
    """Read one mail, update or post and say what is in it. No database is opened, and nothing is kept.

    kinline channel read email letter.eml --json

    curl -s https://bureau.example/raw | kinline channel read telegram - --json
    """
    door = _known(channel)
    for inbound in door.read(_bytes(file)):
        if as_json:
            console.show(json.dumps(_told(inbound), ensure_ascii=False))
        else:
            _show(inbound)


@app.command("list")
def list_channels(*, as_json: JSON = False) -> None:
    """List the channels and what each can carry.

    kinline channel list

    kinline channel list --json
    """
    for name, channel in CHANNELS.items():
        can = {
            "name": name,
            "longest": channel.longest,
            "confidential": channel.confidential,
            "carries_files": channel.carries_files,
        }
        if as_json:
            console.show(json.dumps(can))
        else:
            console.show(
                f"{name:10} {channel.longest:,} letters a message; "
                f"{'nobody reads along' if channel.confidential else 'others on the way can read it'}; "
                f"{'files' if channel.carries_files else 'no files'}"
            )


@app.command("test")
def try_channel(
    channel: Annotated[str, typer.Argument(help="telegram, email or telephone")], *, as_json: JSON = False
) -> None:
    """Try whether a channel answers as it is set up. Nothing is taken or sent. Exit 0 if it answers.

    kinline channel test telegram

    kinline channel test email --json
    """
    _known(channel)
    if channel not in wires.TRIED:
        raise Stop(
            Exit.NOT_FOUND, "channel.not-tried", f"This channel has nothing to try. Others: {', '.join(wires.TRIED)}."
        )
    found = dict(wires.TRIED[channel]())
    if as_json:
        console.show(json.dumps(found, ensure_ascii=False))
        return
    for label, value in found.items():
        console.show(f"{label}: {value}")


def _known(name: str) -> Channel:
    if name not in CHANNELS:
        raise Stop(
            Exit.NOT_FOUND, "channel.not-found", f"There is no channel of that name. Known are {', '.join(CHANNELS)}."
        )
    return CHANNELS[name]


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    path = Path(file)
    if not path.is_file():
        raise Stop(Exit.NOT_FOUND, "file.not-found", "There is no file of that name. Check its name and folder.")
    return path.read_bytes()


def _told(inbound: Inbound) -> dict[str, Any]:
    """What other programs rely on; a change to these names is a change to theirs."""
    return {
        "kind": inbound.kind.value,
        "wire_id": inbound.wire_id,
        "from": inbound.address,
        "subject": inbound.subject,
        "text": inbound.text,
        "attachments": [{"name": each.name, "type": each.type, "size": each.size} for each in inbound.attachments],
        "language": inbound.language,
        "authenticated": inbound.authenticated,
    }


def _show(inbound: Inbound) -> None:
    for label, value in _told(inbound).items():
        if label == "attachments":
            for each in inbound.attachments:
                console.show(f"attachment: {each.name} ({each.type}, {each.size:,} bytes)")
        elif label != "text":
            console.show(f"{label}: {value}")
    console.show(f"\n{inbound.text}\n")
