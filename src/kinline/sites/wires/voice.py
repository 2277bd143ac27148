"""Calls that a provider answers: a door at which it asks what comes next, and a hand that fetches what was recorded."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import URLPattern
from django.utils import timezone

from kinline.channels import fetching, reading
from kinline.channels.email.places import is_this_machine
from kinline.channels.telephone import public
from kinline.channels.telephone.hearing import Hearing
from kinline.channels.telephone.keeping import Keeper
from kinline.channels.telephone.markup import Writer
from kinline.channels.telephone.recordings import Recordings
from kinline.channels.telephone.steps import NAME
from kinline.channels.telephone.voices import Voices

DOOR = "hooks/voice"


def set_up() -> None:
    """Tell nothing: a step of a call reads alike everywhere."""


def threads(stop: Event) -> Iterator[Thread]:
    """A thread that fetches what could not be fetched at once, and has deleted at the provider what is kept here.

    Raises:
        ValueError: others could listen on the way to the provider.
    """
    if not settings.VOICE["secret"]:
        return
    held = _recordings()
    named = {"clock": timezone.now, "stop": stop, "delete": held.delete}
    yield Thread(target=fetching.keep_fetching, args=(NAME, held.fetch), kwargs=named)


def doors() -> list[URLPattern]:
    """The door at which the provider asks; none without a secret and an address by which both know each other."""
    at = settings.VOICE
    if not (at["secret"] and at["address"]):
        return []
    address = _safe(at["address"]).rstrip("/")
    own = settings.TELEPHONE["prompts"]
    hearing = Hearing(
        line=at["line"],
        keeper=Keeper(account=at["line"], cell=reading.reader(at=timezone.now()), clock=timezone.now),
        writer=Writer(f"{address}/{DOOR}"),
        recordings=_recordings(),
        person=at["person"],
    )
    voices = Voices(Path(own) if own else None)
    hook = public.Hook(secret=at["secret"], address=address, hearing=hearing, voices=voices)
    return public.doors(hook, at=DOOR)


def _recordings() -> Recordings:
    at = settings.VOICE
    return Recordings(_safe(at["api"]), account=at["account"], secret=at["secret"])


def _safe(address: str) -> str:
    """The address, if nobody on the way can listen.

    Raises:
        ValueError: they could.
    """
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname or "")):
        return address
    raise ValueError("a provider of calls is spoken to by https only, unless it is on this machine")
