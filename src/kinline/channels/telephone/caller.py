"""A caller: places a call to a line, presses keys, speaks, and knows which prompts it heard by their sound.

For trying the line out (``kinline channel test telephone``), and for tests.
"""

import asyncio
import struct
from collections.abc import Callable, Iterable
from functools import cache
from types import TracebackType
from typing import Self, cast

from aiosipua import SipUAC, SipUAS
from aiosipua.sdp import build_sdp

from kinline.channels.telephone import writing
from kinline.channels.telephone.sip import KEYS_TYPE, Udp
from kinline.channels.telephone.sound import FRAME, FRAME_SECONDS, Law
from kinline.channels.telephone.voices import TONE, Voices

# By so many frames a prompt is known, after its quiet beginning.
_BEGIN, _SPAN = 4, 3
_SIGNATURE = slice(_BEGIN, _BEGIN + _SPAN)
_PCMA = 8
_HEAD = struct.Struct("!BBHII")
_KEYS = "0123456789*#"


class _Sound(asyncio.DatagramProtocol):
    """The caller's end of the sound: sends and hears packets of RTP, each at once."""

    def __init__(self, hear: Callable[[bytes], None]) -> None:
        self._hear = hear
        self._sequence = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.wire = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, _addr: object) -> None:
        if len(data) == _HEAD.size + FRAME and data[1] & 0x7F == _PCMA:
            self._hear(data[_HEAD.size :])

    def send(self, payload: bytes, *, kind: int, time: int, to: tuple[str, int]) -> None:
        """Send one packet."""
        self._sequence = (self._sequence + 1) & 0xFFFF
        self.wire.sendto(_HEAD.pack(0x80, kind, self._sequence, time, 1) + payload, to)


class Caller:
    """One call to ``line``. ``pace`` is how many times faster than speech sound is sent, as the line's own is."""

    def __init__(self, line: tuple[str, int], *, number: str = "anonymous", pace: float = 1.0) -> None:
        self._line, self._number, self._pace = line, number, pace
        self._known = _signatures()
        self._last: list[bytes] = []
        self._sent = 0
        self.heard: list[str] = []
        self.news = asyncio.Event()
        self.is_over = False

    async def __aenter__(self) -> Self:
        self._wire = Udp(local_addr=("127.0.0.1", 0))
        self._calls = SipUAC(self._wire)
        self._server = SipUAS(self._wire, uac=self._calls)
        self._server.on_bye = lambda _call, _request: self._over()
        await self._server.start()
        loop = asyncio.get_running_loop()
        wire, self._sound = await loop.create_datagram_endpoint(lambda: _Sound(self._came), local_addr=("127.0.0.1", 0))
        port = wire.get_extra_info("sockname")[1]
        host = f"{self._wire.local_addr[0]}:{self._wire.local_addr[1]}"
        offer = build_sdp("127.0.0.1", port, _PCMA, "PCMA", dtmf_payload_type=KEYS_TYPE)
        self._call = self._calls.send_invite(
            f"sip:{self._number}@{host}", f"sip:line@{self._line[0]}:{self._line[1]}", self._line, offer
        )
        try:
            await self._call.wait_answered(10)
        except RuntimeError:
            raise ConnectionError("the line refused the call") from None
        answer = self._call.sdp_answer
        if answer is None or answer.rtp_address is None:
            raise ConnectionError("the line answered without saying where it listens")
        self._to = answer.rtp_address
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, places: TracebackType | None
    ) -> None:
        await self.put_down()
        self._sound.wire.close()
        await self._server.stop()

    async def press(self, keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            for is_end, count in ((0, 2), (0x80, 3)):  # the end is said three times, as any packet may be lost
                for _repeat in range(count):
                    event = struct.pack("!BBH", _KEYS.index(key), is_end | 10, FRAME * 4)
                    self._sound.send(event, kind=KEYS_TYPE, time=self._sent, to=self._to)
            self._sent += FRAME * 5
            await asyncio.sleep(0.1 / self._pace)

    async def speak(self, frames: Iterable[bytes]) -> None:
        """Send sound of A-law."""
        for frame in frames:
            self._sound.send(frame, kind=_PCMA, time=self._sent, to=self._to)
            self._sent += FRAME
            await asyncio.sleep(FRAME_SECONDS / self._pace)

    async def hears(self, name: str, *, seconds: float = 20.0) -> None:
        """Return once the prompt was heard since the last one that was waited for.

        Raises:
            TimeoutError: it was not.
        """
        async with asyncio.timeout(seconds):
            while name not in self.heard[self._read :]:
                self.news.clear()
                await self.news.wait()
        self._read = len(self.heard) - self.heard[::-1].index(name)

    async def put_down(self) -> None:
        """End the call."""
        if not self.is_over:
            self.is_over = True
            self._call.hangup(self._calls)
            await asyncio.sleep(0.05)

    _read = 0

    def _over(self) -> None:
        self.is_over = True
        self.news.set()

    def _came(self, frame: bytes) -> None:
        self._last = [*self._last[1 - _SPAN :], frame]
        name = self._known.get(b"".join(self._last))
        if name is not None:
            self.heard.append(name)
            self.news.set()


@cache
def _signatures() -> dict[bytes, str]:
    """Some frames from the beginning of each prompt -> its language and name."""
    voices, found = Voices(), {}
    voices.warm()
    for language in ("uk", "ru", "en"):
        for name in writing.prompts(language):
            frames = voices.frames(name, language=language, law=Law.A)
            found[b"".join(frames[_SIGNATURE])] = f"{language}/{name}"
    found[b"".join(voices.frames(TONE, language="uk", law=Law.A)[_SIGNATURE])] = TONE
    return found
