"""A telephone: it really calls the bureau's line by SIP, and what is heard is shown in words.

Nobody speaks: what the family says is a hum, which is kept as its voice would be. The call runs in a thread of its own.
"""

import asyncio
import math
import socket
from array import array
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from threading import Thread
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinline.channels.telephone import writing
from kinline.channels.telephone.caller import Caller
from kinline.channels.telephone.sound import RATE, Law, encoded, frames
from kinline.channels.telephone.voices import TONE
from kinline.demo.devices.device import Line, Sentence, number_of
from kinrules.terms import Channel

HOST = "127.0.0.1"
CALL, END, SAY = "call", "end", "say"
KEYS = "123456789*0#"
SPOKEN_SECONDS = 2
_TONE_WORDS = "♪"
_VOICE = "🗣"
_PITCH, _LOUDNESS = 180.0, 6000
_SILENCE = "…"
_NO_ANSWER = _("Nobody answers yet: the house is still starting. Call again in a moment.")


class Telephone:
    """The device; every family has a number of its own, and one call at a time."""

    channel = Channel.TELEPHONE

    def __init__(self, loop: asyncio.AbstractEventLoop, *, port: int, clock: Callable[[], datetime]) -> None:
        self._loop, self._port, self._clock = loop, port, clock
        self._lines: dict[int, list[Line]] = {}
        self._calls: dict[int, Caller] = {}
        self.settings: Mapping[str, str] = {"KINLINE_TELEPHONE_LISTEN": f"{HOST}:{port}"}

    def address(self, family: int) -> str:
        """The telephone's number."""
        return number_of(family)

    def lines(self, family: int) -> list[Line]:
        """What was heard and pressed; the keys stand under the newest line of a call."""
        said = self._lines.get(family, [])
        if family not in self._calls:
            return [*said]
        newest = said[-1] if said else Line(words=_SILENCE, mine=False, at=self._clock())
        return [*said[:-1], Line(words=newest.words, mine=newest.mine, at=newest.at, buttons=(*KEYS, SAY, END))]

    def acts(self, family: int, form: Mapping[str, str]) -> None:
        """Call, press keys, speak, or end the call."""
        press, words = form.get("press", ""), form.get("words", "").strip()
        if press == CALL or (words == CALL and family not in self._calls):
            self._now(self._call(family))
        elif family in self._calls and press == END:
            self._now(self._end(family))
        elif family in self._calls and press == SAY:
            self._now(self._speak(family))
        elif family in self._calls and (keys := "".join(key for key in press + words if key in KEYS)):
            self._now(self._press(family, keys))

    def _now(self, act: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(act, self._loop).result(timeout=30)

    async def _call(self, family: int) -> None:
        if family in self._calls:
            return
        caller = Caller((HOST, self._port), number=self.address(family))
        try:
            await caller.__aenter__()
        except (ConnectionError, TimeoutError, OSError):
            self._say(family, _NO_ANSWER, mine=False)
            return
        self._calls[family] = caller
        self._listening = self._loop.create_task(self._listen(family, caller))

    async def _listen(self, family: int, caller: Caller) -> None:
        """Write down what is heard until the call is over."""
        known = 0
        while not caller.is_over:
            caller.news.clear()
            for name in caller.heard[known:]:
                self._hear(family, name)
            known = len(caller.heard)
            await caller.news.wait()
        self._calls.pop(family, None)

    def _hear(self, family: int, name: str) -> None:
        """One prompt more: prompts that follow one another are one thing said."""
        language, _slash, prompt = name.partition("/")
        words = _TONE_WORDS if name == TONE else writing.prompts(language)[prompt].text
        said = self._lines.setdefault(family, [])
        if said and not said[-1].mine:
            said[-1] = Line(words=f"{said[-1].words} {words}", mine=False, at=said[-1].at)
        else:
            self._say(family, words, mine=False)

    async def _press(self, family: int, keys: str) -> None:
        self._say(family, keys, mine=True)
        await self._calls[family].press(keys)

    async def _speak(self, family: int) -> None:
        self._say(family, _VOICE, mine=True)
        await self._calls[family].speak(_hum())
        await self._calls[family].press("#")

    async def _end(self, family: int) -> None:
        caller = self._calls.pop(family)
        await caller.__aexit__(None, None, None)
        caller.news.set()

    async def put_down(self) -> None:
        """End all calls."""
        for family in list(self._calls):
            await self._end(family)

    def _say(self, family: int, words: Sentence, *, mine: bool) -> None:
        self._lines.setdefault(family, []).append(Line(words=words, mine=mine, at=self._clock()))


def _hum() -> list[bytes]:
    """Some seconds of a voice that says nothing, in pieces as RTP sends them."""
    waves = (round(_LOUDNESS * math.sin(2 * math.pi * _PITCH * at / RATE)) for at in range(RATE * SPOKEN_SECONDS))
    return frames(encoded(array("h", waves), Law.A), Law.A)


@contextmanager
def standing(*, clock: Callable[[], datetime]) -> Iterator[Telephone]:
    """The device, for as long as the block lasts. The house answers at a port that was free when it began."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    telephone = Telephone(loop, port=_free_port(), clock=clock)
    try:
        yield telephone
    finally:
        asyncio.run_coroutine_threadsafe(telephone.put_down(), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=5)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((HOST, 0))
        return int(taken.getsockname()[1])
