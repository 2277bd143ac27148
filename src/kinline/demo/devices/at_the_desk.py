"""Where the conversations of a family stand at the desk, so that both sides can be looked at together."""

from collections.abc import Iterable
from dataclasses import dataclass

from kinline.demo.devices.device import Device
from kinline.intake.models import Conversation
from kinrules.terms import Channel


@dataclass(frozen=True)
class Stands:
    """A conversation by its number, and the enquiry that it belongs to, if any yet."""

    channel: Channel
    number: int
    enquiry: str


def conversations(devices: Iterable[Device], family: int) -> list[Stands]:
    """The conversations that the house holds with this family, in the order of the devices."""
    found = []
    for device in devices:
        held = Conversation.objects.filter(channel=device.channel, address=device.address(family))
        for each in held.select_related("enquiry"):
            found.append(Stands(device.channel, each.pk, each.enquiry.short if each.enquiry else ""))
    return found
