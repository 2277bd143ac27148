"""What every channel makes of the bytes that reach it, and what it is given to carry away.

A channel is a folder beside this file. Its ``CHANNEL`` has two pure methods, ``read`` and ``write``, and says as
attributes what it can carry, so that rules may ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

SHARE_NUMBER = "share"
"""The key, or what stands in it behind the last colon, of the choice by which one sends one's own telephone number."""


class Kind(StrEnum):
    """What a piece of post is."""

    MESSAGE = "message"  # somebody says something
    BOUNCE = "bounce"  # a letter of ours could not be delivered
    AUTO = "auto"  # a machine answers: out of office, a mailing list, a receipt
    IGNORED = "ignored"  # of a kind that carries no words to us
    UNREADABLE = "unreadable"  # kept whole, and shown to a person


@dataclass(frozen=True)
class Attachment:
    """A file that came with a message. ``content`` is empty where the bytes must still be fetched by ``remote_id``."""

    name: str
    type: str
    size: int
    content: bytes = b""
    remote_id: str = ""


@dataclass(frozen=True)
class Inbound:
    """One thing said to the bureau, as its channel understands it.

    Attributes:
        wire_id: what the channel calls this delivery; the same delivery always has the same one, and never none.
        address: where the sender can be answered on this channel; "" where nowhere.
        text: what was said, without what was only quoted.
        quoted: what was said earlier and came along, and signatures.
        language: a hint of the sender's language, as a code of two letters, or "".
        authenticated: whether the channel vouches for the sender.
        about: the wire id or the mark of the earlier message this one edits, answers or says was not delivered; or "".
        answer: the key of the button or the number that was pressed, where the channel has such.
        mark: what the channel calls the message itself, by which it is edited (``about`` is then the same) or deleted.
        album: what is the same in all messages that were sent as one, as photographs of one paper are; or "".
        phone: a telephone number that the channel says is the sender's own; only a hint; or "".
        notice: why a piece of post without words still asks for something; each channel names its own; or "".
    """

    wire_id: str
    address: str = ""
    text: str = ""
    kind: Kind = Kind.MESSAGE
    subject: str = ""
    quoted: str = ""
    attachments: tuple[Attachment, ...] = ()
    language: str = ""
    authenticated: bool = False
    about: str = ""
    answer: str = ""
    mark: str = ""
    album: str = ""
    phone: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Outbound:
    """What the bureau says to somebody: a text, choices to pick from, and the number by which a repeat is known."""

    number: str
    address: str
    text: str
    subject: str = ""
    language: str = "uk"
    choices: tuple[tuple[str, str], ...] = ()  # key and words of each
    answers: str = ""  # the wire id of what is answered
    at: datetime | None = None  # when it was written, for channels whose letters are dated


@dataclass(frozen=True)
class Parcel:
    """One delivery as a wire carries it. ``body`` is what the wire's protocol sends."""

    wire: str
    to: str
    body: dict[str, object] = field(default_factory=dict)


class Channel(Protocol):
    """What a folder of a channel offers as ``CHANNEL``."""

    longest: int  # letters one parcel carries
    confidential: bool  # whether nobody between reads along
    carries_files: bool

    def read(self, raw: bytes) -> list[Inbound]:
        """Return what was said. Never raises: what cannot be read is ``Kind.UNREADABLE``."""

    def write(self, outbound: Outbound) -> list[Parcel]:
        """Return the parcels that carry the whole text, in their order."""


@runtime_checkable
class Forgets(Protocol):
    """What a channel offers besides if messages can be deleted from its chats."""

    def forget(self, marks: Sequence[str]) -> list[Parcel]:
        """Return the parcels that delete messages by their marks, one each."""
