"""The answering line: one call from the first word to its end, whatever carries it.

Nothing said is acknowledged before it is kept. A line is never put down for silence; only a line on which no packet
comes any more is gone.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeVar

from kinline.channels.telephone import sound
from kinline.channels.telephone.keeping import WANT_A_VOICE, Answer, Keeper, NotTaken, Plan, asks, own
from kinline.channels.telephone.menu import Listening, Takes, menu
from kinline.channels.telephone.sound import FRAME_SECONDS, SILENCE, Law
from kinline.channels.telephone.steps import Step
from kinline.channels.telephone.tape import Tape
from kinline.channels.telephone.voices import TONE, Voices
from kinline.channels.telephone.writing import STOP

log = logging.getLogger(__name__)

PERSON = "0"
ANY = ""
NOT_KNOWN = "*"
About = TypeVar("About")
Found = TypeVar("Found")


class Gone(Exception):  # noqa: N818 - read at every ``raise`` as what it is
    """The caller has put down."""


class Leg(Protocol):
    """One call as its wire knows it."""

    call: str
    number: str
    law: Law
    keys: "asyncio.Queue[str]"
    heard: "asyncio.Queue[bytes]"

    def send(self, frame: bytes) -> None:
        """Send 20 ms."""

    def is_gone(self) -> bool:
        """Whether the other side has put down."""

    def silent_for(self) -> float:
        """Seconds since the last packet of any kind came."""

    async def pass_on(self, to: str) -> bool:
        """Ask the network to pass the call on; whether it was."""

    async def put_down(self) -> None:
        """End the call."""


@dataclass(frozen=True)
class Entry:
    """What came of listening: keys, a recording as samples of 16 bits, or neither."""

    keys: str = ""
    recording: bytes = b""


@dataclass(frozen=True, kw_only=True)
class House:
    """What every call of a line shares. ``person`` is whom calls are passed on to.

    ``pace`` is how many times faster than speech is said and heard, ``hurry`` how many times sooner waiting ends.
    """

    line: str
    keeper: Keeper
    voices: Voices
    desk: Executor
    person: str = ""
    pace: float = 1.0
    hurry: float = 1.0


@dataclass
class Call:
    """One call."""

    leg: Leg
    house: House
    steps: int = 0
    silences: int = 0
    said: tuple[Plan, ...] = ()
    log: list[str] = field(default_factory=list)

    async def answer(self) -> None:
        """Answer until the other side puts down."""
        try:
            await self._answered(await self._step(Entry(), is_first=True))
            while True:
                await self._round()
        except Gone:
            log.info("a call has ended", extra={"reference": f"call:{self.leg.call}", "count": self.steps})
        finally:
            await self._at_desk(self.house.keeper.put_down, self._as_step(Entry()))
            await self.leg.put_down()

    async def _round(self) -> None:
        """Listen, and have what was heard kept and answered."""
        listening = self._listening()
        entry = await self._listen(listening)
        if entry.keys and entry.keys == listening.again:
            await self._say(self.said)
        elif entry.keys or entry.recording:
            self.silences = 0
            await self._answered(await self._step(entry))
        elif listening.again:
            return  # everything was said; whoever stays on the line is left in peace
        elif self.silences < menu().patience_times:
            self.silences += 1
            await self._answered(await self._step(Entry()))
        else:
            await self._wait_for_key(menu().patience_seconds)
            await self._say(self.said)

    async def _step(self, entry: Entry, *, is_first: bool = False) -> Answer:
        """Have one step kept. What could not be kept is said so, and nothing else."""
        step = await self._at_desk(partial(self.house.keeper.sealed, after=self._listening()), self._as_step(entry))
        self.steps += 1
        try:
            return await self._at_desk(self.house.keeper.hear, replace(step, silence=step.silence and not is_first))
        except NotTaken:
            await self._own("not_taken")
            return Answer(())

    async def _answered(self, answer: Answer) -> None:
        if answer.person in WANT_A_VOICE and self.house.person:
            await self._own("connecting")
            if await self.leg.pass_on(self.house.person):
                raise Gone
        if answer.plans:
            self.said = answer.plans
        await self._say(self.said)

    def _as_step(self, entry: Entry) -> Step:
        return Step(
            call=self.leg.call,
            step=self.steps,
            line=self.house.line,
            number=self.leg.number,
            keys=entry.keys,
            silence=not entry.keys and not entry.recording,
            recording=sound.pcm_file(entry.recording) if entry.recording else b"",
        )

    def _listening(self) -> Listening:
        """What the last text asks for, or the last of its kind in what was said together."""
        asking = asks(self.said)
        return asking.listening if asking is not None else Listening()

    # --- Saying ---

    async def _own(self, name: str) -> None:
        """Say a text of the line's own, in the language of the call, or in all while none is chosen."""
        await self._say(own(name, languages=[each.language for each in self.said]))

    async def _say(self, plans: Sequence[Plan]) -> None:
        """Say everything, unless a key is pressed meanwhile."""
        times, law = menu().times, self.leg.law
        for each in plans:
            for name in each.prompts:
                if not self.leg.keys.empty():
                    return
                if name == STOP:
                    await self._send(_nothing(times.stop, law))
                    continue
                self.log.append(f"{each.language}/{name}")
                await self._send(self.house.voices.frames(name, language=each.language, law=law))
                await self._send(_nothing(times.between, law))

    async def _send(self, frames: Sequence[bytes]) -> None:
        """Send frame by frame at the pace of speech; stop where a key is pressed."""
        clock = asyncio.get_running_loop()
        began = clock.time()
        for number, frame in enumerate(frames, 1):
            self._require_there()
            if not self.leg.keys.empty():
                return
            self.leg.send(frame)
            await asyncio.sleep(max(0.0, began + number * FRAME_SECONDS / self.house.pace - clock.time()))

    # --- Listening ---

    async def _listen(self, listening: Listening) -> Entry:
        if listening.takes is Takes.RECORDING:
            return await self._record(listening)
        times = menu().times
        keys = await self._wait_for_key(times.key)
        if listening.takes is Takes.KEY or not keys or keys == NOT_KNOWN or keys == listening.again:
            return Entry(keys)
        while not keys.endswith(listening.ends) and len(keys) < listening.count:
            more = await self._wait_for_key(times.entry)
            if not more:
                break
            keys = more if more == NOT_KNOWN else keys + more
            if more == NOT_KNOWN:
                break
        return Entry(keys.rstrip(listening.ends) or keys)

    async def _record(self, listening: Listening) -> Entry:
        """Record after the tone; what was said before a line drops is kept as well."""
        if not self.leg.keys.empty():
            key = self.leg.keys.get_nowait()
            if key == PERSON:
                return Entry(key)
        await self._send(self.house.voices.frames(TONE, language=ANY, law=self.leg.law))
        _empty(self.leg.heard)
        tape = Tape()
        key = ""
        try:
            key = await self._taped(tape, listening)
        except Gone:
            if tape.has_voice:
                await self._step(Entry(recording=tape.sound))
            raise
        if key == PERSON:
            if tape.has_voice:
                await self._step(Entry(recording=tape.sound))
            return Entry(key)
        return Entry(recording=tape.sound) if tape.has_voice or (key and tape.is_something) else Entry()

    async def _taped(self, tape: Tape, listening: Listening) -> str:
        """The key that ended the recording; "" where silence or its length did."""
        times = menu().times
        clock = asyncio.get_running_loop()
        began = last_loud = clock.time()
        while clock.time() - began < times.recording / self.house.hurry:
            self._require_there()
            if not self.leg.keys.empty():
                key = self.leg.keys.get_nowait()
                if key in (listening.ends, PERSON):
                    return key
            try:
                piece = await asyncio.wait_for(self.leg.heard.get(), 0.1 / self.house.hurry)
            except TimeoutError:
                piece = b""
            if piece and tape.add(piece):
                last_loud = clock.time()
            patience = times.hush if tape.has_voice else times.key
            if clock.time() - last_loud > patience / self.house.hurry:
                break
        return ""

    async def _wait_for_key(self, seconds: float) -> str:
        """The next key, or "" after so many seconds."""
        clock = asyncio.get_running_loop()
        until = clock.time() + seconds / self.house.hurry
        while (left := until - clock.time()) > 0:
            self._require_there()
            try:
                return await asyncio.wait_for(self.leg.keys.get(), min(left, 0.2))
            except TimeoutError:
                continue
        return ""

    def _require_there(self) -> None:
        if self.leg.is_gone() or self.leg.silent_for() > menu().times.dead / self.house.hurry:
            raise Gone

    async def _at_desk(self, act: Callable[[About], Found], about: About) -> Found:
        return await asyncio.get_running_loop().run_in_executor(self.house.desk, act, about)


def _nothing(seconds: float, law: Law) -> list[bytes]:
    return [SILENCE[law] * sound.FRAME] * round(seconds / FRAME_SECONDS)


def _empty(queue: "asyncio.Queue[bytes]") -> None:
    while not queue.empty():
        queue.get_nowait()
