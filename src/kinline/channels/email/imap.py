"""The bureau's mailbox over IMAP: which mails are there, the bytes of one, and waiting for the next.

Nothing here deletes, moves or expunges; of imap-tools' own methods ``flag`` does, so flags are set by the bare command.

Source: RFC 3501 (IMAP4rev1), RFC 2177 (IDLE).
"""

import imaplib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError, MailboxTaggedResponseError

from kinline.channels.email import places

SECONDS = 30.0
_SLICE = 1.0  # how often a waiting ear looks whether it is to stop
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Lost(Exception):  # noqa: N818 - read at every ``raise`` as what it is
    """The server did not answer as it should; the connection is of no more use. ``code`` holds nobody's words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotGiven(Exception):  # noqa: N818
    """The server does not give this one mail; the others can be asked for."""


class Box:
    """One folder, opened anew by each ``look``."""

    def __init__(self, wire: BaseMailBox, folder: str) -> None:
        self._wire, self._folder = wire, folder
        self.can_idle = "IDLE" in wire.client.capabilities

    def look(self) -> tuple[int, set[int]]:
        """UIDVALIDITY of the folder, and the UIDs of all mails that lie in it."""
        with _or_lost():
            self._wire.folder.set(self._folder)
            _name, said = self._wire.client.response("UIDVALIDITY")
            if not said or not said[0]:
                raise Lost("no-uidvalidity")
            return int(said[0]), {int(uid) for uid in self._wire.uids("ALL", charset=None)}

    def unseen(self) -> set[int]:
        """UIDs of the mails that are not marked as seen."""
        with _or_lost():
            return {int(uid) for uid in self._wire.uids("UNSEEN", charset=None)}

    def size_of(self, uid: int) -> int:
        """How long a mail is, as the server says; 0 if it does not say."""
        with _or_lost():
            _status, said = self._wire.client.uid("FETCH", str(uid), "(UID RFC822.SIZE)")
        sizes = [match[1] for line in said if isinstance(line, bytes) and (match := _SIZE.search(line))]
        return int(sizes[0]) if sizes else 0

    def bytes_of(self, uid: int) -> bytes | None:
        """The whole mail as it came, left as unseen as it was; None if it is there no more.

        Raises:
            NotGiven: the server says no.
        """
        with _or_lost():
            status, said = self._wire.client.uid("FETCH", str(uid), "(UID BODY.PEEK[])")
        if status != "OK":
            raise NotGiven
        return next((part[1] for part in said if isinstance(part, tuple) and b"BODY[]" in part[0]), None)

    def head_of(self, uid: int, *, most: int) -> bytes:
        """The fields at the head of a mail, at most so many bytes; the mail stays as unseen as it was."""
        with _or_lost():
            _status, said = self._wire.client.uid("FETCH", str(uid), f"(UID BODY.PEEK[HEADER]<0.{most}>)")
        return next((part[1] for part in said if isinstance(part, tuple) and b"BODY[HEADER]" in part[0]), b"")

    def mark_seen(self, uids: set[int]) -> bool:
        """Mark mails as seen; False where the server does not let us, as in a folder that may only be read."""
        with _or_lost():
            status, _said = self._wire.client.uid(
                "STORE", ",".join(map(str, sorted(uids))), "+FLAGS.SILENT", r"(\Seen)"
            )
        return status == "OK"

    def wait(self, seconds: float, *, is_over: Callable[[], bool]) -> None:
        """Return when something happens in the folder, after ``seconds``, or soon after ``is_over``."""
        end = time.monotonic() + seconds
        with _or_lost():
            self._wire.idle.start()  # type: ignore[no-untyped-call]
            while time.monotonic() < end and not is_over():
                begun = time.monotonic()
                if self._wire.idle.poll(timeout=_SLICE) or time.monotonic() - begun < _SLICE / 2:
                    break  # woken; with no word of why where the line was cut, which the next command finds out
            self._wire.idle.stop()  # type: ignore[no-untyped-call]


@contextmanager
def opened(server: places.Server) -> Iterator[Box]:
    """The mailbox, signed in to.

    Raises:
        Lost: it cannot be reached, or does not let us in.
    """
    with _or_lost():
        wire = _connected(server)
    try:
        yield Box(_signed_in(wire, server), server.folder)
    finally:
        # Whatever was taken is committed; how they part changes nothing.
        with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
            wire.client.shutdown()


def _connected(server: places.Server) -> BaseMailBox:
    if server.security == places.TLS:
        return MailBox(server.host, server.port, timeout=SECONDS, ssl_context=places.trust())
    if server.security == places.STARTTLS:
        return MailBoxStartTls(server.host, server.port, timeout=SECONDS, ssl_context=places.trust())
    return MailBoxUnencrypted(server.host, server.port, timeout=SECONDS)


def _signed_in(wire: BaseMailBox, server: places.Server) -> BaseMailBox:
    sign_in = wire.login_utf8 if "AUTH=PLAIN" in wire.client.capabilities else wire.login
    with _or_lost(sign_in="sign-in"):
        return sign_in(server.user, server.password, initial_folder=None)


@contextmanager
def _or_lost(sign_in: str = "") -> Iterator[None]:
    """Whatever goes wrong leaves as a code: the server's words may name the user or quote a mail."""
    try:
        yield
    except MailboxTaggedResponseError:
        raise Lost("answered-otherwise") from None
    except MailboxLoginError:
        raise Lost("sign-in") from None
    except imaplib.IMAP4.abort:
        raise Lost("cut-off") from None
    except (imaplib.IMAP4.error, ImapToolsError):
        raise Lost(sign_in or "refused") from None
    except TimeoutError:
        raise Lost("timeout") from None
    except OSError:
        raise Lost("network") from None
    except ValueError:
        raise Lost("not-understood") from None
