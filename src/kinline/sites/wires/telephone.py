"""The telephone: one thread that answers all calls, where the settings name an address to listen at."""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.db import connections
from django.utils import timezone

from kinline.channels import reading
from kinline.channels.telephone import places, writing
from kinline.channels.telephone.caller import Caller
from kinline.channels.telephone.keeping import Keeper
from kinline.channels.telephone.leg import SipLeg
from kinline.channels.telephone.line import Call, House
from kinline.channels.telephone.places import Place, Trunk
from kinline.channels.telephone.sip import EVERYWHERE, Exchange
from kinline.channels.telephone.voices import Voices
from kinline.sites.exits import Exit, Stop

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
TRYING_SECONDS = 20.0


def set_up() -> None:
    """Tell nothing: a step of a call reads alike everywhere."""


def threads(stop: Event) -> Iterator[Thread]:
    """A thread for the line.

    Raises:
        ValueError: an address is written in a way that leads to none.
    """
    at = settings.TELEPHONE
    if not at["listen"]:
        return
    place = places.place(at)
    trunk = places.trunk(at["trunk"], password=at["password"])
    if not at["person"]:
        log.warning("no address is set to which callers who need a person are passed on; they will be called back")
    yield Thread(target=_answer, args=(place, trunk, stop))


def tried() -> Iterator[tuple[str, str]]:
    """What a call to the line that the settings name hears until the languages were named, with its words.

    Raises:
        Stop: no line is set up, or nobody answers.
    """
    try:
        place = places.place(settings.TELEPHONE)
    except ValueError as error:
        raise Stop(Exit.NOT_FOUND, "channel.not-set-up", f"No line is set up: {error}") from None
    host = "127.0.0.1" if place.host == EVERYWHERE else place.host
    try:
        yield from asyncio.run(heard((host, place.port)))
    except (OSError, TimeoutError):
        sentence = "Nobody answered. Check that the worker runs with the same settings."
        raise Stop(Exit.TRY_LATER, "channel.no-answer", sentence) from None


async def heard(line: tuple[str, int]) -> list[tuple[str, str]]:
    """What a call to ``line`` hears until the last language was named: the language and name of a prompt, its words."""
    async with Caller(line) as caller:
        await caller.hears("en/language-1", seconds=TRYING_SECONDS)
        names = [name.split("/") for name in caller.heard]
    return [(f"{language} {name}", writing.prompts(language)[name].text) for language, name in names]


def _answer(place: Place, trunk: Trunk | None, stop: Event) -> None:
    asyncio.run(serve(place, trunk=trunk, stop=stop))


async def serve(place: Place, *, trunk: Trunk | None, stop: Event, pace: float = 1.0) -> None:
    """Answer calls until ``stop`` is set."""
    own = Path(settings.TELEPHONE["prompts"]) if settings.TELEPHONE["prompts"] else None
    voices = Voices(own)
    with reading.reader(at=timezone.now()) as cell, ThreadPoolExecutor(1) as desk:
        keeper = Keeper(account=settings.TELEPHONE["line"], cell=cell, clock=timezone.now)
        house = House(
            line=settings.TELEPHONE["line"],
            keeper=keeper,
            voices=voices,
            desk=desk,
            person=settings.TELEPHONE["person"],
            pace=pace,
        )

        async def answer(leg: SipLeg) -> None:
            await Call(leg, house).answer()

        loop = asyncio.get_running_loop()
        await loop.run_in_executor(desk, keeper.tidy)
        exchange = Exchange(place, answer, trunk=trunk)
        await exchange.start()
        warming = loop.run_in_executor(None, voices.warm)
        try:
            while not stop.is_set():
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            await exchange.stop()
            await warming
            await loop.run_in_executor(desk, connections.close_all)
