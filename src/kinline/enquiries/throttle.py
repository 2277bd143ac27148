"""Slows down whoever tries many codes from one network, without keeping where anybody is.

Networks are counted in memory only, under a key that is drawn anew each hour: nobody can tell afterwards who came.
Behind our own proxy the true address is not seen; then only the tries of each code are counted.
"""

import hmac
import ipaddress
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore, Lock

MOST = 20
# Half of a site's threads. A code is dear to look up, so that guesses are; a flood of them must leave room for others.
MOST_AT_ONCE = 4
_V4_NETWORK, _V6_NETWORK = 24, 48


class LookingUp:
    """Lets a few look up a code at the same time; whoever is one too many is told to come again in a moment."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._places = BoundedSemaphore(most)

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Whether there was a place; it is given back at the end."""
        has_one = self._places.acquire(blocking=False)
        try:
            yield has_one
        finally:
            if has_one:
                self._places.release()


class Networks:
    """How many wrong tries came from each network within this hour."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._hour = ""
        self._key = b""
        self._wrong: Counter[bytes] = Counter()

    def note_wrong(self, address: str, *, at: datetime) -> None:
        """Count one wrong try from the network of ``address``."""
        with self._lock:
            bucket = self._bucket(address, at)
            if bucket:
                self._wrong[bucket] += 1

    def must_wait(self, address: str, *, at: datetime) -> bool:
        """Whether too many wrong tries came from the network of ``address``."""
        with self._lock:
            bucket = self._bucket(address, at)
            return bool(bucket) and self._wrong[bucket] >= MOST

    def _bucket(self, address: str, at: datetime) -> bytes:
        hour = f"{at:%Y%m%d%H}"
        if hour != self._hour:
            self._hour, self._key = hour, secrets.token_bytes(32)
            self._wrong.clear()
        network = network_of(address)
        return hmac.digest(self._key, network.encode(), "sha256") if network else b""


def network_of(address: str) -> str:
    """The network that ``address`` belongs to, or "" where that says nothing about who asks.

    >>> network_of("8.8.4.77"), network_of("127.0.0.1")
    ('8.8.4.0/24', '')
    """
    try:
        host = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if not host.is_global:
        return ""
    width = _V4_NETWORK if host.version == 4 else _V6_NETWORK
    return str(ipaddress.ip_network(f"{host}/{width}", strict=False))
