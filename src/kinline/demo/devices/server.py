"""The page over HTTP, on this machine alone, and only for pages that came from here."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from django.db import connections

from kinline.demo.devices import page
from kinline.demo.devices.device import Device
from kinline.ui import look

FIRST = 17
"""The family whose devices are shown first; any other number is another family."""

LONGEST = 64 * 1024
PATIENCE, QUIET = 6.0, 1.2
"""Seconds for which an answer is waited for at most, and after which no more of it is expected."""

_HERE = Path(__file__).parent
_PAGE = re.compile(r"/(uk|ru|en)/(\d{1,9})/(?:([a-z]+))?")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class _Answer(NamedTuple):
    status: int
    sort: str = "text/plain; charset=utf-8"
    content: str = ""
    location: str = ""


_NOT_FOUND = _Answer(404, content="Not Found")
_REFUSED = _Answer(403, content="This page is for whoever sits at this machine.")


class Stand(ThreadingHTTPServer):
    """Listens; every connection has its own thread, since some wait for an answer of the house."""

    daemon_threads = True

    def __init__(self, devices: tuple[Device, ...], *, port: int, desk: str) -> None:
        self.devices, self.desk = devices, desk
        super().__init__(("127.0.0.1", port), _Connection)


@contextmanager
def serving(devices: tuple[Device, ...], *, port: int, desk: str) -> Iterator[str]:
    """The page's address, for as long as the block lasts. ``desk`` is the address of the staff's site."""
    stand = Stand(devices, port=port, desk=desk)
    thread = threading.Thread(target=stand.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{stand.server_address[1]}"
    finally:
        stand.shutdown()
        stand.server_close()
        thread.join(timeout=5)


class _Connection(BaseHTTPRequestHandler):
    """One connection. ``/uk/17/`` is the page of family 17, ``/uk/17/telegram`` one screen, posted to by its forms."""

    server: Stand

    def _is_asked(self) -> None:
        self._answer(self._shown() if self._is_from_here() else _REFUSED)

    def _is_given(self) -> None:
        """The family did something: carry it out, wait for the house's answer, and show the page."""
        length = self.headers.get("Content-Length", "")
        if not self._is_from_here() or not length.isdecimal() or int(length) > LONGEST:
            self._answer(_REFUSED)
            return
        self._answer(self._acted(dict(parse_qsl(self.rfile.read(int(length)).decode(errors="replace")))))

    do_GET, do_POST = _is_asked, _is_given  # noqa: N815 - names that the standard library calls

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def _is_from_here(self) -> bool:
        """No other site's page may act here, nor a name that only leads here."""
        port = self.server.server_address[1]
        names = {f"{host}:{port}" for host in ("localhost", "127.0.0.1")}
        origin = self.headers.get("Origin")
        return self.headers.get("Host") in names and (origin is None or urlsplit(origin).netloc in names)

    def _shown(self) -> _Answer:
        path = urlsplit(self.path).path
        if path == "/":
            return _Answer(303, location=f"/{self._language()}/{FIRST}/")
        if path == "/look.css":
            return _Answer(200, "text/css", look.css() + look.minified(_file("look.css")))
        if path == "/live.js":
            return _Answer(200, "text/javascript", _file("live.js"))
        found = _PAGE.fullmatch(path)
        if found is None:
            return _NOT_FOUND
        language, family, name = found[1], int(found[2]), found[3]
        devices, desk = self.server.devices, self.server.desk
        if name is None:
            content = page.whole(devices, family=family, language=language, desk=desk)
        elif name == page.DESK:
            content = page.beside(devices, family=family, language=language, desk=desk)
        elif (device := self._device(name)) is not None:
            content = page.screen(device, family=family, language=language)
        else:
            return _NOT_FOUND
        return _Answer(200, "text/html; charset=utf-8", content)

    def _acted(self, form: dict[str, str]) -> _Answer:
        found = _PAGE.fullmatch(urlsplit(self.path).path)
        device = self._device(found[3]) if found else None
        if found is None or device is None:
            return _NOT_FOUND
        family = int(found[2])
        before = _heard(device, family)
        device.acts(family, form)
        _wait(device, family, before)
        return _Answer(303, location=f"/{found[1]}/{family}/#{found[3]}")

    def _device(self, name: str | None) -> Device | None:
        return next((each for each in self.server.devices if each.channel.value == name), None)

    def _language(self) -> str:
        first = self.headers.get("Accept-Language", "")[:2].lower()
        return first if first in page.LANGUAGES else "uk"

    def _answer(self, answer: _Answer) -> None:
        connections.close_all()  # this thread's own: it ends with its connection
        content = answer.content.encode()
        fields = {"Content-Type": answer.sort, "Content-Length": str(len(content)), "Cache-Control": "no-store"}
        fields |= {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}
        fields |= {"Location": answer.location} if answer.location else {}
        fields |= {"ETag": f'"{page.mark(answer.content)}"'}
        try:
            self.send_response(answer.status)
            for name, value in fields.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # whoever asked did not wait


def _heard(device: Device, family: int) -> int:
    return sum(not line.mine for line in device.lines(family))


def _wait(device: Device, family: int, before: int) -> None:
    """Wait until the house has said something and said no more for a moment, or for as long as one is patient."""
    until = time.monotonic() + PATIENCE
    count, changed = before, time.monotonic()
    while (now := time.monotonic()) < until and (count == before or now - changed < QUIET):
        time.sleep(0.1)
        if (heard := _heard(device, family)) != count:
            count, changed = heard, time.monotonic()


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
