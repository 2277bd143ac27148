"""The stand-in over HTTP, on this machine alone.

``POST /messages`` sends, ``GET /inbox`` lists what was not brought, ``POST /inbox/kept`` forgets one of them;
``/phone/+380...`` is a telephone: a form field ``text`` posted to it is what its owner writes.
"""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from kinline.demo.sms_gateway.phones import Document, Network, Phone, Refusal

PAUSE_SECONDS = 0.2


class Stand(ThreadingHTTPServer):
    """Listens; every connection has its own thread."""

    daemon_threads = True

    def __init__(self, network: Network, *, port: int = 0) -> None:
        self.network = network
        super().__init__(("127.0.0.1", port), _Connection)

    @property
    def address(self) -> str:
        """What the bureau has as KINLINE_SMS_ADDRESS."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving(network: Network, *, port: int = 0) -> Iterator[str]:
    """The address of a stand-in, for as long as the block lasts."""
    stand = Stand(network, port=port)
    threads = [
        threading.Thread(target=stand.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True),
        threading.Thread(target=_bring, args=(network,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield stand.address
    finally:
        network.close()
        stand.shutdown()
        stand.server_close()
        for thread in threads:
            thread.join(timeout=5)


def _bring(network: Network) -> None:
    """Bring what waits to the bureau's door, one by one, each again until it is answered with 200."""
    while not network.is_closed:
        with network.changed:
            what = network.waiting[0] if network.waiting and network.hook else None
            if what is None:
                network.changed.wait(1.0)
                continue
        if bring(network, what):
            network.kept(str(what.get("id", what.get("message_id"))))
        else:
            with network.changed:
                network.changed.wait(PAUSE_SECONDS)


def bring(network: Network, what: Document) -> bool:
    """Bring one post, signed. Whether the bureau says that it has it."""
    where, (body, signed) = urlsplit(network.hook), network.signed(what)
    wire = http.client.HTTPConnection(where.netloc, timeout=10)
    try:
        wire.request("POST", where.path, body, {"Content-Type": "application/json", "X-Signature": signed})
        return wire.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        wire.close()


class _Connection(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Stand

    def _arrives(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, network = unquote(urlsplit(self.path).path), self.server.network
        if path.startswith("/phone/"):
            self._telephone(Phone(network, path.removeprefix("/phone/")), body)
        elif self.headers.get("Authorization") != f"Bearer {network.secret}":
            self._answer(401, {"error": "unauthorized"})
        else:
            self._ask(path, body, network)

    do_GET = do_POST = _arrives  # noqa: N815 - names that the standard library calls

    def log_message(self, *_words: object) -> None:
        """Say nothing: an address holds a number."""

    def _ask(self, path: str, body: bytes, network: Network) -> None:
        try:
            if (self.command, path) == ("POST", "/messages"):
                self._answer(202, {"id": network.post(self._document(body))})
            elif (self.command, path) == ("GET", "/inbox"):
                self._answer(200, {"messages": list(network.waiting)})
            elif (self.command, path) == ("POST", "/inbox/kept"):
                network.kept(str(self._document(body).get("id")))
                self._answer(200, {})
            else:
                self._answer(404, {"error": "not-found"})
        except Refusal as refusal:
            self._answer(refusal.status, {"error": refusal.code})

    def _telephone(self, phone: Phone, body: bytes) -> None:
        said = parse_qs(body.decode(errors="replace")).get("text")
        if said:
            phone.writes(said[0])
        self._answer(200, {"number": phone.number, "messages": phone.reads()})

    def _document(self, body: bytes) -> Document:
        try:
            given: Any = json.loads(body)
        except ValueError:
            raise Refusal(400, "not-json") from None
        return given if isinstance(given, dict) else {}

    def _answer(self, status: int, document: Document) -> None:
        content = json.dumps(document, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
