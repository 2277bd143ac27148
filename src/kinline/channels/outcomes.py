"""What became of one parcel on its wire. The outbox decides what follows from it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """The other side has it. ``mark`` is what it calls the message now; "" where it calls it nothing."""

    mark: str = ""


@dataclass(frozen=True)
class RetryAfter:
    """The other side asks us to wait."""

    seconds: float


@dataclass(frozen=True)
class Refused:
    """This parcel will never arrive as it is: a person looks at it. ``reason`` is a code, not the others' words."""

    reason: str


@dataclass(frozen=True)
class Unreachable:
    """Nothing is known to have arrived, and the parcel is not to blame: try again later. ``reason`` is a code."""

    reason: str


@dataclass(frozen=True)
class Fetched:
    """A whole file."""

    content: bytes


Outcome = Sent | RetryAfter | Refused | Unreachable
