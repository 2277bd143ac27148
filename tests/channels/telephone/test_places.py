"""Where the line listens and registers, who may call it, and that it can be tried from the command line."""

import asyncio
from threading import Event, Thread

import pytest

from kinline.channels.telephone import numbers, places
from kinline.channels.telephone.caller import Caller
from kinline.channels.telephone.places import Place, Trunk
from kinline.channels.telephone.sip import Exchange
from kinline.sites.wires import telephone
from tests.channels.telephone.calls import HOST, run
from tests.servers import free_port

AT = {
    "listen": "0.0.0.0:5060",
    "seen_as": "",
    "sounds": "16384-16583",
    "from": "192.0.2.1, 192.0.2.2",
    "trunk": "",
    "country": "UA",
}


class Registrar(asyncio.DatagramProtocol):
    """A trunk that registers whoever asks; ``asked`` are the first lines of what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def connection_made(self, transport):
        self.wire = transport

    def datagram_received(self, data, addr):
        first, *lines = data.decode().split("\r\n")
        self.asked.append(first)
        kept = [
            line for line in lines if line.lower().startswith(("via:", "from:", "to:", "call-id:", "cseq:", "contact:"))
        ]
        self.wire.sendto(
            "\r\n".join(["SIP/2.0 200 OK", *kept, "Expires: 300", "Content-Length: 0", "", ""]).encode(), addr
        )


async def nobody(_leg) -> None:
    """Answers nothing."""


def test_settings_say_where_to_listen_and_from_whom_calls_are_taken():
    place = places.place(AT)

    assert (place.host, place.port, place.sounds) == ("0.0.0.0", 5060, (16384, 16583))
    assert place.only_from == {"192.0.2.1", "192.0.2.2"}
    assert places.trunk("", password="") is None
    assert places.trunk("sip:bureau@trunk.example", password="p") == Trunk(
        user="bureau", host="trunk.example", port=5060, password="p"
    )


@pytest.mark.parametrize(
    "wrong", [{"listen": "5060"}, {"listen": "0.0.0.0:"}, {"sounds": "16384"}, {"sounds": "17000-16000"}]
)
def test_an_address_that_leads_to_none_is_said_so(wrong):
    with pytest.raises(ValueError, match="KINLINE_TELEPHONE_"):
        places.place(AT | wrong)


def test_a_trunk_that_is_no_address_is_said_so():
    with pytest.raises(ValueError, match="KINLINE_TELEPHONE_TRUNK"):
        places.trunk("trunk.example", password="")


def test_a_number_is_kept_with_its_country_and_a_hidden_one_is_none():
    said = ["0501234567", "+380501234567", "00380501234567", "anonymous", "", "101"]

    assert [numbers.caller(each, country="UA") for each in said] == [*["+380501234567"] * 3, "", "", "101"]


def test_the_line_registers_with_its_trunk_and_takes_leave():
    async def story() -> list[str]:
        loop = asyncio.get_running_loop()
        wire, registrar = await loop.create_datagram_endpoint(Registrar, local_addr=(HOST, 0))
        port = wire.get_extra_info("sockname")[1]
        exchange = Exchange(Place(host=HOST, port=0), nobody, trunk=Trunk(user="bureau", host=HOST, port=port))
        await exchange.start()
        await asyncio.sleep(0.2)
        await exchange.stop()
        await asyncio.sleep(0.2)
        wire.close()
        return registrar.asked

    asked = run(story())

    assert [line.split()[0] for line in asked] == ["REGISTER", "REGISTER"]


def test_a_call_from_elsewhere_than_the_trunk_is_turned_away():
    async def story() -> None:
        exchange = Exchange(Place(host=HOST, port=0, only_from=frozenset({"192.0.2.1"})), nobody)
        await exchange.start()
        try:
            async with Caller((HOST, exchange.port)):
                pass
        finally:
            await exchange.stop()

    with pytest.raises(ConnectionError):
        run(story())


def test_no_telephone_is_answered_where_none_is_set_up():
    assert list(telephone.threads(Event())) == []


@pytest.mark.django_db(transaction=True)
def test_the_line_of_the_settings_can_be_tried_by_a_call():
    port, stop = free_port(), Event()
    place = Place(host="0.0.0.0", port=port)
    line = Thread(target=lambda: asyncio.run(telephone.serve(place, trunk=None, stop=stop, pace=20.0)))
    line.start()

    try:
        heard = run(_tried(port))
    finally:
        stop.set()
        line.join()

    assert heard[0][0] == "uk language-1"
    assert heard[-1] == ("en language-1", "For English, press 3.")


async def _tried(port: int) -> list[tuple[str, str]]:
    """Tried again while the line is not there yet."""
    for _try in range(50):
        try:
            return await telephone.heard((HOST, port))
        except (OSError, TimeoutError):
            await asyncio.sleep(0.1)
    raise TimeoutError("the line does not answer")
