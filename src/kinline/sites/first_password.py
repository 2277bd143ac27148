"""A password that the system administrator gave is changed before anything else is done with it.

Whoever gave it knows it, and could otherwise sign in as this officer and count as a second pair of eyes.

Source: OWASP ASVS 5.0.0, V6.4.1 (initial passwords are for one use).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

OPEN = ("/sign-in/password/change/", "/sign-in/logout/", "/language/", "/static/", "/healthz")


class Changed:
    """Middleware that keeps an account with a given password on the page where it is changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _must_change(request):
            return HttpResponseRedirect(reverse("account_change_password"))
        return self.get_response(request)


def _must_change(request: HttpRequest) -> bool:
    if request.path.startswith(OPEN):
        return False
    return request.user.is_authenticated and request.user.must_change_password
