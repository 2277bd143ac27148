"""Doors of the families' site at which other programs bring post: no page, no language, nothing to see.

A door is there only if the settings name a secret for it. What comes in is kept and not read here: this process cannot
read it back, and knows nothing of the registry.
"""

from django.conf import settings
from django.urls import URLPattern, path
from django.utils import timezone

from kinline.channels.telegram.public import Hook, webhook
from kinline.intake import actions as intake

TELEGRAM = "hooks/telegram/"


def urlpatterns() -> list[URLPattern]:
    """The doors that are open."""
    secret, account = settings.TELEGRAM["secret"], settings.TELEGRAM["account"]
    if not secret or not account:
        return []
    hook = Hook(secret=secret, account=account, take=intake.take, clock=timezone.now)
    return [path(TELEGRAM, webhook(hook), name="telegram_hook")]
