"""The mailbox of a real Dovecot: every mail is taken once, marked only when it is kept, and never deleted."""

import logging
import threading
import time
from dataclasses import dataclass, field

import pytest
from imap_tools import MailMessageFlags

from kinline.channels.email import imap, poll
from kinrules import limits
from tests import dovecot
from tests.bureau import NOON
from tests.channels.email.letters import letter

# Speaks IMAP; what is kept is kept in memory here, and in the durable core's own tests in databases.
pytestmark = [pytest.mark.once, pytest.mark.skipif(dovecot.PROGRAM is None, reason=dovecot.WITHOUT)]


@dataclass
class Cellar:
    """Keeps what it is given, one row a name; ``refuses`` are words of mails that it cannot keep now."""

    kept: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, bytes] = field(default_factory=dict)
    refuses: bytes = b"-"

    def take(self, *, channel: str, account: str, external_id: str, raw: bytes, at: object) -> None:
        assert (channel, account, at) == ("email", "bureau", NOON)
        if self.refuses in raw.partition(b"\r\n\r\n")[2]:
            raise RuntimeError("no room")
        self.kept.setdefault(external_id, raw)

    def refuse(self, head: bytes, *, channel: str, account: str, name: str, at: object) -> bool:
        assert (channel, account, at) == ("email", "bureau", NOON)
        self.refused[name] = head
        return True

    def known(self, *, channel: str, account: str, beginning: str) -> set[str]:
        return {name for name in self.kept if name.startswith(beginning)}


@pytest.fixture(scope="module")
def server():
    with dovecot.standing() as server:
        yield server


@pytest.fixture
def mailbox(server):
    with server.owner() as box:
        box.client.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
        box.expunge()
    return server


@pytest.fixture
def cellar():
    return Cellar()


def poller(server, cellar, *, password: str = dovecot.PASSWORD) -> poll.Poller:
    keeping = poll.Keeping(take=cellar.take, known=cellar.known, clock=lambda: NOON, refuse=cellar.refuse)
    return poll.Poller(server.server(password=password), account="bureau", keeping=keeping)


def once(ear: poll.Poller) -> poll.Round:
    with ear.opened() as box:
        return ear.once(box)


def words(cellar: Cellar) -> list[str]:
    return [raw.partition(b"\r\n\r\n")[2].decode().strip() for raw in cellar.kept.values()]


def seen(server) -> list[bool]:
    return [MailMessageFlags.SEEN in flags for flags in server.flags().values()]


def test_a_mail_is_kept_as_the_bytes_that_came_and_then_marked(mailbox, cellar):
    mailbox.deliver(letter("Шукаю сина."))

    assert once(poller(mailbox, cellar)) == poll.Round(taken=1)

    ((name, raw),) = cellar.kept.items()
    folder, validity, uid = name.split(":")
    assert (folder, validity.isdecimal(), uid.isdecimal()) == ("INBOX", True, True)
    assert raw == letter("Шукаю сина.").replace(b"\n", b"\r\n")
    assert seen(mailbox) == [True]


def test_a_mail_that_somebody_has_read_before_us_is_taken_all_the_same(mailbox, cellar):
    mailbox.deliver(letter("перше"))
    with mailbox.owner() as box:
        box.client.uid("STORE", "1:*", "+FLAGS", r"(\Seen)")

    assert once(poller(mailbox, cellar)) == poll.Round(taken=1)


def test_what_could_not_be_kept_stays_unseen_holds_back_no_other_and_is_taken_later(mailbox, cellar):
    for word in ("first", "second", "third"):
        mailbox.deliver(letter(word))
    cellar.refuses, ear = b"second", poller(mailbox, cellar)

    assert once(ear) == poll.Round(taken=2, untaken=1)
    assert seen(mailbox) == [True, False, True]
    cellar.refuses = b"-"

    assert once(ear) == poll.Round(taken=1)
    assert words(cellar) == ["first", "third", "second"]
    assert once(ear) == poll.Round()


def test_a_new_process_takes_nothing_twice_and_marks_what_a_crash_left_unmarked(mailbox, cellar, monkeypatch):
    mailbox.deliver(letter("перше"))
    with monkeypatch.context() as crash:
        crash.setattr(imap.Box, "mark_seen", _dies)
        with pytest.raises(KeyboardInterrupt):
            once(poller(mailbox, cellar))
    assert (len(cellar.kept), seen(mailbox)) == (1, [False])

    assert once(poller(mailbox, cellar)) == poll.Round()

    assert seen(mailbox) == [True]


def _dies(*_args):
    raise KeyboardInterrupt


def test_a_mail_that_another_marked_for_deletion_is_not_deleted_by_us(mailbox, cellar):
    mailbox.deliver(letter("перше"))
    with mailbox.owner() as box:
        box.client.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
    mailbox.deliver(letter("друге"))

    once(poller(mailbox, cellar))

    assert len(mailbox.flags()) == len(cellar.kept) == 2


def test_a_mail_too_long_is_left_unseen_with_an_alarm_that_names_nobody(mailbox, cellar, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("kinline"), "propagate", True)
    monkeypatch.setattr(limits, "on", lambda *_args: 400)
    mailbox.deliver(letter("long " * 100))
    mailbox.deliver(letter("short"))
    ear = poller(mailbox, cellar)

    assert once(ear) == poll.Round(taken=1, too_long=1)
    assert once(ear) == poll.Round()

    (alarm,) = {id(record): record for record in caplog.records if record.levelno == logging.ERROR}.values()
    assert alarm.__dict__["code"] == "intake.too-long"
    assert "@" not in f"{alarm.getMessage()} {alarm.__dict__['reference']}"
    assert seen(mailbox) == [False, True]
    assert [head.endswith(b"\r\n\r\n") and b"long" not in head for head in cellar.refused.values()] == [True]


def test_mails_that_are_numbered_anew_are_all_taken_again_under_other_names(server, mailbox, cellar):
    mailbox.deliver(letter("перше"))
    ear = poller(mailbox, cellar)
    once(ear)

    server.renumber()
    mailbox.deliver(letter("друге"))

    assert once(ear) == poll.Round(taken=2)
    assert sorted(words(cellar)) == ["друге", "перше", "перше"]


def test_a_wrong_password_is_told_as_a_code_and_nothing_more(mailbox, cellar):
    with pytest.raises(imap.Lost) as lost:
        once(poller(mailbox, cellar, password="another"))

    assert lost.value.code == "sign-in"
    assert lost.value.__suppress_context__


def test_a_mail_that_comes_while_the_ear_waits_is_taken_at_once(mailbox, cellar):
    stop, begun = threading.Event(), time.monotonic()
    ear = threading.Thread(target=poll.follow, args=(poller(mailbox, cellar),), kwargs={"stop": stop})
    ear.start()
    mailbox.deliver(letter("перше"))
    _until(lambda: len(cellar.kept) == 1)
    mailbox.deliver(letter("друге"))

    _until(lambda: len(cellar.kept) == 2)
    took = time.monotonic() - begun
    stop.set()
    ear.join(timeout=60)

    assert not ear.is_alive()
    assert took < poll.POLL_SECONDS


def test_an_ear_that_lost_its_mailbox_goes_on_trying(mailbox, cellar, monkeypatch):
    tries, stop = [], threading.Event()

    def fails_twice(self):
        tries.append(1)
        if len(tries) < 3:
            raise imap.Lost("network")
        return imap.opened(self._server)

    monkeypatch.setattr(poll.Poller, "opened", fails_twice)
    monkeypatch.setattr(poll, "pause", lambda failures: failures / 100)
    mailbox.deliver(letter("перше"))
    ear = threading.Thread(target=poll.follow, args=(poller(mailbox, cellar),), kwargs={"stop": stop})
    ear.start()

    _until(lambda: len(cellar.kept) == 1)
    stop.set()
    ear.join(timeout=60)

    assert len(tries) == 3


def _until(is_so) -> None:
    end = time.monotonic() + 120
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    assert is_so()
