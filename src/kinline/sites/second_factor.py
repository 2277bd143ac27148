"""Outside the demonstration nobody sees a page of the desk without a second factor.

An account that has none is led to the page where one is set up, and nowhere else. An account that has one was asked
for it at sign-in by the sign-in library.

Source: OWASP ASVS 5.0.0, V6.3.3 (multi-factor authentication).
"""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

OPEN = ("/sign-in/", "/second-factor/", "/language/", "/static/", "/healthz")


class Required:
    """Middleware that keeps an account without a second factor on the page where one is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _must_set_up(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)


def _must_set_up(request: HttpRequest) -> bool:
    if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(OPEN):
        return False
    return request.user.is_authenticated and not is_mfa_enabled(request.user)
