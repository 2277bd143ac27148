"""SMS through any gateway: one part in, one part out. Every network on the way can read it.

A gateway's adapter posts what it received as JSON, or as a form, with these fields and no others needed:

    {"id": "the gateway's own number", "from": "+380001234567", "text": "the words", "at": "2026-11-23T01:02:03Z"}

``at`` is kept with the original and not looked at here. A report of what became of a message of ours has ``about``, as
the gateway calls that message, and ``state``. Other names are told by ``provider``. What is written goes to the wire
``sms`` as ``{"number": ..., "to": ..., "text": ...}``; a gateway that is given the same number twice may drop the
second.

Source: 3GPP TS 23.038 (alphabets), 23.040 (lengths).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kinline.channels.base import Inbound, Outbound, Parcel
from kinline.channels.sms import reading, writing


@dataclass
class Sms:
    """The channel. What a bureau sets of it when it starts is how its gateway calls things.

    Attributes:
        longest: counts letters outside the Latin alphabet; of Latin ones alone 160 fit in.
        names: the gateway's words for ``id``, ``from``, ``text``, ``about`` and ``state``.
        undelivered: what it says of a message that will not arrive, in small letters.
        vouched: whether the gateway is believed on who sent a message. It must not be where it takes messages from
            elsewhere than the networks of telephones, for there anybody can write any sender.
    """

    longest: int = 70
    confidential: bool = False
    carries_files: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    undelivered: Collection[str] = ()
    vouched: bool = False

    def read(self, raw: bytes) -> list[Inbound]:
        """Return the one thing that was said."""
        terms = reading.Terms(names=self.names, undelivered=self.undelivered, vouched=self.vouched)
        return [reading.read(raw, terms)]

    def write(self, outbound: Outbound) -> list[Parcel]:
        """Return one part; a text that does not fit in one, or holds a link, is refused."""
        return [writing.write(outbound)]


CHANNEL = Sms()
