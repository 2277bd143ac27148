"""The bureau's own mail server hands mails over: 250 only for what is kept, and whatever else comes again."""

import smtplib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from kinline.channels.email import lmtp
from kinline.channels.email.poll import TOO_LONG
from kinrules import limits
from kinrules.refusal import Refused
from tests.bureau import NOON
from tests.servers import free_port

# Speaks LMTP; what is kept is kept in memory here, and in the durable core's own tests in databases.
pytestmark = pytest.mark.once
LETTER = b"From: olena@example.org\r\nSubject: =?utf-8?b?0JHRgNCw0YI=?=\r\n\r\nBrother\r\n.\r\nof mine\r\n"
BUREAU, OLENA = "bureau@example.net", "olena@example.org"
PATIENCE = 20.0


@dataclass
class Cellar:
    """Keeps what it is given, one row a name, unless something is the matter."""

    kept: dict[str, bytes] = field(default_factory=dict)
    fails: Exception | None = None

    def take(self, *, channel: str, account: str, external_id: str, raw: bytes, at: object) -> None:
        assert (channel, account, at) == ("email", BUREAU, NOON)
        if self.fails is not None:
            raise self.fails
        self.kept.setdefault(external_id, raw)


@contextmanager
def handing_over(cellar: Cellar) -> Iterator[smtplib.LMTP]:
    """The bureau's mail server, speaking to a real socket."""
    stop = threading.Event()
    door = lmtp.Door("127.0.0.1", free_port(), account=BUREAU, take=cellar.take, clock=lambda: NOON)
    ear = threading.Thread(target=lmtp.listen, args=(door,), kwargs={"stop": stop})
    ear.start()
    try:
        with _spoken_to(door.port) as server:
            yield server
    finally:
        stop.set()
        ear.join(PATIENCE)
    assert not ear.is_alive()


def _spoken_to(port: int) -> smtplib.LMTP:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return smtplib.LMTP("127.0.0.1", port, timeout=PATIENCE)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def test_a_mail_is_kept_whole_with_its_sender_on_top_and_known_when_it_is_brought_again():
    cellar = Cellar()
    with handing_over(cellar) as server:
        refused = [server.sendmail(OLENA, [BUREAU], LETTER) for _twice in range(2)]

    assert refused == [{}, {}]
    assert list(cellar.kept.values()) == [b"Return-Path: <olena@example.org>\r\n" + LETTER]


def test_the_news_that_a_letter_could_not_be_delivered_has_no_sender():
    cellar = Cellar()
    with handing_over(cellar) as server:
        server.sendmail("", [BUREAU], LETTER)

    (kept,) = cellar.kept.values()
    assert kept.startswith(b"Return-Path: <>\r\n")


@pytest.mark.parametrize(
    ("fails", "code"), [(RuntimeError("no room"), 451), (Refused(TOO_LONG, "too long"), 552)], ids=["later", "never"]
)
def test_what_is_not_kept_is_not_acknowledged_and_the_next_mail_is(fails, code):
    cellar = Cellar(fails=fails)
    with handing_over(cellar) as server:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            server.sendmail(OLENA, [BUREAU], LETTER)
        cellar.fails = None
        server.sendmail(OLENA, [BUREAU], LETTER + b"again\r\n")

    assert refused.value.smtp_code == code
    assert len(cellar.kept) == 1


def test_the_greatest_length_is_announced_and_a_longer_mail_is_refused_before_it_is_sent():
    with handing_over(Cellar()) as server:
        server.ehlo_or_helo_if_needed()
        announced = int(server.esmtp_features["size"])
        answer = server.docmd("MAIL", f"FROM:<{OLENA}> SIZE={announced + 1}")

    assert announced == limits.on(NOON.date(), "intake_item_bytes")
    assert answer[0] == 552


def test_each_recipient_has_an_answer_of_its_own():
    with handing_over(Cellar()) as server:
        server.ehlo_or_helo_if_needed()
        for command in (f"MAIL FROM:<{OLENA}>", f"RCPT TO:<{BUREAU}>", "RCPT TO:<families@example.net>", "DATA"):
            server.docmd(*command.split(" ", 1))
        server.send(LETTER.replace(b"\r\n.\r\n", b"\r\n") + b".\r\n")
        answers = [server.getreply()[0] for _recipient in range(2)]

    assert answers == [250, 250]


@pytest.mark.parametrize("address", ["lmtp://mail.example.org:24", "smtp://127.0.0.1:24", "lmtp://127.0.0.1", ""])
def test_only_this_machine_may_hand_over(address):
    with pytest.raises(ValueError, match=r"lmtp://127\.0\.0\.1:2424"):
        lmtp.place(address)
