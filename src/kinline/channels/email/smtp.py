"""Hands one mail to the bureau's mail server and says what became of it.

Whether, when and how often is for the outbox to decide. Of what the server says only its number is kept: its words
name addresses.

Source: RFC 5321, section 4.2.1 (4yz: try again; 5yz: never as it is), RFC 3207 (STARTTLS), RFC 6531 (SMTPUTF8).
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from kinline.channels.base import Parcel
from kinline.channels.email import places
from kinline.channels.outcomes import Outcome, Refused, Sent, Unreachable

SECONDS = 30.0
_FOR_GOOD = 500
_TOO_LARGE = {523, 552}
_NOT_SIGNED_IN = {530, 534, 535, 538}


def send(server: places.Server, parcel: Parcel) -> Outcome:
    """Send ``parcel``. Never raises for what the other side does, and never falls back to a line without TLS."""
    body = parcel.body
    sender, message = str(body["sender"]), str(body["message"]).encode("utf-8")
    try:
        with _signed_in(server) as wire:
            return _handed_over(wire, sender=sender, to=parcel.to, message=message) or Sent(str(body["message_id"]))
    except smtplib.SMTPAuthenticationError:
        return Unreachable("sign-in")
    except smtplib.SMTPNotSupportedError:
        return Unreachable("not-offered")  # STARTTLS or a way to sign in
    except smtplib.SMTPResponseException as error:
        return Unreachable(_code(error.smtp_code))  # before the letter was spoken of: it is not to blame
    except (smtplib.SMTPException, OSError) as error:
        return Unreachable(_trouble(error))


@contextmanager
def _signed_in(server: places.Server) -> Iterator[smtplib.SMTP]:
    client = (
        partial(smtplib.SMTP_SSL, context=places.trust()) if server.security == places.TLS else partial(smtplib.SMTP)
    )
    wire = client(server.host, server.port, local_hostname="localhost", timeout=SECONDS)
    try:
        if server.security == places.STARTTLS:
            wire.starttls(context=places.trust())
        wire.ehlo_or_helo_if_needed()
        if server.user:
            wire.login(server.user, server.password)
        yield wire
    finally:
        # The letter is handed over or not by now; how they part changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            wire.quit()
        wire.close()


def _handed_over(wire: smtplib.SMTP, *, sender: str, to: str, message: bytes) -> Outcome | None:
    """Why the letter was not taken; None if it was."""
    options = []
    if not (sender + to).isascii():
        if not wire.has_extn("smtputf8"):
            return Refused("address-not-ascii")
        options = ["SMTPUTF8"]
    try:
        wire.sendmail(sender, [to], message, mail_options=options)
    except smtplib.SMTPRecipientsRefused as error:
        return _by_number(next(iter(error.recipients.values()))[0])
    except smtplib.SMTPSenderRefused as error:
        # The bureau itself is refused; another letter would fare no better, unless this one is too large.
        return _by_number(error.smtp_code) if error.smtp_code in _TOO_LARGE else Unreachable(_code(error.smtp_code))
    except smtplib.SMTPDataError as error:
        return _by_number(error.smtp_code)
    return None


def _by_number(code: int) -> Outcome:
    """
    >>> _by_number(550), _by_number(451), _by_number(530)
    (Refused(reason='smtp-550'), Unreachable(reason='smtp-451'), Unreachable(reason='smtp-530'))
    """
    return Refused(_code(code)) if code >= _FOR_GOOD and code not in _NOT_SIGNED_IN else Unreachable(_code(code))


def _code(number: int) -> str:
    return f"smtp-{number}"


def _trouble(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, socket.gaierror):
        return "no-such-server"
    return "cut-off" if isinstance(error, smtplib.SMTPServerDisconnected) else "network"
