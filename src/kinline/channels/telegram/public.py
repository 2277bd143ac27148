"""The door at which Telegram brings updates by itself. It says 200 when the bytes are committed, and never before.

Not part of the families' pages: the address has no language, and whoever does not know the secret learns nothing.

Source: Telegram Bot API, setWebhook (secret_token, X-Telegram-Bot-Api-Secret-Token); a method may stand in the answer.
"""

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from kinline.channels.telegram import read
from kinline.channels.telegram.poll import NAME, Take, external_id

log = logging.getLogger(__name__)
TRY_AGAIN_SECONDS = "10"


@dataclass(frozen=True, repr=False)
class Hook:
    """What the door must know: the secret that Telegram shows, and whose updates come here."""

    secret: str
    account: str
    take: Take
    clock: Callable[[], datetime]


def webhook(hook: Hook) -> Callable[[HttpRequest], HttpResponse]:
    """The view behind the door of ``hook``."""

    @csrf_exempt
    def bring(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        if not is_telegram(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), secret=hook.secret):
            return HttpResponse(status=403)
        try:
            raw = request.body
        except RequestDataTooBig:
            return HttpResponse(status=413)
        except UnreadablePostError:
            return _not_taken("cut-off")
        return answer(hook, raw=raw)

    return bring


def is_telegram(shown: str, *, secret: str) -> bool:
    """Whether the secret shown is ours, compared in constant time; without a secret nobody is."""
    return bool(secret) and hmac.compare_digest(shown.encode(), secret.encode())


def answer(hook: Hook, *, raw: bytes) -> HttpResponse:
    """Take the bytes: 200 once they are committed, 503 if they are not; then Telegram brings them again."""
    known_by = external_id(raw, account=hook.account)
    try:
        hook.take(channel=NAME, account=hook.account, external_id=known_by, raw=raw, at=hook.clock())
    except Exception as error:  # noqa: BLE001 - whatever it was, there was no commit
        return _not_taken(type(error).__qualname__)
    press = read.pressed(raw)
    if press:
        return JsonResponse({"method": "answerCallbackQuery", "callback_query_id": press})
    return HttpResponse(status=200)


def _not_taken(code: str) -> HttpResponse:
    log.error("an update was not taken; Telegram keeps it", extra={"code": code})
    return HttpResponse(status=503, headers={"Retry-After": TRY_AGAIN_SECONDS})
