"""The wires that parcels travel on, each once.

The http wire has a limit on every step, and puts a secret that belongs into an address where nothing is written down
any more: below the client that keeps addresses in its log, its errors and its answers.
"""

import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from time import monotonic
from urllib.parse import urlencode

import httpx

PLACEHOLDER = "_secret_"
"""Where in an address or a header the secret stands, for whoever names them."""

CONNECT_SECONDS = 10.0
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


class WireError(Exception):
    """No whole answer came back. The only thing it says is a code: an address or a body may hold what nobody logs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Reply:
    """A whole answer: its number and its body."""

    status: int
    body: bytes


class Http:
    """One other side that speaks HTTP, under ``base``.

    Addresses and ``headers`` may hold ``PLACEHOLDER`` where the secret belongs.
    """

    def __init__(
        self,
        base: str,
        *,
        secret: str = "",
        headers: Mapping[str, str] | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._base = base.rstrip("/")
        self._headers = dict(headers or {})
        self._clock = clock
        self._client = httpx.Client(transport=_Filled(secret), follow_redirects=False)

    def __repr__(self) -> str:
        return "Http()"

    def post(self, path: str, *, fields: Mapping[str, object], seconds: float, most: int) -> Reply:
        """Send ``fields`` as JSON and return the answer, if it is whole within ``seconds`` and at most ``most`` bytes.

        Raises:
            WireError: "timeout", "network", "too-long" or "address".
        """
        # Escaped to ASCII: half a letter, which UTF-8 cannot write, must be refused over there and not raise here.
        return self._ask("POST", path, content=json.dumps(fields).encode("ascii"), seconds=seconds, most=most)

    def post_form(self, path: str, *, fields: Mapping[str, str], seconds: float, most: int) -> Reply:
        """Send ``fields`` as a form, under the same limits."""
        content = urlencode(fields, errors="replace").encode("ascii")
        return self._ask("POST", path, content=content, seconds=seconds, most=most, form=_FORM)

    def get(self, path: str, *, seconds: float, most: int) -> Reply:
        """Fetch what lies at ``path``, under the same limits."""
        return self._ask("GET", path, content=None, seconds=seconds, most=most)

    def delete(self, path: str, *, seconds: float, most: int) -> Reply:
        """Have what lies at ``path`` deleted, under the same limits."""
        return self._ask("DELETE", path, content=None, seconds=seconds, most=most)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _ask(
        self, verb: str, path: str, *, content: bytes | None, seconds: float, most: int, form: str = _JSON
    ) -> Reply:
        url, headers = f"{self._base}{path}", self._headers | ({"Content-Type": form} if content else {})
        deadline = self._clock() + seconds
        limits = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
        with (
            _only_codes(),
            self._client.stream(verb, url, content=content, headers=headers, timeout=limits) as response,
        ):
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > most:
                    raise WireError("too-long")
                if self._clock() > deadline:
                    raise WireError("timeout")
            return Reply(response.status_code, bytes(body))


class _Filled(httpx.BaseTransport):
    """Puts the secret into address and headers after everything that keeps or shows them has seen them without."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._wire = httpx.HTTPTransport(verify=_trusted())

    def pass_on(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_with(raw_path=request.url.raw_path.replace(PLACEHOLDER.encode(), self._secret, 1))
        hidden = PLACEHOLDER.encode()
        headers = [(name, value.replace(hidden, self._secret)) for name, value in request.headers.raw]
        return self._wire.handle_request(
            httpx.Request(request.method, url, headers=headers, stream=request.stream, extensions=request.extensions)
        )

    handle_request = pass_on  # as the library calls it

    def close(self) -> None:
        self._wire.close()


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we believe that they are who they say; read once, for it takes long."""
    return httpx.create_ssl_context()


@contextmanager
def _only_codes() -> Iterator[None]:
    """Whatever goes wrong leaves as a code, without the error that names addresses in its chain."""
    try:
        yield
    except httpx.TimeoutException:
        raise WireError("timeout") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise WireError("address") from None
    except (httpx.HTTPError, httpx.StreamError):
        raise WireError("network") from None
