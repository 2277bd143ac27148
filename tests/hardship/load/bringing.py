"""Updates brought to Telegram's door as Telegram brings them: by HTTP, each until it is answered with 200."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count

from tests.hardship.load.figures import Times
from tests.hardship.load.served import SECRET

PATIENCE = 30.0
OK = b"HTTP/1.1 200"
AT_A_TIME, CROWD = 16, 64
BURST, BURST_SECONDS = 1000, 10.0


def update(number: int) -> bytes:
    """One update with invented words."""
    person = {"id": 10_000 + number, "is_bot": False, "first_name": "Вигадана", "language_code": "uk"}
    words = f"Шукаю вигаданого брата, лист {number}. " * 3
    said = {"message_id": 1, "date": 1_700_000_000, "chat": person | {"type": "private"}, "from": person, "text": words}
    return json.dumps({"update_id": number, "message": said}, ensure_ascii=False).encode()


def bring(port: int, raw: bytes, *, source: str = "127.0.0.1") -> bool:
    """Bring one; whether it was answered with 200."""
    head = (
        f"POST /hook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nConnection: close\r\n\r\n"
    )
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0)) as wire:
            wire.sendall(head.encode() + raw)
            return wire.recv(4096).startswith(OK)
    except OSError:
        return False


def sustained(port: int, *, seconds: float, first: int) -> tuple[Times, set[int]]:
    """So many at a time, each next one when the one before is answered. Also which were acknowledged."""
    until, numbers = time.monotonic() + seconds, count(first)

    def due() -> Iterator[tuple[int, float]]:
        for number in numbers:
            if time.monotonic() >= until:
                return
            yield number, 0.0

    return _crowd(port, due(), callers=AT_A_TIME)


def burst(port: int, *, first: int) -> tuple[Times, set[int]]:
    """A thousand within ten seconds, evenly, whether or not the ones before were answered."""
    begun = time.monotonic()
    due = ((first + each, begun + BURST_SECONDS * each / BURST) for each in range(BURST))
    return _crowd(port, due, callers=CROWD)


def _crowd(port: int, due: Iterator[tuple[int, float]], *, callers: int) -> tuple[Times, set[int]]:
    took, acknowledged, lock = list[float](), set[int](), threading.Lock()

    def call(next_one: Callable[[], tuple[int, float] | None]) -> None:
        while (order := next_one()) is not None:
            number, at = order
            time.sleep(max(0.0, at - time.monotonic()))
            begun = at or time.monotonic()
            if bring(port, update(number)):
                with lock:
                    acknowledged.add(number)
                    took.append(time.monotonic() - begun)

    def next_one() -> tuple[int, float] | None:
        with lock:
            return next(due, None)

    begun = time.monotonic()
    crowd = [threading.Thread(target=call, args=(next_one,)) for _each in range(callers)]
    for caller in crowd:
        caller.start()
    for caller in crowd:
        caller.join()
    return Times.of(took, seconds=time.monotonic() - begun), acknowledged
