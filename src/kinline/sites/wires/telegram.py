"""Telegram: an ear unless Telegram itself brings what was said to the site, a mouth, and a hand that fetches files."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.utils import timezone

from kinline.channels import fetching
from kinline.channels.telegram import poll, send
from kinline.channels.telegram.client import Answered, Bot, Failed
from kinline.channels.telegram.fields import Document, count, whole, words
from kinline.intake import actions as intake
from kinline.sites.exits import Exit, Stop
from kinline.sites.wires.hearing import note
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
        yield Thread(
            target=poll.follow, args=(poller,), kwargs={"stop": stop, "tell": _told(note(poll.NAME, bot.account))}
        )
    yield sender(poll.NAME, partial(send.send, bot), stop)
    named = {"clock": timezone.now, "stop": stop}
    yield Thread(target=fetching.keep_fetching, args=(poll.NAME, bot.fetch), kwargs=named)


def tried() -> Iterator[tuple[str, str]]:
    """What Telegram says of our bot, line by line.

    Raises:
        Stop: there is no bot, or Telegram does not know it or cannot be reached.
    """
    if not settings.TELEGRAM["token"]:
        raise Stop(Exit.NOT_FOUND, "channel.not-set-up", "No bot is set up: KINLINE_TELEGRAM_TOKEN is empty.")
    bot = Bot(settings.TELEGRAM["token"], api=settings.TELEGRAM["api"])
    try:
        known, hears = _said(bot.who_we_are()), _said(bot.how_we_hear())
    finally:
        bot.close()
    yield "bot", f"@{words(known, 'username')} ({whole(known, 'id')})"
    yield "webhook", words(hears, "url") or "none: we ask for messages"
    yield "waiting at Telegram", f"{count(hears, 'pending_update_count')}"
    if failed := words(hears, "last_error_message"):
        yield "last failure of the webhook", failed


def _said(answer: Answered | Failed) -> Document:
    if isinstance(answer, Answered):
        return answer.result if isinstance(answer.result, dict) else {}
    code = getattr(answer, "reason", "wait")
    raise Stop(Exit.TRY_LATER, f"channel.{code}", f"Telegram did not answer as it should ({code}). Try again later.")


def _told(tell: Callable[[str], None]) -> Callable[[poll.Round], None]:
    def told(came: poll.Round) -> None:
        code = getattr(came.failed, "reason", "wait") if came.failed else "untaken" if came.untaken else ""
        if code:
            log.warning("Telegram was asked in vain and is asked again", extra={"code": code})
        tell(code)

    return told
