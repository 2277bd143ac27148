"""E-mail. Pure both ways: from the bytes of one mail to what was said, and from what is said to a whole mail.

Source: RFC 5322 (mail), RFC 2045 (parts), RFC 3464 (bounces), RFC 3834 (automatic answers).
"""

from collections.abc import Collection
from dataclasses import dataclass

from kinline.channels.base import Inbound, Outbound, Parcel
from kinline.channels.email import reading, writing


@dataclass
class Email:
    """The channel. What a bureau sets of it when it starts: who writes, and whose word on senders is believed.

    Attributes:
        sender: the address that our letters come from and answers go to.
        trusted: names (RFC 8601 authserv-id) of the bureau's own mail servers, which take such headers of strangers
            off each mail and write their own. None is trusted until one is named.
    """

    longest: int = 100_000
    confidential: bool = False
    carries_files: bool = True
    sender: str = "bureau@localhost.localdomain"
    trusted: Collection[str] = ()

    def read(self, raw: bytes) -> list[Inbound]:
        """Return the one thing that a mail says."""
        return [reading.read(raw, trusted=self.trusted)]

    def write(self, outbound: Outbound) -> list[Parcel]:
        """Return whole mails that carry the text; one, unless it is longer than ``longest``."""
        return writing.write(outbound, sender=self.sender, longest=self.longest)


CHANNEL = Email()
