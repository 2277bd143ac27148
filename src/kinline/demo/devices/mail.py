"""A computer with a mail program: letters of the bureau come by real SMTP, the family's go into the bureau's mailbox.

The bureau's mail server is played, too: it vouches for the family's letters, as a real one would after checking them.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import make_msgid

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session

from kinline.demo.devices.device import BUREAU, Line
from kinrules.terms import Channel

Bring = Callable[[str, bytes], None]
"""Takes a letter to the bureau: its message id, and its bytes."""

DOMAIN, VOUCHES = "family.example", "mx.bureau.example"
HOST = "127.0.0.1"
_PASS = f"{VOUCHES}; dmarc=pass header.from={DOMAIN}"
_ONE_LINE = str.maketrans("\r\n", "  ")


class Mail:
    """The device, and all letters on it by the number of the family."""

    channel = Channel.EMAIL

    def __init__(self, *, bring: Bring, clock: Callable[[], datetime]) -> None:
        self._bring, self._clock = bring, clock
        self._letters: dict[str, list[tuple[EmailMessage, Line]]] = {}
        self.settings: Mapping[str, str] = {}

    def address(self, family: int) -> str:
        """The family's own address."""
        return f"family-{family}@{DOMAIN}"

    def lines(self, family: int) -> list[Line]:
        """All letters, written and received."""
        return [line for _letter, line in self._letters.get(self.address(family), [])]

    def acts(self, family: int, form: Mapping[str, str]) -> None:
        """Send a letter. Without a subject it answers the newest letter of the bureau, as a mail program would."""
        words, subject = form.get("words", "").strip(), form.get("subject", "").translate(_ONE_LINE).strip()
        if not words and not subject:
            return
        letter = EmailMessage(policy=SMTP)
        letter["Authentication-Results"] = _PASS
        letter["From"], letter["To"], letter["Date"] = self.address(family), BUREAU, self._clock()
        letter["Message-ID"] = make_msgid(domain=DOMAIN)
        answered = self._newest(family)
        if answered is not None and not subject:
            subject = f"Re: {str(answered['Subject']).removeprefix('Re: ')}"
            letter["In-Reply-To"] = answered["Message-ID"]
        letter["Subject"] = subject
        letter.set_content(words or subject)
        self._bring(str(letter["Message-ID"]), bytes(letter))
        self._keep(self.address(family), letter, mine=True)

    async def _comes(self, _server: object, _session: Session, envelope: Envelope) -> str:
        """A letter of the bureau came."""
        letter = message_from_bytes(envelope.original_content or b"", policy=default)
        for address in envelope.rcpt_tos:
            self._keep(address, letter, mine=False)
        return "250 OK"

    handle_DATA = _comes  # noqa: N815 - a name that the library calls

    def _keep(self, address: str, letter: EmailMessage, *, mine: bool) -> None:
        body = letter.get_body(("plain",))
        words = body.get_content().strip() if body is not None else ""
        line = Line(words=words, mine=mine, at=self._clock(), subject=str(letter["Subject"] or ""))
        self._letters.setdefault(address, []).append((letter, line))

    def _newest(self, family: int) -> EmailMessage | None:
        letters = self._letters.get(self.address(family), [])
        return next((letter for letter, line in reversed(letters) if not line.mine), None)


class _Post(Controller):
    """Listens on whichever port is free."""

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        listening = socket.create_server((HOST, 0))
        self.port = listening.getsockname()[1]
        return self.loop.create_server(self._factory_invoker, sock=listening)


@contextmanager
def standing(*, clock: Callable[[], datetime], bring: Bring) -> Iterator[Mail]:
    """The device, for as long as the block lasts."""
    mail = Mail(bring=bring, clock=clock)
    post = _Post(mail, hostname=HOST, enable_SMTPUTF8=True)
    post.start()
    mail.settings = {
        "KINLINE_MAIL_ADDRESS": BUREAU,
        "KINLINE_MAIL_SMTP": f"smtp://{HOST}:{post.port}",
        "KINLINE_MAIL_TRUSTED": VOUCHES,
    }
    try:
        yield mail
    finally:
        post.stop()
