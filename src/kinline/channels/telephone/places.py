"""Where the line listens and where it is registered, out of the settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_PORTS = re.compile(r"([0-9]{4,5})-([0-9]{4,5})")


@dataclass(frozen=True, kw_only=True)
class Trunk:
    """Where the line is registered: an account of a provider or of the house's own switch."""

    user: str
    host: str
    port: int = 5060
    password: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the line listens, under which address the other side reaches it, and from where calls are taken."""

    host: str
    port: int
    seen_as: str = ""
    sounds: tuple[int, int] = (16_384, 16_583)
    only_from: frozenset[str] = frozenset()
    country: str = ""


def place(at: Mapping[str, str]) -> Place:
    """Where to listen.

    Raises:
        ValueError: the address has no port, or the ports for sound are no range.
    """
    host, _colon, port = at["listen"].rpartition(":")
    ports = _PORTS.fullmatch(at["sounds"])
    if not host or not port.isdecimal():
        raise ValueError("KINLINE_TELEPHONE_LISTEN is an address and a port, such as 0.0.0.0:5060")
    if ports is None or int(ports[1]) >= int(ports[2]):
        raise ValueError("KINLINE_TELEPHONE_SOUNDS is a range of ports, such as 16384-16583")
    return Place(
        host=host,
        port=int(port),
        seen_as=at["seen_as"],
        sounds=(int(ports[1]), int(ports[2])),
        only_from=frozenset(filter(None, map(str.strip, at["from"].split(",")))),
        country=at["country"],
    )


def trunk(address: str, *, password: str) -> Trunk | None:
    """Where to register; None where nowhere.

    >>> trunk("sip:bureau@trunk.example:5080", password="p").port
    5080

    Raises:
        ValueError: it is not written as ``sip:user@host`` or ``sip:user@host:port``.
    """
    if not address:
        return None
    parts = urlsplit(address.replace("sip:", "sip://", 1))
    if parts.scheme != "sip" or not parts.hostname or not parts.username:
        raise ValueError("KINLINE_TELEPHONE_TRUNK is written as sip:user@host or sip:user@host:port")
    return Trunk(user=unquote(parts.username), host=parts.hostname, port=parts.port or 5060, password=password)
