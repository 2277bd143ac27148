"""One call by SIP and RTP, as the line knows calls (``line.Leg``)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiortp import RTPSession
from aiosipua import IncomingCall, SipUAC

from kinline.channels.telephone.sound import FRAME, Law

LAWS = {8: Law.A, 0: Law.MU}
"""The numbers under which RTP knows the laws."""

MOST_PIECES = 500
PASSING_ON_SECONDS = 20.0
_ANSWERED = 200


class Session(RTPSession):
    """The library's end of the sound, which says of every packet that it came: who is silent often sends no sound."""

    on_packet: Callable[[], None] | None = None

    def _sound_came(self, data: bytes, addr: tuple[str, int]) -> None:
        self._came()
        super()._handle_rtp(data, addr)

    def _report_came(self, data: bytes, addr: tuple[str, int]) -> None:
        self._came()
        super()._handle_rtcp(data, addr)

    def _came(self) -> None:
        if self.on_packet is not None:
            self.on_packet()

    _handle_rtp, _handle_rtcp = _sound_came, _report_came  # as the library calls them


@dataclass(eq=False)
class SipLeg:
    """One call (``line.Leg``)."""

    call: str
    number: str
    law: Law
    session: RTPSession
    dialog: IncomingCall
    calls: SipUAC
    keys: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)
    heard: "asyncio.Queue[bytes]" = field(default_factory=asyncio.Queue)
    passed_on: "asyncio.Queue[int]" = field(default_factory=asyncio.Queue)
    gone: bool = False
    last: float = 0.0
    sent: int = 0

    def send(self, frame: bytes) -> None:
        """Send 20 ms."""
        self.session.send_audio(frame, self.sent & 0xFFFFFFFF)
        self.sent += FRAME

    def is_gone(self) -> bool:
        """Whether the other side has put down."""
        return self.gone

    def silent_for(self) -> float:
        """Seconds since the last packet came."""
        return asyncio.get_running_loop().time() - self.last

    async def pass_on(self, to: str) -> bool:
        """Ask the network to pass the call on, and wait for what it says."""
        self.calls.send_refer(self.dialog.dialog, to, self.dialog.source_addr)
        try:
            async with asyncio.timeout(PASSING_ON_SECONDS):
                while (status := await self.passed_on.get()) < _ANSWERED:
                    pass
        except TimeoutError:
            return False
        return status == _ANSWERED

    async def put_down(self) -> None:
        """End the call, if it has not ended."""
        if not self.gone:
            self.gone = True
            self.dialog.hangup()
        await self.session.close()

    def lives(self) -> None:
        """Anything at all has come, were it only a report: the line is not dead."""
        self.last = asyncio.get_running_loop().time()

    def came(self, pcm: bytes, _timestamp: int) -> None:
        """Sound has come."""
        if self.heard.qsize() < MOST_PIECES:
            self.heard.put_nowait(pcm)
        else:
            self.heard.get_nowait()
            self.heard.put_nowait(pcm)

    def pressed(self, key: str, _duration: int) -> None:
        """A key has come."""
        if key in "0123456789*#":
            self.keys.put_nowait(key)
