"""The page of a family's devices, and the parts of it that change."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from kinline.demo import officers
from kinline.demo.devices import at_the_desk
from kinline.demo.devices.device import Device
from kinline.enquiries.messages.desk import CHANNELS

LANGUAGES = {"uk": "Українська", "ru": "Русский", "en": "English"}
DESK = "desk"


def whole(devices: Iterable[Device], *, family: int, language: str, desk: str) -> str:
    """The whole page. ``desk`` is the address of the staff's site."""
    shown = tuple(devices)
    with translation.override(language):
        parts = [_device(each, family) for each in shown]
        context = {
            "devices": [part | {"form": f"demo/device_{part['channel']}.html"} for part in parts],
            "desk": _desk(shown, family, desk=desk),
            "family": family,
            "language": language,
            "languages": LANGUAGES.items(),
            "sign_ins": officers.sign_ins(),
        }
        return render_to_string("demo/devices.html", context)


def screen(device: Device, *, family: int, language: str) -> str:
    """What stands on the screen of one device now."""
    with translation.override(language):
        return str(_device(device, family)["screen"])


def beside(devices: Iterable[Device], *, family: int, language: str, desk: str) -> str:
    """Where the family's conversations stand at the desk now."""
    with translation.override(language):
        return str(_desk(devices, family, desk=desk)["screen"])


def mark(part: str) -> str:
    """Tells whether a part is still what it was."""
    return sha256(part.encode()).hexdigest()[:16]


def _device(device: Device, family: int) -> dict[str, Any]:
    lines = device.lines(family)
    said = {
        "lines": lines,
        "channel": device.channel.value,
        "family": family,
        "language": translation.get_language(),
        "buttons": any(line.buttons for line in lines),
    }
    drawn = render_to_string("demo/screen.html", said)
    named = {"name": CHANNELS[device.channel], "address": device.address(family)}
    return said | named | {"screen": drawn, "mark": mark(drawn)}


def _desk(devices: Iterable[Device], family: int, *, desk: str) -> dict[str, str]:
    held = [(CHANNELS[each.channel], each) for each in at_the_desk.conversations(devices, family)]
    enquiries = {each.enquiry for _name, each in held}
    together = len(held) > 1 and len(enquiries) == 1 and "" not in enquiries
    said = {"held": held, "desk": desk, "together": together}
    drawn = render_to_string("demo/at_the_desk.html", said)
    return {"screen": drawn, "mark": mark(drawn)}
