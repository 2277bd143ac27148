"""Telegram. Its servers see whatever is written here: nothing that may harm is asked or told on this channel.

Source: Telegram Bot API, https://core.telegram.org/bots/api
"""

from collections.abc import Sequence

from kinline.channels.base import Inbound, Outbound, Parcel
from kinline.channels.telegram import read, write


class Telegram:
    """What the bureau hears and says through its bot."""

    longest = write.LONGEST
    confidential = False
    carries_files = True

    def read(self, raw: bytes) -> list[Inbound]:
        """Return what one update says; a whole answer to ``getUpdates`` is read as its updates."""
        return read.inbounds(raw)

    def write(self, outbound: Outbound) -> list[Parcel]:
        """Return the messages that carry the whole text, the buttons under the last."""
        return write.parcels(outbound)

    def forget(self, marks: Sequence[str]) -> list[Parcel]:
        """Return what deletes messages from their chats; Telegram lets a bot do so for 48 hours."""
        return write.forget(marks)


CHANNEL = Telegram()
