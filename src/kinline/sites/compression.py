"""Makes pages small on the wire: brotli where the browser takes it, else gzip.

A page shows no secret beside words that a stranger chose, and forms carry no cookie on the families' site, so the
size of an answer gives nothing away. Staff pages mask their form token anew in each page.
"""

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

WORTH_IT = 200
KINDS = ("text/", "application/json", "image/svg+xml")


class Compress:
    """Middleware that compresses whole text answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or response.has_header("Content-Encoding") or len(response.content) < WORTH_IT:
            return response
        if not response.get("Content-Type", "").startswith(KINDS):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
        if "br" in accepted:
            _send(response, brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=5), encoding="br")
        elif "gzip" in accepted:
            _send(response, gzip.compress(response.content, compresslevel=6, mtime=0), encoding="gzip")
        return response


def _send(response: HttpResponse, body: bytes, *, encoding: str) -> None:
    response.content = body
    response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(body))
