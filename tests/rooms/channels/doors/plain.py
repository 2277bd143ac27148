"""A channel whose bytes are its words; some words make it misbehave as hostile post would."""

import os
import signal
import tempfile

from kinline.channels.base import Attachment, Inbound, Kind, Outbound, Parcel


def _write_a_file() -> None:
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(b"out")


TRICKS = {
    b"hang": lambda: signal.pause(),
    b"spin": lambda: [None for _ in iter(int, 1)],
    b"swell": lambda: b"x" * 2**31,
    b"die": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    b"raise": lambda: 1 / 0,
    b"write": _write_a_file,
    b"chatter": lambda: os.write(1, b"\xff" * 64),
}


class Plain:
    """Says whatever the bytes say."""

    longest, confidential, carries_files = 1000, True, True

    def read(self, raw: bytes) -> list[Inbound]:
        if raw in TRICKS:
            TRICKS[raw]()
        if raw == b"unreadable":
            return [Inbound("1", kind=Kind.UNREADABLE)]
        environment = ",".join(sorted(os.environ))
        file = Attachment("a.bin", "application/octet-stream", 3, b"\0\1\2")
        text = environment if raw == b"environment" else raw.decode()
        return [Inbound("1", address="me", text=text, authenticated=True, attachments=(file,))]

    def write(self, outbound: Outbound) -> list[Parcel]:
        return [Parcel("plain", outbound.address, {"text": outbound.text})]


CHANNEL = Plain()
