"""The cell in which post is read: a process of its own, without database, keys, environment or leave to write files.

What reaches the bureau was made by strangers, and some of it to harm. If reading it takes too long, takes too much
memory or ends the process, that is all that happens: the bytes are kept, and the next piece of post is read.

Started by ``channels.reading``. On standard input comes one line of JSON with channel, size and seconds, then as many
bytes; on standard output goes the length of the answer in eight bytes, then the answer as JSON. It never holds code:
whoever broke into the cell can say wrong words, and no more.
"""

import json
import resource
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, BinaryIO

from kinline.channels import equip
from kinline.channels.base import Channel, Inbound

LENGTH_BYTES = 8
OPEN_FILES = 64
MEGABYTE = 2**20


def main(packages: list[str], megabytes: int, settings_of: Mapping[str, Mapping[str, Any]]) -> None:
    """Read piece after piece until standard input ends; ``settings_of`` is what the bureau set of each channel."""
    _close_in(megabytes)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    for order, raw in _orders(source):
        _may_take(order["seconds"])
        _send(sink, _answer(packages, order["channel"], raw, settings_of.get(order["channel"], {})))


def _close_in(megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _may_take(seconds: int) -> None:
    """Allow so many more seconds of the processor; after them the system ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _orders(source: BinaryIO) -> Iterator[tuple[dict[str, Any], bytes]]:
    while line := source.readline():
        order = json.loads(line)
        yield order, source.read(order["size"])


def _answer(packages: list[str], name: str, raw: bytes, settings: Mapping[str, Any]) -> dict[str, Any]:
    try:
        channel = _channel(packages, name)
        equip(channel, settings)
        return {"said": [_plain(each) for each in channel.read(raw)]}
    except MemoryError:
        return {"trouble": "memory"}
    except LookupError:
        return {"trouble": "no-channel"}
    except Exception:  # noqa: BLE001 - whatever it is, the next piece of post is read
        return {"trouble": "raised"}


def _channel(packages: list[str], name: str) -> Channel:
    if name.isidentifier() and not name.startswith("_"):
        for package in packages:
            try:
                module = import_module(f"{package}.{name}")
            except ModuleNotFoundError:
                continue
            if hasattr(module, "CHANNEL"):
                channel: Channel = module.CHANNEL
                return channel
    raise LookupError(f"there is no channel {name!r}")


def _plain(said: Inbound) -> dict[str, Any]:
    plain = {name: getattr(said, name) for name in ("wire_id", "address", "text", "subject", "quoted")}
    plain |= {name: getattr(said, name) for name in ("language", "authenticated", "about", "answer", "phone", "mark")}
    plain |= {name: getattr(said, name) for name in ("album", "notice")}
    files = [
        {
            "name": file.name,
            "type": file.type,
            "size": file.size,
            "remote_id": file.remote_id,
            "content": b64encode(file.content).decode("ascii"),
        }
        for file in said.attachments
    ]
    return plain | {"kind": str(said.kind), "attachments": files}


def _send(sink: BinaryIO, answer: dict[str, Any]) -> None:
    written = json.dumps(answer).encode("ascii")
    sink.write(len(written).to_bytes(LENGTH_BYTES, "big") + written)
    sink.flush()


if __name__ == "__main__":
    main(sys.argv[3:], int(sys.argv[1]), json.loads(sys.argv[2]))
