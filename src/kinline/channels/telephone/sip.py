"""Calls by SIP. With ``leg.py`` the only module that knows the libraries, so that they can be exchanged.

Keys come as RTP events (RFC 4733), sound under either law of G.711. Whoever calls from elsewhere than the trunk is
turned away where the settings name the trunk's addresses.

Source: RFC 3261 (SIP), RFC 3264 (offer and answer), RFC 3515 (passing a call on), RFC 4733 (keys).
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

from aiortp import PortAllocator
from aiosipua import IncomingCall, SipUAC, SipUAS, UdpSipTransport
from aiosipua.auth import SipDigestAuth
from aiosipua.dialog import DialogState
from aiosipua.message import SipRequest
from aiosipua.registration import Registration
from aiosipua.sdp import SdpMessage, SdpNegotiationError, negotiate_sdp
from aiosipua.transport import _UdpProtocol

from kinline.channels.telephone import numbers
from kinline.channels.telephone.leg import LAWS, Session, SipLeg
from kinline.channels.telephone.places import Place, Trunk

log = logging.getLogger(__name__)

KEYS_TYPE = 101
MOST_CALLS = 60
_BUSY, _FORBIDDEN, _NOT_ACCEPTABLE, _UNAVAILABLE = 486, 403, 488, 503


class Udp(UdpSipTransport):
    """The library's transport, without its assertion on a class that Python 3.11 does not have so."""

    async def start(self) -> None:
        """Bind; port 0 takes any."""
        loop = asyncio.get_running_loop()
        transport, _protocol = await loop.create_datagram_endpoint(lambda: _Ears(self), local_addr=self.local_addr)
        self._udp_transport = transport
        self.local_addr = transport.get_extra_info("sockname")[:2]


class _Ears(_UdpProtocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._owner._udp_transport = cast(asyncio.DatagramTransport, transport)


class _Answering(SipUAS):
    """The library's server, which takes a repeated INVITE for a call of its own; a repeat is none."""

    def _take_up(self, request: SipRequest, addr: tuple[str, int]) -> None:
        known = self.get_call(request.call_id or "")
        if known is None:
            super()._handle_invite(request, addr)
        elif known.dialog.state is not DialogState.CONFIRMED:
            known.trying()
        elif request.get_header("cseq") != known.invite.get_header("cseq"):
            super()._handle_invite(request, addr)

    _handle_invite = _take_up  # as the library calls it


Answer = Callable[[SipLeg], Awaitable[None]]


class Exchange:
    """Listens for calls and has each answered; registered with a trunk where there is one."""

    def __init__(self, place: Place, answer: Answer, *, trunk: Trunk | None = None) -> None:
        self._place, self._answer, self._trunk = place, answer, trunk
        self._ports = PortAllocator(place.sounds)
        self._legs: dict[str, SipLeg] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wire = Udp(local_addr=(place.host, place.port))
        self._calls = SipUAC(self._wire)
        self._uas = _Answering(self._wire, uac=self._calls)
        self._registration: Registration | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._wire.local_addr[1]

    async def start(self) -> None:
        """Listen."""
        self._uas.on_invite = self._invited
        self._uas.on_reinvite = self._asked_anew
        self._uas.on_bye = self._ended
        self._uas.on_transfer_progress = self._progress
        await self._uas.start()
        seen_as = (self._place.seen_as or self._place.host, self.port)
        self._uas.advertised_addr = self._calls.advertised_addr = seen_as
        if self._trunk is not None:
            self._register(self._trunk)

    async def stop(self) -> None:
        """Let every call end, and listen no more."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._registration is not None:
            self._registration.unregister()
        await self._uas.stop()

    def _register(self, trunk: Trunk) -> None:
        registration = Registration(
            self._calls,
            f"sip:{trunk.user}@{trunk.host}",
            (trunk.host, trunk.port),
            auth=SipDigestAuth(trunk.user, trunk.password) if trunk.password else None,
        )
        registration.on_failed = self._not_registered
        registration.on_expired = partial(self._not_registered, code=0, reason="")
        registration.register()
        self._registration = registration

    def _not_registered(self, _registration: Registration, code: int, reason: str) -> None:
        log.error("the trunk does not register the line", extra={"status_code": code})

    def _invited(self, call: IncomingCall) -> None:
        offer = call.sdp_offer
        if self._place.only_from and call.source_addr[0] not in self._place.only_from:
            call.reject(_FORBIDDEN)
        elif offer is None or offer.rtp_address is None or not _offered(offer):
            call.reject(_NOT_ACCEPTABLE)
        elif len(self._legs) >= MOST_CALLS:
            log.error("a caller was turned away: all lines are taken", extra={"count": len(self._legs)})
            call.reject(_BUSY)
        else:
            task = asyncio.get_running_loop().create_task(self._take(call, offer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _take(self, call: IncomingCall, offer: SdpMessage) -> None:
        try:
            leg = await self._leg(call, offer)
        except (OSError, RuntimeError, ValueError, SdpNegotiationError) as error:
            log.error("a call could not be answered", extra={"code": type(error).__qualname__})
            call.reject(_UNAVAILABLE)
            return
        self._legs[call.call_id] = leg
        try:
            await self._answer(leg)
        except Exception:
            log.exception("a call broke off", extra={"reference": f"call:{leg.call}"})
        finally:
            await leg.put_down()
            self._legs.pop(call.call_id, None)
            self._uas._calls.pop(call.call_id, None)  # the library forgets only calls that the other side ends

    async def _leg(self, call: IncomingCall, offer: SdpMessage) -> SipLeg:
        port, _control = await self._ports.allocate()
        await self._ports.release(port)  # the session binds it, and no port that is bound is given out twice
        keys = _keys_type(offer)
        seen_as = self._place.seen_as or self._place.host
        answer, chosen = negotiate_sdp(
            offer, seen_as, port, supported_codecs=list(LAWS), dtmf_payload_type=keys or KEYS_TYPE
        )
        session = await Session.create(
            local_addr=(self._place.host, port),
            remote_addr=cast(tuple[str, int], offer.rtp_address),
            payload_type=chosen,
            dtmf_payload_type=keys or KEYS_TYPE,
            symmetric_rtp=True,
            plc=False,
        )
        leg = SipLeg(
            call=secrets.token_hex(8),
            number=numbers.caller(_identity(call.invite), country=self._place.country),
            law=LAWS[chosen],
            session=session,
            dialog=call,
            calls=self._calls,
            last=asyncio.get_running_loop().time(),
        )
        session.on_audio, session.on_dtmf, session.on_packet = leg.came, leg.pressed, leg.lives
        call.accept(answer)
        return leg

    def _asked_anew(self, call: IncomingCall) -> None:
        """The other side holds, resumes or moves its sound elsewhere."""
        leg, offer = self._legs.get(call.call_id), call.sdp_offer
        if leg is not None and offer is not None and offer.rtp_address is not None:
            leg.session.update_remote(offer.rtp_address)
        call.accept(call.sdp_answer)

    def _ended(self, call: IncomingCall, _request: SipRequest) -> None:
        if (leg := self._legs.get(call.call_id)) is not None:
            leg.gone = True

    def _progress(self, call: str, status: int, _reason: str) -> None:
        if (leg := self._legs.get(call)) is not None:
            leg.passed_on.put_nowait(status)


def _offered(offer: SdpMessage) -> bool:
    return offer.audio is not None and any(codec.payload_type in LAWS for codec in offer.audio.codecs)


def _keys_type(offer: SdpMessage) -> int:
    """Under which number the other side sends keys; 0 for none."""
    codecs: list[Any] = offer.audio.codecs if offer.audio is not None else []
    return next((each.payload_type for each in codecs if each.encoding_name.lower() == "telephone-event"), 0)


def _identity(invite: SipRequest) -> str:
    """Who calls, as the network says it; as the caller says it where the network says nothing."""
    said = invite.get_header("p-asserted-identity") or invite.get_header("from") or ""
    found = re.search(r"(?:sips?|tel):([^@;>]*)", said)
    return found[1] if found else ""
