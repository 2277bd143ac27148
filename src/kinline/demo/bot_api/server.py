"""The stand-in over HTTP, on this machine alone."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kinline.demo.bot_api import methods, page
from kinline.demo.bot_api.bringing import Bringer
from kinline.demo.bot_api.checks import ApiError
from kinline.demo.bot_api.servers import Fault, Servers


class Stand(ThreadingHTTPServer):
    """Listens; every connection has its own thread, since questions wait for updates."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, servers: Servers, *, port: int = 0) -> None:
        self.servers = servers
        super().__init__(("127.0.0.1", port), _Connection)

    @property
    def address(self) -> str:
        """What a bot takes for https://api.telegram.org."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving(
    token: str, *, clock: Callable[[], float], port: int = 0, first_update: int = 1000
) -> Iterator[tuple[Servers, str]]:
    """A stand-in and its address, for as long as the block lasts."""
    servers = Servers(token=token, clock=clock, first_update=first_update)
    stand = Stand(servers, port=port)
    threads = [threading.Thread(target=stand.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)]
    threads.append(Bringer(servers))
    for thread in threads:
        thread.start()
    try:
        yield servers, stand.address
    finally:
        servers.close()
        stand.shutdown()
        stand.server_close()
        for thread in threads:
            thread.join(timeout=5)


class _Connection(BaseHTTPRequestHandler):
    """One connection. ``/bot<token>/<method>``, ``/file/bot<token>/<path>``, and pages for people."""

    protocol_version = "HTTP/1.1"
    server: Stand

    def _arrives(self) -> None:
        self._respond(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    do_GET = do_POST = _arrives  # noqa: N815 - names that the standard library calls

    def log_message(self, *_words: object) -> None:
        """Say nothing: an address holds the token."""

    def _respond(self, body: bytes) -> None:
        servers, path = self.server.servers, unquote(urlsplit(self.path).path)
        bot, files = f"/bot{servers.token}/", f"/file/bot{servers.token}/"
        if path.startswith(bot):
            self._method(path.removeprefix(bot), self._fields(body))
        elif path.startswith(files):
            self._file(path.removeprefix(files))
        elif path.startswith(("/bot", "/file/bot")):
            self._refused(ApiError(401, "Unauthorized"))
        else:
            status, sort, content, headers = page.respond(servers, path, dict(parse_qsl(body.decode(errors="replace"))))
            self._answer(status, content, sort=sort, **headers)

    def _method(self, method: str, fields: dict[str, Any]) -> None:
        fault = self.server.servers.next_fault(method)
        if fault is not None and self._went_wrong(fault):
            return
        try:
            result = methods.call(self.server.servers, method, fields)
        except ApiError as error:
            self._refused(error)
            return
        if fault is not None and fault.how == "lost":
            self._cut()
            return
        self._json(200, {"ok": True, "result": result})

    def _went_wrong(self, fault: Fault) -> bool:
        """Let the fault happen; whether the method is over with it."""
        if fault.how == "slow":
            time.sleep(fault.seconds)
        elif fault.how == "cut":
            self._cut()
        elif fault.how == "page":
            self._answer(502, b"<html>502 Bad Gateway</html>", sort="text/html")
        elif fault.how == "refuse":
            self._refused(fault.error)
        return fault.how in {"cut", "page", "refuse"}

    def _file(self, path: str) -> None:
        content = self.server.servers.files.get(path)
        fault = self.server.servers.next_fault("file")
        if content is None or fault is not None:
            self._refused(ApiError(404, "Not Found"))
        else:
            self._answer(200, content, sort="application/octet-stream")

    def _fields(self, body: bytes) -> dict[str, Any]:
        """What stands in the address and in the body, which is JSON or a form."""
        fields: dict[str, Any] = dict(parse_qsl(urlsplit(self.path).query))
        if self.headers.get("Content-Type", "").startswith("application/json"):
            try:
                given = json.loads(body or b"{}")
            except ValueError:
                return fields
            return fields | (given if isinstance(given, dict) else {})
        return fields | dict(parse_qsl(body.decode(errors="replace")))

    def _refused(self, error: ApiError) -> None:
        said: dict[str, object] = {"ok": False, "error_code": error.code, "description": error.description}
        self._json(error.code, said | ({"parameters": error.parameters} if error.parameters else {}))

    def _json(self, status: int, document: dict[str, Any]) -> None:
        self._answer(status, json.dumps(document, ensure_ascii=False).encode(), sort="application/json")

    def _answer(self, status: int, content: bytes, *, sort: str, **headers: str) -> None:
        try:
            self.send_response(status)
            for name, value in ({"Content-Type": sort, "Content-Length": str(len(content))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # whoever asked did not wait

    def _cut(self) -> None:
        """Close without a word."""
        self.close_connection = True
        self.connection.close()
