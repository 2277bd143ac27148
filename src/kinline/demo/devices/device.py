"""What a device is: it shows a family what was said, and does what the family does with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from kinrules.terms import Channel

Sentence = str | Promise
BUREAU = "bureau@bureau.example"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing on the screen. ``mine``: the family said it; ``buttons`` are what may be pressed under it."""

    words: Sentence
    mine: bool
    at: datetime
    subject: str = ""
    buttons: tuple[str, ...] = ()


class Device(Protocol):
    """One device of every invented family; families are told apart by their number.

    Attributes:
        channel: the channel whose other end it is; its page is the template ``demo/device_<channel>.html``.
        settings: what the house must be told to reach it, by the names of its settings.
    """

    channel: Channel
    settings: Mapping[str, str]

    def address(self, family: int) -> str:
        """The address under which the house knows the family on this channel."""

    def lines(self, family: int) -> list[Line]:
        """What the family sees, the oldest first."""

    def acts(self, family: int, form: Mapping[str, str]) -> None:
        """Do what the family did, as the fields of the page's form say; nothing where they say nothing."""


def number_of(family: int) -> str:
    """The number of the family's telephone; of those that no network gives out."""
    return f"+38000{family:07d}"
