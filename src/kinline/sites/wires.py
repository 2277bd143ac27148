"""The wires that the settings name: what the worker listens to, and what it sends by, each in a thread of its own."""

import logging
import os
import socket
from collections.abc import Iterator
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.utils import timezone

from kinline.channels import sending
from kinline.channels.telegram import poll, send
from kinline.channels.telegram.client import Bot
from kinline.intake import actions as intake

log = logging.getLogger(__name__)


def threads(stop: Event) -> Iterator[Thread]:
    """Threads that are to be started; none where no channel is set up."""
    if settings.TELEGRAM["token"]:
        bot = Bot(settings.TELEGRAM["token"], api=settings.TELEGRAM["api"])
        if not settings.TELEGRAM["secret"]:  # else Telegram brings what was said to the families' site
            poller = poll.Poller(bot, take=intake.take, clock=timezone.now)
            yield Thread(target=poll.follow, args=(poller,), kwargs={"stop": stop, "tell": _tell})
        worker = f"telegram:{socket.gethostname()}:{os.getpid()}"
        sender = {"worker": worker, "clock": timezone.now, "stop": stop}
        yield Thread(target=sending.keep_sending, args=(poll.NAME, partial(send.send, bot)), kwargs=sender)


def _tell(came: poll.Round) -> None:
    if came.failed is not None or came.untaken:
        code = getattr(came.failed, "reason", "wait") if came.failed else "untaken"
        log.warning("Telegram was asked in vain and is asked again", extra={"code": code})
