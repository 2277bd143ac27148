"""The wires that the settings name: what the worker listens to, and what it sends by, each in a thread of its own."""

import logging
import os
import socket
from collections.abc import Iterator
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.utils import timezone

from kinline.channels import fetching, sending
from kinline.channels import set_up as set_up_channel
from kinline.channels.email import places, smtp
from kinline.channels.email import poll as mail
from kinline.channels.telegram import poll, send
from kinline.channels.telegram.client import Bot
from kinline.intake import actions as intake
from kinline.intake import queries

log = logging.getLogger(__name__)


def set_up() -> None:
    """Tell the channels what the settings say of them."""
    if settings.MAIL["address"]:
        set_up_channel(mail.NAME, sender=settings.MAIL["address"], trusted=settings.MAIL_TRUSTED)


def threads(stop: Event) -> Iterator[Thread]:
    """Threads that are to be started; none where no channel is set up.

    Raises:
        ValueError: a mail server is named in a way that leads to none, or that others could listen to.
    """
    set_up()
    yield from _telegram(stop)
    yield from _mail(stop)


def _telegram(stop: Event) -> Iterator[Thread]:
    if settings.TELEGRAM["token"]:
        bot = Bot(settings.TELEGRAM["token"], api=settings.TELEGRAM["api"])
        if not settings.TELEGRAM["secret"]:  # else Telegram brings what was said to the families' site
            poller = poll.Poller(bot, take=intake.take, clock=timezone.now)
            yield Thread(target=poll.follow, args=(poller,), kwargs={"stop": stop, "tell": _tell})
        yield _sender(poll.NAME, partial(send.send, bot), stop)
        named = {"clock": timezone.now, "stop": stop}
        yield Thread(target=fetching.keep_fetching, args=(poll.NAME, bot.fetch), kwargs=named)


def _mail(stop: Event) -> Iterator[Thread]:
    """An ear where a mailbox is named, a mouth where a server for letters is; either alone is of use."""
    at, address = settings.MAIL, settings.MAIL["address"]
    if address and at["imap"]:
        keeping = mail.Keeping(take=intake.take, known=queries.names_under, clock=timezone.now)
        mailbox = places.server(at["imap"], password=at["imap_password"])
        poller = mail.Poller(mailbox, account=address, keeping=keeping)
        yield Thread(target=mail.follow, args=(poller,), kwargs={"stop": stop})
    if address and at["smtp"]:
        server = places.server(at["smtp"], password=at["smtp_password"])
        yield _sender(mail.NAME, partial(smtp.send, server), stop)


def _sender(channel: str, wire: sending.Wire, stop: Event) -> Thread:
    worker = f"{channel}:{socket.gethostname()}:{os.getpid()}"
    named = {"worker": worker, "clock": timezone.now, "stop": stop}
    return Thread(target=sending.keep_sending, args=(channel, wire), kwargs=named)


def _tell(came: poll.Round) -> None:
    if came.failed is not None or came.untaken:
        code = getattr(came.failed, "reason", "wait") if came.failed else "untaken"
        log.warning("Telegram was asked in vain and is asked again", extra={"code": code})
