"""The bureau's mail servers, as its settings name them: ``imaps://user@host/folder``, ``smtp+starttls://user@host:587``.

Source: RFC 8314 (TLS from the first byte is preferred); RFC 5092 (addresses of mailboxes).
"""

import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"


class _Scheme(NamedTuple):
    security: str
    port: int


_SCHEMES = {
    "imaps": _Scheme(TLS, 993),
    "imap+starttls": _Scheme(STARTTLS, 143),
    "imap": _Scheme(PLAIN, 143),
    "smtps": _Scheme(TLS, 465),
    "smtp+starttls": _Scheme(STARTTLS, 587),
    "smtp": _Scheme(PLAIN, 25),
}


@dataclass(frozen=True)
class Server:
    """Where a mail server is, how it is spoken to, and as whom. The password is never shown."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)
    folder: str = "INBOX"


def server(address: str, *, password: str) -> Server:
    """The server that ``address`` names.

    >>> server("imaps://bureau%40example.org@mail.example.org/Families", password="secret")
    Server(host='mail.example.org', port=993, security='tls', user='bureau@example.org', folder='Families')

    Raises:
        ValueError: there is no such way to a mail server, or it would carry letters and password for all to read.
    """
    parts = urlsplit(address)
    scheme, host = _SCHEMES.get(parts.scheme), parts.hostname or ""
    if scheme is None or not host:
        raise ValueError(f"a mail server is named as {', '.join(_SCHEMES)} and //user@host:port")
    if parts.password is not None:
        raise ValueError("the password of a mail server stands in a setting of its own, not in the address")
    if scheme.security == PLAIN and not is_this_machine(host):
        raise ValueError("a mail server on another machine is spoken to by TLS only")
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    return Server(host, parts.port or scheme.port, scheme.security, unquote(parts.username or ""), password, folder)


def is_this_machine(host: str) -> bool:
    """Whether what is sent to ``host`` never leaves the machine.

    >>> is_this_machine("localhost"), is_this_machine("127.0.0.1"), is_this_machine("mail.example.org")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def trust() -> ssl.SSLContext:
    """Certificates are checked, against those that the machine trusts, and names with them."""
    return ssl.create_default_context()
