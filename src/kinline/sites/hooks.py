"""Addresses at which providers bring what was said: a site of its own, that shows nothing to anybody.

It is neither the families' site, which may not touch what was said by others, nor the desk, which is not reached from
outside. Whoever cannot sign learns nothing here; only the prompts of the telephone, which say nothing of anybody, lie
open.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import path

from kinline.sites import pages, wires


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is here, and no page says so."""
    return HttpResponse(status=HTTPStatus.NOT_FOUND)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Nothing was taken: whoever brought it keeps it."""
    return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)


handler400 = handler403 = handler404 = refused
handler500 = went_wrong

urlpatterns = [path("healthz", pages.healthz, name="healthz"), *wires.doors()]
