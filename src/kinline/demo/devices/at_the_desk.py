"""Where the conversations of a family stand at the desk, so that both sides can be looked at together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

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
        address = device.address(family)
        # A call is a conversation of its own, under the caller's number and the call's.
        is_theirs = Q(address=address) | Q(address__startswith=f"{address};")
        held = Conversation.objects.filter(is_theirs, channel=device.channel)
        for each in held.select_related("enquiry"):
            found.append(Stands(device.channel, each.pk, each.enquiry.short if each.enquiry else ""))
    return found
