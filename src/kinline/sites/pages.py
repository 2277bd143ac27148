"""Pages that belong to no room: not found, went wrong, form expired, and whether the site is well."""

import logging
import sys
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kinline.staff import actions as staff
from kinline.ui import unwritten

log = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page."""
    return HttpResponse(loader.render_to_string("ui/404.html", request=request), status=HTTPStatus.NOT_FOUND)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page is there, and not for this officer."""
    return HttpResponse(loader.render_to_string("ui/403.html", request=request), status=HTTPStatus.FORBIDDEN)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Something broke. This page must come whatever is broken, so it can do without template and database.

    Where the disk is full or the database did not answer, the page says so and keeps what was typed.
    """
    failure = sys.exception()
    try:
        if unwritten.trouble(failure) is not None:
            return unwritten.page(request, failure)
        body: str = loader.render_to_string("ui/500.html")
    except (TemplateDoesNotExist, DatabaseError):
        log.exception("the page for errors could not be drawn")
        body = _("Something went wrong on our side, and nothing you sent is lost on yours. Go back and send it again.")
    return HttpResponse(body, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or comes from elsewhere. What was typed is still one page back."""
    body = loader.render_to_string("ui/form_expired.html", request=request)
    return HttpResponse(body, status=HTTPStatus.FORBIDDEN)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language an officer chose: with the officer where one is signed in, else in the browser."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(language):
        officer = request.user.officer
        staff.prefer(officer, shortcuts=officer.shortcuts, language=language)
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says "well" if this process answers and its database does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("the database does not answer")
        return HttpResponse("database", status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain")
    return HttpResponse("well", content_type="text/plain")
