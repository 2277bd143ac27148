"""The door at which the provider brings messages and reports. It says 200 when the bytes are committed, never before.

Not part of the families' pages: whoever cannot sign learns nothing.

Source: RFC 2104 (HMAC).
"""

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from kinline.channels.sms import CHANNEL
from kinline.channels.sms.provider import HMAC, Receiving

log = logging.getLogger(__name__)
NAME = "sms"
TRY_AGAIN_SECONDS = "10"


class Take(Protocol):
    """``intake.actions.take``: returns after the commit, and raises if there was none."""

    def __call__(self, *, channel: str, account: str, external_id: str, raw: bytes, at: datetime) -> object: ...


@dataclass(frozen=True, repr=False)
class Hook:
    """What the door must know: the secret, how it is shown, and to which number of ours messages come."""

    secret: str
    receiving: Receiving
    account: str
    take: Take
    clock: Callable[[], datetime]


def webhook(hook: Hook) -> Callable[[HttpRequest], HttpResponse]:
    """The view behind the door of ``hook``."""

    @csrf_exempt
    def bring(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        try:
            raw = request.body
        except RequestDataTooBig:
            return HttpResponse(status=413)
        except UnreadablePostError:
            return _not_taken("cut-off")
        if not is_signed(raw, shown=request.headers.get(hook.receiving.header, ""), hook=hook):
            return HttpResponse(status=403)
        return keep(raw, hook=hook)

    return bring


def is_signed(raw: bytes, *, shown: str, hook: Hook) -> bool:
    """Whether the signature or the secret shown is right, compared in constant time; without a secret nothing is."""
    secret = hook.secret.encode()
    right = hmac.new(secret, raw, sha256).hexdigest() if hook.receiving.signature == HMAC else hook.secret
    return bool(secret) and hmac.compare_digest(shown.encode(), f"{hook.receiving.before}{right}".encode())


def external_id(raw: bytes) -> str:
    """By what a delivery is known: the provider's own number for it; else its digest."""
    return CHANNEL.read(raw)[0].wire_id


def keep(raw: bytes, *, hook: Hook) -> HttpResponse:
    """Take the bytes: 200 once they are committed, 503 if they are not; then the provider brings them again."""
    try:
        hook.take(channel=NAME, account=hook.account, external_id=external_id(raw), raw=raw, at=hook.clock())
    except Exception as error:  # noqa: BLE001 - whatever it was, there was no commit
        return _not_taken(type(error).__qualname__)
    return HttpResponse(status=200)


def _not_taken(code: str) -> HttpResponse:
    log.error("a post was not taken; the provider keeps it", extra={"code": code})
    return HttpResponse(status=503, headers={"Retry-After": TRY_AGAIN_SECONDS})
