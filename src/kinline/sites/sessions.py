"""Ends a working session: after a quarter of an hour without a page, and after a working day in any case.

Source: OWASP ASVS 5.0.0, V7.3 (session timeout).
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kinline.ui import unwritten

log = logging.getLogger(__name__)

BEGAN, SEEN = "began", "seen"
SEEN_AGAIN_SECONDS = 60


class WorkingDay:
    """Middleware that renews the quarter of an hour at most once a minute and never past the working day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            keep_or_end(request, at=timezone.now())
        return self.get_response(request)


def keep_or_end(request: HttpRequest, *, at: datetime) -> None:
    """Sign the officer out if the working day is over, else note that the officer is there."""
    now = int(at.timestamp())
    began = request.session.setdefault(BEGAN, now)
    if now - began > settings.SESSION_WHOLE_DAY_SECONDS:
        logout(request)
        return
    if now - request.session.get(SEEN, 0) > SEEN_AGAIN_SECONDS:
        request.session[SEEN] = now


class Session:
    """Django's session middleware, which here never turns work that was done into an error.

    After the work is written, the session keeps a notice or the minute in which the officer was seen. Where the disk
    fills up just then, those are let go: a page that said that nothing was kept would be untrue, and the officer would
    do the work again. A session that is new is not let go, since without it nobody would be signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answered: list[HttpResponse] = []

        def answer(request: HttpRequest) -> HttpResponse:
            answered.append(self.get_response(request))
            return answered[0]

        try:
            return cast(HttpResponse, SessionMiddleware(answer)(request))
        except (DatabaseError, SessionInterrupted) as failure:
            if not answered or _is_new(request) or not _was_in_the_way(failure):
                raise
            log.exception("a session could not be kept, after the work was")
            return answered[0]


def _is_new(request: HttpRequest) -> bool:
    return request.session.session_key != request.COOKIES.get(settings.SESSION_COOKIE_NAME)


def _was_in_the_way(failure: BaseException) -> bool:
    """Whether the disk or a busy database was the reason. Django takes it for a sign-out elsewhere."""
    cause: BaseException | None = failure
    while cause is not None:
        if unwritten.trouble(cause) in {unwritten.Trouble.FULL, unwritten.Trouble.BUSY}:
            return True
        cause = cause.__context__
    return False
