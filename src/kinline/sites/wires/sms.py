"""SMS: a mouth where a provider is named; an ear that asks, or a door at which the provider brings what came in."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.urls import URLPattern, path
from django.utils import timezone

from kinline.channels import set_up as set_up_channel
from kinline.channels.email.places import is_this_machine
from kinline.channels.sms import poll, provider, public
from kinline.channels.sms.gateway import Gateway
from kinline.intake import actions as intake
from kinline.sites.wires.sending import sender

DOOR = "hooks/sms"


def set_up() -> None:
    """Tell the channel how its provider calls things, and whether it is believed on who sends."""
    if settings.SMS["provider"]:
        stated = _stated().receiving
        set_up_channel(
            public.NAME, names=dict(stated.names), undelivered=list(stated.undelivered), vouched=stated.vouches
        )


def threads(stop: Event) -> Iterator[Thread]:
    """Threads for the provider that the settings name."""
    if not (settings.SMS["provider"] and settings.SMS["address"]):
        return
    gateway = Gateway(_stated(), address=_safe(settings.SMS["address"]), secret=settings.SMS["secret"])
    yield sender(public.NAME, gateway.send, stop)
    if gateway.provider.receiving.path:
        named = {"account": settings.SMS["number"], "take": intake.take, "clock": timezone.now, "stop": stop}
        yield Thread(target=poll.follow, args=(gateway,), kwargs=named)


def doors() -> list[URLPattern]:
    """The door at which the provider brings messages; none without a secret by which it is known."""
    if not (settings.SMS["provider"] and settings.SMS["hook_secret"]):
        return []
    set_up()
    hook = public.Hook(
        secret=settings.SMS["hook_secret"],
        receiving=_stated().receiving,
        account=settings.SMS["number"],
        take=intake.take,
        clock=timezone.now,
    )
    return [path(DOOR, public.webhook(hook), name="sms_hook")]


def _stated() -> provider.Provider:
    return provider.read(Path(settings.SMS["provider"]).read_text(encoding="utf-8"))


def _safe(address: str) -> str:
    """The provider's address, if nobody on the way can read along.

    Raises:
        ValueError: they could.
    """
    scheme, _colon, rest = address.partition("://")
    host = rest.partition("/")[0].rpartition(":")[0] or rest.partition("/")[0]
    if scheme == "https" or (scheme == "http" and is_this_machine(host)):
        return address
    raise ValueError("an SMS provider on another machine is spoken to by https only")
