"""Telegram: an ear unless Telegram itself brings what was said to the site, a mouth, and a hand that fetches files."""

import logging
from collections.abc import Iterator
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.utils import timezone

from kinline.channels import fetching
from kinline.channels.telegram import poll, send
from kinline.channels.telegram.client import Bot
from kinline.intake import actions as intake
from kinline.sites.wires.sending import sender

log = logging.getLogger(__name__)


def set_up() -> None:
    """Tell nothing: what Telegram sends reads alike everywhere."""


def threads(stop: Event) -> Iterator[Thread]:
    """Threads for the bot whose token the settings name."""
    if not settings.TELEGRAM["token"]:
        return
    bot = Bot(settings.TELEGRAM["token"], api=settings.TELEGRAM["api"])
    if not settings.TELEGRAM["secret"]:
        poller = poll.Poller(bot, take=intake.take, clock=timezone.now)
        yield Thread(target=poll.follow, args=(poller,), kwargs={"stop": stop, "tell": _tell})
    yield sender(poll.NAME, partial(send.send, bot), stop)
    named = {"clock": timezone.now, "stop": stop}
    yield Thread(target=fetching.keep_fetching, args=(poll.NAME, bot.fetch), kwargs=named)


def _tell(came: poll.Round) -> None:
    if came.failed is not None or came.untaken:
        code = getattr(came.failed, "reason", "wait") if came.failed else "untaken"
        log.warning("Telegram was asked in vain and is asked again", extra={"code": code})
