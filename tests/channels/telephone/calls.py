"""The answering line on real sockets, many times faster than speech, and a family that calls it by SIP and RTP."""

import asyncio
import math
from array import array
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connections

from kinline.channels import reading
from kinline.channels.telephone import sound
from kinline.channels.telephone.caller import Caller
from kinline.channels.telephone.keeping import Keeper
from kinline.channels.telephone.leg import SipLeg
from kinline.channels.telephone.line import Call, House
from kinline.channels.telephone.places import Place
from kinline.channels.telephone.sip import Exchange
from kinline.channels.telephone.voices import Voices

T = TypeVar("T")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PACE, HURRY = 40.0, 6.0
HOST = "127.0.0.1"
NUMBER = "+380501234567"
VOICES = Voices()
LANGUAGES = ("uk", "ru", "en")


def clock() -> datetime:
    """It is always noon."""
    return NOON


@dataclass
class Line:
    """A line that answers; ``calls`` are those it has answered."""

    exchange: Exchange
    calls: list[Call] = field(default_factory=list)

    def called_by(self, number: str = NUMBER) -> Caller:
        """A call from this number."""
        return Caller((HOST, self.exchange.port), number=number, pace=PACE)

    @property
    def said(self) -> list[str]:
        """What the line has said in its last call."""
        return self.calls[-1].log

    async def is_quiet(self) -> None:
        """Return when every call has ended and is put away."""
        for _try in range(200):
            if not self.exchange._tasks:
                return
            await asyncio.sleep(0.05)
        raise TimeoutError("a call does not end")


@asynccontextmanager
async def answering(*, person: str = "", keeper: type[Keeper] = Keeper) -> AsyncIterator[Line]:
    """A line on any free port."""
    with reading.reader(at=NOON) as cell, ThreadPoolExecutor(1) as desk:
        kept = keeper(account="main", cell=cell, clock=clock)
        house = House(line="main", keeper=kept, voices=VOICES, desk=desk, person=person, pace=PACE, hurry=HURRY)

        async def answer(leg: SipLeg) -> None:
            line.calls.append(Call(leg, house))
            await line.calls[-1].answer()

        exchange = Exchange(Place(host=HOST, port=0, sounds=(20_000, 39_000), country="UA"), answer)
        line = Line(exchange)
        await exchange.start()
        try:
            yield line
        finally:
            await exchange.stop()
            await asyncio.get_running_loop().run_in_executor(desk, connections.close_all)


def calling(story: Callable[[Line], Awaitable[None]], **how: object) -> Line:
    """Tell a story of calls to a line, and return the line."""

    async def told() -> Line:
        async with answering(**how) as line:  # type: ignore[arg-type]
            async with asyncio.timeout(60):
                try:
                    await story(line)
                except TimeoutError:
                    raise AssertionError(f"the line said {line.said}") from None
                await line.is_quiet()
        return line

    return run(told())


def run(story: Coroutine[Any, Any, T]) -> T:
    """Run ``story`` in a thread of its own: a browser that another test opened keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


async def chooses(caller: Caller, option: str, *, language: str = "uk") -> None:
    """Choose the language, and ``option`` in the menu."""
    await caller.hears("uk/language-2")
    await caller.press(str(LANGUAGES.index(language) + 1))
    await caller.hears(f"{language}/menu-1")
    await caller.press(option)


async def says(caller: Caller) -> None:
    """Say something after the tone, and end it as one is asked to."""
    await caller.hears("tone")
    await caller.speak(voice())
    await caller.press("#")


def voice(seconds: float = 1.0) -> list[bytes]:
    """Something like a voice: a tone of 300 Hz that swells, as frames."""
    count = int(seconds * sound.RATE)
    samples = array("h", (int(9_000 * math.sin(2 * math.pi * 300 * n / sound.RATE)) for n in range(count)))
    return sound.frames(sound.encoded(samples, sound.Law.A), sound.Law.A)
