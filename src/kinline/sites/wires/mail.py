"""E-mail: an ear where a mailbox is named or a mail server hands over, a mouth where one takes letters; each alone."""

from collections.abc import Iterator
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.utils import timezone

from kinline.channels import set_up as set_up_channel
from kinline.channels.email import lmtp, places, poll, smtp
from kinline.intake import actions as intake
from kinline.intake import queries
from kinline.sites.wires.sending import sender


def set_up() -> None:
    """Tell the channel which address is the bureau's, and whose word on senders is believed."""
    if settings.MAIL["address"]:
        set_up_channel(poll.NAME, sender=settings.MAIL["address"], trusted=settings.MAIL_TRUSTED)


def threads(stop: Event) -> Iterator[Thread]:
    """Threads for the mailbox and the servers that the settings name."""
    at, address = settings.MAIL, settings.MAIL["address"]
    if address and at["imap"]:
        keeping = poll.Keeping(take=intake.take, known=queries.names_under, clock=timezone.now)
        mailbox = places.server(at["imap"], password=at["imap_password"])
        poller = poll.Poller(mailbox, account=address, keeping=keeping)
        yield Thread(target=poll.follow, args=(poller,), kwargs={"stop": stop})
    if address and at["lmtp"]:
        host, port = lmtp.place(at["lmtp"])
        door = lmtp.Door(host, port, account=address, take=intake.take, clock=timezone.now)
        yield Thread(target=lmtp.listen, args=(door,), kwargs={"stop": stop})
    if address and at["smtp"]:
        server = places.server(at["smtp"], password=at["smtp_password"])
        yield sender(poll.NAME, partial(smtp.send, server), stop)
