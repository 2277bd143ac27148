"""SMS through any gateway: one part in, one part out. Every network on the way can read it.

A gateway's adapter posts what it received as JSON, or as a form, with these fields and no others needed:

    {"id": "the gateway's own number", "from": "+380001234567", "text": "the words", "at": "2026-11-23T01:02:03Z"}

``at`` is kept with the original and not looked at here. What is written goes to the wire ``sms`` as
``{"number": ..., "to": ..., "text": ...}``; a gateway that is given the same number twice may drop the second.

Source: 3GPP TS 23.038 (alphabets), 23.040 (lengths).
"""

from dataclasses import dataclass

from kinline.channels.base import Inbound, Outbound, Parcel
from kinline.channels.sms import reading, writing


@dataclass(frozen=True)
class Sms:
    """The channel. ``longest`` counts letters outside the Latin alphabet; of Latin ones alone 160 fit in."""

    longest: int = 70
    confidential: bool = False
    carries_files: bool = False

    def read(self, raw: bytes) -> list[Inbound]:
        """Return the one thing that was said."""
        return [reading.read(raw)]

    def write(self, outbound: Outbound) -> list[Parcel]:
        """Return one part; a text that does not fit in one, or holds a link, is refused."""
        return [writing.write(outbound)]


CHANNEL = Sms()
