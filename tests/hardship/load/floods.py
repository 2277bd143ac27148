"""Floods on the families' site, and a family that asks meanwhile, page by page, as on any day."""

import random
import selectors
import socket
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kinrules import check_digits
from tests.hardship.load.figures import Times
from tests.hardship.served import Browser

SLOW_CLIENTS, BYTE_SECONDS = 1000, 1.0
GUESSERS, GUESSES_A_SECOND = 100, 200
BEGINNING = b"POST /en/enquiry/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200\r\nX-Slow: "
SUCCESS = 200


@dataclass
class Family:
    """What a family's pages took, and how many were refused."""

    took: list[float] = field(default_factory=list)
    refused: int = 0
    enquiries: int = 0


def ask(address: str, *, seconds: float) -> tuple[Times, Family]:
    """Ask for somebody again and again for so long; each page is timed."""
    family, begun = Family(), time.monotonic()
    while time.monotonic() - begun < seconds:
        browser = _Timed(address, family)
        try:
            browser.ask().press("send")
            family.enquiries += len(browser.code) == 16
        except (AssertionError, ValueError):  # the page was not the one that comes next
            family.refused += 1
    return Times.of(family.took, seconds=time.monotonic() - begun), family


class _Timed(Browser):
    """A family's browser with a watch."""

    def __init__(self, address: str, family: Family) -> None:
        super().__init__(address)
        self.family = family

    def post(self, **fields: str) -> None:
        begun = time.monotonic()
        super().post(**fields)
        self.family.took.append(time.monotonic() - begun)
        self.family.refused += self.status != SUCCESS


@contextmanager
def slow_clients(port: int) -> Iterator[None]:
    """A thousand that send a byte a second and never finish; whoever is dropped comes again."""
    over = threading.Event()
    crowd = threading.Thread(target=_drip, args=(port, over))
    crowd.start()
    try:
        time.sleep(2 * BYTE_SECONDS)  # until all are there
        yield
    finally:
        over.set()
        crowd.join()


def _drip(port: int, over: threading.Event) -> None:
    lines = selectors.DefaultSelector()
    while not over.wait(BYTE_SECONDS):
        for line in [key.fileobj for key in lines.get_map().values()]:
            assert isinstance(line, socket.socket)
            if not _sends(line, b"x"):
                lines.unregister(line)
                line.close()
        while len(lines.get_map()) < SLOW_CLIENTS and not over.is_set():
            line = socket.create_connection(("127.0.0.1", port), timeout=5)
            line.setblocking(False)
            _sends(line, BEGINNING)
            lines.register(line, selectors.EVENT_READ)
    for key in list(lines.get_map().values()):
        assert isinstance(key.fileobj, socket.socket)
        key.fileobj.close()
    lines.close()


def _sends(line: socket.socket, some: bytes) -> bool:
    try:
        line.send(some)
        return line.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@contextmanager
def bad_codes(port: int, *, seed: int) -> Iterator[list[int]]:
    """Codes that nobody has, with right check digits, 200 a second; hands out how each was answered."""
    over, answers = threading.Event(), list[int]()
    crowd = [threading.Thread(target=_guess, args=(port, over, answers, seed + each)) for each in range(GUESSERS)]
    for guesser in crowd:
        guesser.start()
    try:
        time.sleep(1.0)
        yield answers
    finally:
        over.set()
        for guesser in crowd:
            guesser.join()


def _guess(port: int, over: threading.Event, answers: list[int], seed: int) -> None:
    chance, pause = random.Random(seed), GUESSERS / GUESSES_A_SECOND
    due = time.monotonic()
    while not over.wait(max(0.0, due - time.monotonic())):
        due += pause
        answers.append(guess(port, code=check_digits.with_mod_97_10(f"{chance.randrange(10**14):014d}")))


def guess(port: int, *, code: str = "0000000000000000", source: str = "127.0.0.1") -> int:
    """Try a code that nobody has; how that was answered, 0 where not at all."""
    form = urllib.parse.urlencode({"code": code, "check": "Вигадана"}).encode()
    head = (
        "POST /en/case/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(form)}\r\nConnection: close\r\n\r\n"
    )
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(source, 0)) as wire:
            wire.sendall(head.encode() + form)
            return int(wire.recv(4096)[9:12] or 0)
    except (OSError, ValueError):
        return 0
