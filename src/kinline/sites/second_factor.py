"""Outside the demonstration nobody sees a page of the desk without a second factor.

Adding and removing one is an entry in the ledger, in one transaction with the deed.

An account that has none is led to the page where one is set up, and nowhere else. An account that has one was asked
for it at sign-in by the sign-in library.

Source: OWASP ASVS 5.0.0, V6.3.3 (multi-factor authentication).
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from kinline.staff import actions as staff

KEEPING = "/second-factor/"
SERVER_ERROR = 500
OPEN = ("/sign-in/", "/second-factor/", "/language/", "/static/", "/healthz")


class Required:
    """Middleware that keeps an account without a second factor on the page where one is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _must_set_up(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        if request.method == "POST" and request.path.startswith(KEEPING):
            return self._whole(request)
        return self.get_response(request)

    def _whole(self, request: HttpRequest) -> HttpResponse:
        """Both the deed and its entry, or neither: an error was made an answer before it comes here."""
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
        return response


def _must_set_up(request: HttpRequest) -> bool:
    if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(OPEN):
        return False
    return request.user.is_authenticated and not is_mfa_enabled(request.user)


# The rows themselves are listened to: the library tells of its deeds only after they can no longer be taken back.
@receiver(post_save, sender="mfa.Authenticator")
def _added(instance: Any, *, created: bool, **_more: Any) -> None:
    if created:
        staff.note_second_factor(instance.user, what=staff.SecondFactor.ADDED, kind=instance.type, at=timezone.now())


@receiver(post_delete, sender="mfa.Authenticator")
def _removed(instance: Any, **_more: Any) -> None:
    staff.note_second_factor(instance.user, what=staff.SecondFactor.REMOVED, kind=instance.type, at=timezone.now())
