"""The door of the staff's pages: who comes in, whether they may, and that reading a person is written down first.

A page is a function ``view(request, ...)`` under ``@desk.page(Permission.X)``, or ``view(request, subject, ...)`` under
``@desk.page(Permission.X, of=Model)`` with ``<uuid:pk>`` in its address. Inside, ``request.officer`` is the human who
acts (``staff.queries.Acting``) and ``request.at`` is the moment of the request: pass both on as ``actor=`` and ``at=``.

Refused anywhere below becomes a page that says what, why and what next; catch it yourself where the form can be
shown again with what was typed.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.functional import Promise

from kinline.ledger import actions as ledger
from kinline.staff import queries as staff
from kinline.ui import refusals, unwritten
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Section:
    """A room's place in the desk's navigation: a room names its own as ``SECTIONS`` in its ``desk.py``.

    It is shown to officers who may do ``permission``; a role hides, it never greys.
    """

    label: Promise
    url: str
    permission: Permission


START = "/"
"""Where an officer begins and ends duty; the only page that is shown off duty."""


class DeskRequest(HttpRequest):
    """A request of a signed-in officer, as ``page`` hands it on."""

    officer: staff.Acting
    at: datetime


def page(
    permission: Permission, *, of: type[models.Model] | None = None, off_duty: bool = False, reads: bool = True
) -> Callable[[View], View]:
    """Let the view run only for an officer who may do ``permission``, and write down that a person is read.

    ``of`` loads the subject by ``pk`` and hands it to the view in place of ``pk``. ``reads=False`` is for subjects that
    are not about a person (a file, a batch). ``off_duty`` also lets officers in who have not begun their duty.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: DeskRequest, **parts: Any) -> HttpResponse:
            turned_away = _come_in(request, off_duty=off_duty)
            if turned_away is not None:
                return turned_away
            with translation.override(request.officer.language):
                request.LANGUAGE_CODE = request.officer.language
                try:
                    subject = _load(of, parts)
                    permissions.require(permission, request.officer, subject)
                    if subject is None:
                        return view(request, **parts)
                    # Whatever the method: a form that comes back refused shows the person as well.
                    unwritten_answer = _write_down(request, subject, permission) if reads else None
                    return unwritten_answer or view(request, subject, **parts)
                except Refused as refused:
                    return refused_page(request, refused)

        return door

    return decorate


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page that says why not: 403 where it is not permitted, 409 where it is not possible now."""
    log.info("refused", extra={"code": refused.code})
    words = refusals.sentence(refused)
    return render(request, "ui/refused.html", {"sentence": words, "code": refused.code}, status=status_of(refused))


def not_recorded(request: HttpRequest, failure: DatabaseError) -> HttpResponse:
    """The page that comes where a reading could not be written down: nothing is shown, and nothing typed is lost."""
    log.error("a reading could not be recorded, so nothing was shown", exc_info=failure)
    if request.method == "POST":
        return unwritten.page(request, failure)
    return render(request, "ui/not_recorded.html", status=unwritten.UNAVAILABLE)


def status_of(refused: Refused) -> int:
    """403 where it is not permitted, 409 where it is not possible now."""
    return 403 if refused.code.startswith("permission.") else 409


def _come_in(request: DeskRequest, *, off_duty: bool) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect(f"/sign-in/login/?next={request.path}" if request.method == "GET" else "/sign-in/login/")
    request.at = timezone.now()
    request.officer = staff.behind(request.user, on=timezone.localdate(request.at))
    if not (request.officer.on_duty or off_duty):
        return HttpResponseRedirect(START)
    return None


def _load(of: type[models.Model] | None, parts: dict[str, Any]) -> models.Model | None:
    return None if of is None else get_object_or_404(of, pk=parts.pop("pk"))


def _write_down(request: DeskRequest, subject: models.Model, permission: Permission) -> HttpResponse | None:
    """Write that the officer reads this subject. What is answered where that fails; None where it is written."""
    try:
        ledger.note_reading(subject, actor=request.officer, at=request.at, purpose=permission.value)
    except DatabaseError as failure:
        return not_recorded(request, failure)
    return None
