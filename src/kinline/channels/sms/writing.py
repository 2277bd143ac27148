"""What the bureau says, as one part of an SMS. What does not fit is refused, never cut: half a sentence misleads.

No link is ever sent: families are cheated by links in messages that pretend to be the bureau's.

Source: 3GPP TS 23.038, 6.2.1 (the GSM alphabet and its extension); 23.040, 9.2.3.24 (140 bytes a part).
"""

import re

from kinline.channels import text
from kinline.channels.base import Outbound, Parcel
from kinrules.refusal import Refused

LATIN_SIGNS, OTHER_SIGNS = 160, 70
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\x0c")
_TELEPHONE = re.compile(r"\+?[0-9]{7,15}")
_LINK = re.compile(
    r"://|\bwww\.|\b[\w-]+\.(?:com|org|net|info|gov|me|ly|io|ua|ru|рф|укр|eu|int)(?:/|\b)", re.IGNORECASE
)


def write(outbound: Outbound) -> Parcel:
    """Return the one part.

    Raises:
        Refused: the text is longer than one part, or holds a link, or the address is no telephone number.
    """
    words = _whole(outbound)
    if not _TELEPHONE.fullmatch(outbound.address):
        raise Refused("channel.sms-address", "this is no telephone number")
    if _LINK.search(words):
        raise Refused("channel.sms-link", "no link is sent by SMS")
    taken, most = size(words)
    if taken > most:
        raise Refused("channel.sms-too-long", f"{taken} signs, and one part carries {most}")
    body: dict[str, object] = {"number": outbound.number, "to": outbound.address, "text": words}
    return Parcel(wire="sms", to=outbound.address, body=body)


def size(words: str) -> tuple[int, int]:
    """Return how many places a text takes, and how many one part has for its letters.

    >>> size("€5"), size("Код 48")
    ((3, 160), (6, 70))
    """
    if set(words) <= _GSM | _EXTENSION:
        return len(words) + sum(sign in _EXTENSION for sign in words), LATIN_SIGNS
    return len(words.encode("utf-16-be")) // 2, OTHER_SIGNS


def _whole(outbound: Outbound) -> str:
    """The text and, after it, the choices with the numbers by which they can be answered."""
    choices = (f"{number} {text.line(words)}" for number, (_key, words) in enumerate(outbound.choices, 1))
    return " ".join([text.readable(outbound.text).strip(), *choices]).strip()
