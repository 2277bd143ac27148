"""The wires that the settings name: what the worker listens to, and what it sends by, each in a thread of its own.

A channel has one module here. Its ``set_up`` tells the channel what the settings say of it; its ``threads`` yields what
is to be started, nothing where the channel is not set up.
"""

from collections.abc import Callable, Iterator, Mapping
from threading import Event, Thread

from django.urls import URLPattern

from kinline.sites.wires import mail, sms, telegram, telephone, voice

WIRES = (telegram, mail, sms, telephone, voice)
WITH_DOORS = (sms, voice)
TRIED: Mapping[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "telegram": telegram.tried,
    "email": mail.tried,
    "telephone": telephone.tried,
}
"""Channels that can be tried as they are set up; each yields what came back, with a label."""


def set_up() -> None:
    """Tell the channels what the settings say of them."""
    for wire in WIRES:
        wire.set_up()


def doors() -> list[URLPattern]:
    """Addresses at which other sides bring what was said by themselves."""
    return [door for wire in WITH_DOORS for door in wire.doors()]


def threads(stop: Event) -> Iterator[Thread]:
    """Threads that are to be started; none where no channel is set up.

    Raises:
        ValueError: a server is named in a way that leads to none, or that others could listen to.
    """
    set_up()
    for wire in WIRES:
        yield from wire.threads(stop)
