"""The mailbox behind TLS, and a server that does not say when a mail comes: a real Dovecot each."""

import threading
import time

import pytest

from kinline.channels.email import imap, places, poll
from tests import certificates, dovecot
from tests.channels.email.letters import letter
from tests.channels.email.test_poll import Cellar, once, poller, words

# Speaks IMAP; what is kept is kept in memory here.
pytestmark = [pytest.mark.once, pytest.mark.skipif(dovecot.PROGRAM is None, reason=dovecot.WITHOUT)]
SECURED = pytest.mark.parametrize("security", [places.TLS, places.STARTTLS])
WITHOUT_IDLE = "IMAP4rev1 SASL-IR LITERAL+ ENABLE UIDPLUS"


@SECURED
def test_behind_tls_mails_are_taken(tmp_path, monkeypatch, security):
    certificate = certificates.for_localhost(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    cellar = Cellar()

    with dovecot.standing(certificate=certificate, security=security) as server:
        server.deliver(letter("перше"))
        came = once(poller(server, cellar))

    assert came == poll.Round(taken=1)
    assert words(cellar) == ["перше"]


@SECURED
def test_a_server_that_nobody_vouches_for_gets_no_password(tmp_path, security):
    cellar = Cellar()

    with (
        dovecot.standing(certificate=certificates.for_localhost(tmp_path), security=security) as server,
        pytest.raises(imap.Lost) as lost,
    ):
        server.deliver(letter("перше"))
        once(poller(server, cellar))

    assert lost.value.code == "network"
    assert cellar.kept == {}


def test_a_server_that_does_not_say_when_a_mail_comes_is_asked_again(monkeypatch):
    monkeypatch.setattr(poll, "POLL_SECONDS", 0.05)
    cellar, stop = Cellar(), threading.Event()

    with dovecot.standing(capability=WITHOUT_IDLE) as server:
        with imap.opened(server.server()) as box:
            can_idle = box.can_idle
        ear = threading.Thread(target=poll.follow, args=(poller(server, cellar),), kwargs={"stop": stop})
        ear.start()
        for text in ("перше", "друге"):
            server.deliver(letter(text))
            end = time.monotonic() + 30
            while text not in words(cellar) and time.monotonic() < end:
                time.sleep(0.02)
        stop.set()
        ear.join(timeout=30)

    assert not can_idle
    assert words(cellar) == ["перше", "друге"]
