"""Takes mails from the bureau's own mail server as it hands them over, and says 250 only when they are committed here.

The mail server keeps whatever was not answered with 250 and brings it again: the same bytes under the same name, so
that an answer that was lost on the way costs nothing. Mails have no name on this wire; their digest is one, for what is
sent twice by its sender differs in its trace (Received). Only this machine is listened to: whoever may speak here is
believed about the sender.

Source: RFC 2033 (LMTP: a reply for each recipient, after the data); RFC 1870 (SIZE); RFC 5321, 4.4 (Return-Path).
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from threading import Event
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from django.utils import timezone

from kinline.channels.email.places import is_this_machine
from kinline.channels.email.poll import NAME, TOO_LONG, Take
from kinrules import limits
from kinrules.refusal import Refused

CALLERS = 8
LOOK_SECONDS, LONGER_SECONDS = 0.2, 10.0
IDLE_SECONDS = 120.0
KEPT = "250 2.0.0 Kept."
LATER = "451 4.3.0 Not taken. Keep this letter and bring it again."
NEVER = "552 5.3.4 This letter is longer than we can take. Please send it in parts, or use another way to reach us."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Door:
    """Where the mail server hands over, for which of our addresses, and where mails are kept."""

    host: str
    port: int
    account: str
    take: Take
    clock: Callable[[], datetime]


def place(address: str) -> tuple[str, int]:
    """Host and port of ``address``.

    >>> place("lmtp://127.0.0.1:2424")
    ('127.0.0.1', 2424)

    Raises:
        ValueError: it is none, or others than this machine could hand something over.
    """
    parts = urlsplit(address)
    if parts.scheme != "lmtp" or not parts.port or not is_this_machine(parts.hostname or ""):
        raise ValueError("where mails are handed over is named as lmtp://127.0.0.1:2424, on this machine")
    return str(parts.hostname), parts.port


class _Hand:
    """What is done with a mail that is handed over."""

    def __init__(self, door: Door, callers: ThreadPoolExecutor) -> None:
        self._door, self._callers = door, callers

    async def answer(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Answer once for each recipient, after the commit."""
        loop = asyncio.get_running_loop()
        said = await loop.run_in_executor(self._callers, partial(keep, self._door, envelope))
        return "\r\n".join([said] * len(envelope.rcpt_tos))

    handle_DATA = answer  # noqa: N815 - as the library calls it


def keep(door: Door, envelope: Envelope) -> str:
    """Have a mail kept, with its sender's address on top, and say what the mail server is answered."""
    content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
    sender = (envelope.mail_from or "").strip("<>")  # of nobody where a machine reports, which the library calls "<>"
    raw = f"Return-Path: <{sender}>\r\n".encode("utf-8", "surrogateescape") + content
    known_by = f"lmtp:{sha256(raw).hexdigest()}"
    try:
        door.take(channel=NAME, account=door.account, external_id=known_by, raw=raw, at=door.clock())
    except Refused as refused:
        log.error("a mail was refused", extra={"code": refused.code})
        return NEVER if refused.code == TOO_LONG else LATER
    except Exception:  # whatever it was, there was no commit
        log.exception("a mail was not taken; the mail server keeps it")
        return LATER
    finally:
        connection.close()
    return KEPT


def listen(door: Door, *, stop: Event) -> None:
    """Take what is handed over until ``stop`` is set."""
    while not stop.is_set():
        try:
            asyncio.run(_serve(door, stop))
        except OSError:
            log.exception("nobody can hand over mails at the address in the settings; it is tried again")
            stop.wait(LONGER_SECONDS)


async def _serve(door: Door, stop: Event) -> None:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(CALLERS) as callers:
        hand = _Hand(door, callers)

        def session() -> LMTP:
            most = limits.on(timezone.localdate(door.clock()), "intake_item_bytes")
            return LMTP(
                hand,
                data_size_limit=most,
                enable_SMTPUTF8=True,
                hostname="localhost",
                ident="Kinline",
                timeout=IDLE_SECONDS,
                loop=loop,
            )

        server = await loop.create_server(session, door.host, door.port)
        async with server:
            while not stop.is_set():
                await asyncio.sleep(LOOK_SECONDS)
