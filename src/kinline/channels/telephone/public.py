"""The door at which a provider asks what comes next in a call, and fetches the prompts that it plays.

Whoever cannot sign learns nothing and leaves nothing. The prompts are everybody's: they say nothing of anybody, and
their addresses hold no secret.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from kinline.channels.telephone import cloud
from kinline.channels.telephone.cloud import Event, Standing
from kinline.channels.telephone.hearing import Hearing
from kinline.channels.telephone.voices import Voices

log = logging.getLogger(__name__)

SIGNATURE = "X-Twilio-Signature"
DAY_SECONDS = 86_400


@dataclass(frozen=True, repr=False)
class Hook:
    """What the door must know: the secret, the host's address as the provider knows it, who answers, the voices."""

    secret: str
    address: str
    hearing: Hearing
    voices: Voices


def doors(hook: Hook, *, at: str) -> list[URLPattern]:
    """The addresses under ``at``: what comes next, that a call has ended, and the prompts."""
    return [
        path(at, _signed(hook, hook.hearing.answer), name="voice_hook"),
        path(f"{at}/ended", _signed(hook, _ended(hook)), name="voice_ended"),
        path(f"{at}/prompts/<slug:language>/<slug:name>.wav", _prompts(hook), name="voice_prompt"),
    ]


def _signed(hook: Hook, answer: Callable[[Event, Standing], bytes]) -> Callable[[HttpRequest], HttpResponse]:
    """The view that answers what the provider has signed."""

    @csrf_exempt
    def ask(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})
        try:
            body = request.body
        except RequestDataTooBig:
            return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except UnreadablePostError:
            return HttpResponse(status=HTTPStatus.BAD_REQUEST)
        url = f"{hook.address}{request.get_full_path()}"
        if not cloud.is_signed(url, body, shown=request.headers.get(SIGNATURE, ""), secret=hook.secret):
            log.warning("a request that the provider has not signed was refused", extra={"code": "signature"})
            return HttpResponse(status=HTTPStatus.FORBIDDEN)
        try:
            event = cloud.event(cloud.fields_of(body))
        except ValueError:
            return HttpResponse(status=HTTPStatus.BAD_REQUEST)
        return HttpResponse(answer(event, Standing.read(request.META["QUERY_STRING"])), content_type="text/xml")

    return ask


def _ended(hook: Hook) -> Callable[[Event, Standing], bytes]:
    def end(event: Event, _standing: Standing) -> bytes:
        if event.is_over:
            hook.hearing.put_down(event)
        return b""

    return end


def _prompts(hook: Hook) -> Callable[[HttpRequest, str, str], HttpResponse]:
    def prompt(request: HttpRequest, language: str, name: str) -> HttpResponse:
        try:
            file = hook.voices.file(name, language=language)
        except LookupError:
            return HttpResponse(status=HTTPStatus.NOT_FOUND)
        kept = {"Cache-Control": f"public, max-age={DAY_SECONDS}"}
        return HttpResponse(file, content_type="audio/wav", headers=kept)

    return prompt
