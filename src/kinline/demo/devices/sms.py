"""A telephone with SMS, behind the stand-in of a provider that is asked for what came in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from secrets import token_hex

from kinline.demo import sms_gateway
from kinline.demo.devices.device import Line, number_of
from kinline.demo.sms_gateway.phones import Network, Phone
from kinline.demo.sms_gateway.server import serving
from kinrules.terms import Channel

OURS, SECRET = "+000500", "stand-in"


class Sms:
    """The device; every family has a number of its own."""

    channel = Channel.SMS

    def __init__(self, network: Network, *, address: str, clock: Callable[[], datetime]) -> None:
        self._network, self._clock = network, clock
        self._written: dict[int, list[tuple[int, Line]]] = {}
        self._came: dict[int, list[datetime]] = {}
        self.settings: Mapping[str, str] = {
            "KINLINE_SMS_PROVIDER": str(files(sms_gateway) / "asked.toml"),
            "KINLINE_SMS_ADDRESS": address,
            "KINLINE_SMS_SECRET": SECRET,
            "KINLINE_SMS_NUMBER": OURS,
        }

    def address(self, family: int) -> str:
        """The telephone's number."""
        return number_of(family)

    def lines(self, family: int) -> list[Line]:
        """Every SMS, those of the family after what it had read when it wrote them."""
        came = self._phone(family).reads()
        seen = self._came.setdefault(family, [])
        seen += [self._clock()] * (len(came) - len(seen))
        theirs = [(place, Line(words=words, mine=False, at=seen[place])) for place, words in enumerate(came)]
        own = [(after - 0.5, line) for after, line in self._written.get(family, [])]
        return [line for _place, line in sorted([*theirs, *own], key=lambda one: one[0])]

    def acts(self, family: int, form: Mapping[str, str]) -> None:
        """Send an SMS."""
        words = form.get("words", "").strip()
        if words:
            phone = self._phone(family)
            line = Line(words=words, mine=True, at=self._clock())
            self._written.setdefault(family, []).append((len(phone.reads()), line))
            phone.writes(words)

    def _phone(self, family: int) -> Phone:
        return Phone(self._network, self.address(family))


@contextmanager
def standing(*, clock: Callable[[], datetime]) -> Iterator[Sms]:
    """The device, for as long as the block lasts."""
    network = Network(secret=SECRET, hook_secret=SECRET, ours=OURS, run=f"{token_hex(4)}-")
    with serving(network) as address:
        yield Sms(network, address=address, clock=clock)
