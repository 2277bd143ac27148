"""The telephone, answered by ourselves or through a provider of calls: spoken texts, keys, a recorded voice.

What comes in is one step of a call: a line of JSON, and after it the recording as a WAV file where there is one.

    {"call": "the call's own number", "step": 3, "line": "main", "from": "+380001234567", "keys": "14032001"}

``keys`` is what was pressed, ``code_hash`` the hash of a case code that was (its digits are nowhere kept), ``silence``
that nothing was heard, ``remote`` the recording that lies with a provider. What is written goes to the wire ``line``:
the prompts to be said one after the other, and what is listened for then. A caller's number is a hint and no proof:
each call is a conversation of its own.

Source: RFC 4733 (keys in RTP), ITU-T E.161 (the keys).
"""

from dataclasses import dataclass

from kinline.channels.base import Inbound, Outbound, Parcel
from kinline.channels.telephone import reading, writing


@dataclass(frozen=True)
class Telephone:
    """The channel. Whoever runs the network can listen."""

    longest: int = writing.LONGEST
    confidential: bool = False
    carries_files: bool = True

    def read(self, raw: bytes) -> list[Inbound]:
        """Return the one thing that was pressed or said."""
        return [reading.read(raw)]

    def write(self, outbound: Outbound) -> list[Parcel]:
        """Return the prompts that say the whole text; a text that is too long is refused."""
        return [writing.write(outbound)]


CHANNEL = Telephone()
