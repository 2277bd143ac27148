"""E-mail: an ear where a mailbox is named or a mail server hands over, a mouth where one takes letters; each alone."""

from collections.abc import Iterator
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.utils import timezone

from kinline.channels import set_up as set_up_channel
from kinline.channels.email import imap, lmtp, places, poll, smtp
from kinline.channels.refusing import refuse
from kinline.intake import actions as intake
from kinline.intake import queries
from kinline.sites.exits import Exit, Stop
from kinline.sites.wires.hearing import note
from kinline.sites.wires.sending import sender


def set_up() -> None:
    """Tell the channel which address is the bureau's, and whose word on senders is believed."""
    if settings.MAIL["address"]:
        set_up_channel(poll.NAME, sender=settings.MAIL["address"], trusted=settings.MAIL_TRUSTED)


def tried() -> Iterator[tuple[str, str]]:
    """What lies in the mailbox.

    Raises:
        Stop: there is no mailbox, or it cannot be opened.
    """
    at = settings.MAIL
    if not at["address"] or not at["imap"]:
        raise Stop(Exit.NOT_FOUND, "channel.not-set-up", "No mailbox is set up: KINLINE_MAIL_IMAP is empty.")
    try:
        with imap.opened(places.server(at["imap"], password=at["imap_password"])) as box:
            _validity, uids = box.look()
            yield "mailbox", at["address"]
            yield "mails in it", f"{len(uids)}"
            yield "says when one comes", "yes" if box.can_idle else "no: it is asked again and again"
    except imap.Lost as lost:
        sentence = f"The mailbox could not be opened ({lost.code}). Check the settings, or try again later."
        raise Stop(Exit.TRY_LATER, f"channel.{lost.code}", sentence) from None


def threads(stop: Event) -> Iterator[Thread]:
    """Threads for the mailbox and the servers that the settings name."""
    at, address = settings.MAIL, settings.MAIL["address"]
    if address and at["imap"]:
        keeping = poll.Keeping(take=intake.take, known=queries.names_under, clock=timezone.now, refuse=refuse)
        mailbox = places.server(at["imap"], password=at["imap_password"])
        poller = poll.Poller(mailbox, account=address, keeping=keeping)
        yield Thread(target=poll.follow, args=(poller,), kwargs={"stop": stop, "tell": note(poll.NAME, address)})
    if address and at["lmtp"]:
        host, port = lmtp.place(at["lmtp"])
        door = lmtp.Door(host, port, account=address, take=intake.take, clock=timezone.now)
        yield Thread(target=lmtp.listen, args=(door,), kwargs={"stop": stop})
    if address and at["smtp"]:
        server = places.server(at["smtp"], password=at["smtp_password"])
        yield sender(poll.NAME, partial(smtp.send, server), stop)
