"""A mail server to send to, on a real socket: keeps what it is given, and refuses as it is told."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from kinline.channels.email import places
from tests.servers import free_port

USER, PASSWORD = "bureau", "invented-Password_of-nobody"


@dataclass
class PostOffice:
    """What the server knows. ``answers`` are what it says to RCPT or DATA instead of taking the letter."""

    envelopes: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    port: int = 0

    def letters(self) -> list[EmailMessage]:
        """The letters that came."""
        return [message_from_bytes(each.content, policy=default) for each in self.envelopes]

    async def handle_MAIL(  # noqa: N802 - as the library calls it
        self, _server: object, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: object, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.envelopes.append(envelope)
        return "250 taken"

    def server(self, *, security: str = places.PLAIN, user: str = "", password: str = PASSWORD) -> places.Server:
        """How the bureau's settings would name it."""
        return places.Server("localhost", self.port, security, user, password)


def _knows(_server: object, _session: Session, _envelope: Envelope, _mechanism: str, shown: Any) -> AuthResult:
    is_ours = isinstance(shown, LoginPassword) and shown == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_ours, handled=False)


@contextmanager
def open_post_office(
    *, certificate: tuple[Path, Path] | None = None, security: str = places.PLAIN
) -> Iterator[PostOffice]:
    """A server that listens while the block lasts."""
    office, options = PostOffice(), {}
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        options = {"authenticator": _knows}
    if security == places.STARTTLS:
        options |= {"tls_context": context, "require_starttls": True}
    elif security == places.TLS:
        options |= {"ssl_context": context, "auth_require_tls": False}
    office.port = free_port()
    controller = Controller(office, hostname="localhost", port=office.port, enable_SMTPUTF8=True, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
