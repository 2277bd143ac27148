"""Staff accounts are given by the bureau: nobody makes one for himself, and no password is reset by mail.

Here are also the sign-in library's refusals, in whole sentences: what, why and what next.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kinline.staff import actions
from kinline.staff.models import Account

TOO_MANY = _(
    "Too many wrong tries in a short time. So that nobody can guess, this is closed for five minutes. "
    "Wait that long and try again. If you no longer know it, ask a system administrator."
)
NOT_TOGETHER = _(
    "This name and this password do not belong together. Check both and the keyboard's language, and try again."
)
NOT_FITTING = _(
    "This code or key does not fit. A code lives for half a minute: enter the one that is shown now. "
    "A key must be one that you set up here."
)


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes allauth's sign-up, and keeps who changed a password."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        # One sentence for an unknown name and for a wrong password: which of them it was is nobody's business.
        "username_password_mismatch": NOT_TOGETHER,
        "invalid_login": NOT_TOGETHER,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": _("This is not your password. Check the keyboard's language and try again."),
        "enter_current_password": _(
            "This is not the password you have now. Check the keyboard's language and try again."
        ),
        "incorrect_code": NOT_FITTING,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Account, password: str) -> None:
        actions.change_password(user, password, at=timezone.now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count a name. The library's holds the Host header too, and with it every port number was a new count."""
        return f"sign-in:{str(credentials.get('username', '')).lower()}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        named = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey or security key"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": named.get(method["id"], method["description"])} for method in methods]


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The second factor's refusals and names, in our words."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": NOT_FITTING,
        "cannot_delete_authenticator": _("This is your only second factor, so it stays. Set up another one first."),
        "cannot_generate_recovery_codes": _("Recovery codes go with a second factor. Set one up first."),
    }

    def generate_authenticator_name(self, *_whose: Any) -> str:
        return gettext("My key")


class InTheOfficersLanguage:
    """Middleware that shows the sign-in library's pages, too, in the language that the officer chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        language = request.user.officer.language
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)
