"""Staff accounts are given by the bureau: nobody makes one for himself, and no password is reset by mail."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes allauth's sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
