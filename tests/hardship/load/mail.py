"""From a family's mail, handed over by the bureau's mail server, to the bureau's answer at that server."""

import smtplib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.hardship.load.figures import Times
from tests.servers import free_port

BUREAU, TRUSTED = "bureau@bureau.example", "mx.bureau.example"
A_SECOND, READY_SECONDS, PATIENCE = 10, 300, 60


@dataclass
class Server:
    """The bureau's mail server: hands over what families write, and takes what the bureau answers."""

    lmtp: int = field(default_factory=free_port)
    smtp: int = field(default_factory=free_port)
    came: dict[str, float] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def settings(self) -> dict[str, str]:
        """What the bureau is told of it."""
        named = {"ADDRESS": BUREAU, "TRUSTED": TRUSTED, "LMTP": f"lmtp://127.0.0.1:{self.lmtp}"}
        named |= {"SMTP": f"smtp://127.0.0.1:{self.smtp}"}
        return {f"KINLINE_MAIL_{name}": value for name, value in named.items()}

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Take an answer, and note when."""
        with self.changed:
            self.came.setdefault(envelope.rcpt_tos[0], time.monotonic())
            self.changed.notify_all()
        return "250 OK"

    def hand_over(self, sender: str) -> bool:
        """A mail of that sender; whether it was kept."""
        letter = EmailMessage()
        letter["Authentication-Results"] = f"{TRUSTED}; dmarc=pass header.from=example.org"
        letter["From"], letter["To"], letter["Subject"] = sender, BUREAU, "Шукаю вигаданого брата"
        letter["Message-ID"] = f"<{sender}>"
        letter.set_content("Добрий день. Шукаю вигаданого брата.")
        with suppress(OSError, smtplib.SMTPException), smtplib.LMTP("127.0.0.1", self.lmtp) as line:
            line.sendmail(sender, [BUREAU], letter.as_bytes())
            return True
        return False

    def wait_for(self, senders: set[str], *, seconds: float) -> set[str]:
        """Those of them who had no answer after so long."""
        with self.changed:
            self.changed.wait_for(lambda: senders <= self.came.keys(), timeout=seconds)
            return senders - self.came.keys()


@contextmanager
def standing() -> Iterator[Server]:
    """A mail server for as long as the block lasts."""
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=server.smtp, ready_timeout=READY_SECONDS)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def acknowledged(server: Server, *, seconds: float) -> tuple[Times, int]:
    """How long families wait for the first letter, ten of them writing each second; and how many got none."""
    until = time.monotonic() + READY_SECONDS
    while not server.hand_over("first@example.org") and time.monotonic() < until:
        time.sleep(0.1)
    server.wait_for({"first@example.org"}, seconds=READY_SECONDS)
    wrote, begun = dict[str, float](), time.monotonic()
    for number in range(int(A_SECOND * seconds)):
        time.sleep(max(0.0, begun + number / A_SECOND - time.monotonic()))
        sender = f"family-{number}@example.org"
        wrote[sender] = time.monotonic()
        if not server.hand_over(sender):
            del wrote[sender]
    waiting = server.wait_for(set(wrote), seconds=PATIENCE)
    took = [server.came[sender] - at for sender, at in wrote.items() if sender in server.came]
    return Times.of(took, seconds=time.monotonic() - begun), len(waiting)
