"""Tells the desk whether a channel is heard. That it cannot be told stops no ear."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from kinline.intake.actions.ears import note_ear

log = logging.getLogger(__name__)


def note(channel: str, account: str) -> Callable[[str], None]:
    """Return what the ear of this channel calls after each try, with a code of what went wrong or ""."""

    def tell(trouble: str) -> None:
        try:
            note_ear(channel=channel, account=account, trouble=trouble, at=timezone.now())
        except (OperationalError, InterfaceError):
            log.exception("it could not be noted how a channel is heard")

    return tell
