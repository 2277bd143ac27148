"""What the bureau says, as a whole mail: plain text, no picture, nothing that tells whether it was opened.

The subject is given; a line end in it, or in anything else, can begin no field of its own. The message id follows from
the number alone, so a repeat after a crash is known for one by every mail program.

Source: RFC 5322 (mail), RFC 2047 (encoded words), RFC 3834, section 3 (marks of automatic answers).
"""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from kinline.channels import text
from kinline.channels.base import Outbound, Parcel
from kinline.channels.email import headers
from kinrules.refusal import Refused

_PLAIN_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,100}")
_POLICY = SMTP.clone(max_line_length=76)


def write(outbound: Outbound, *, sender: str, longest: int) -> list[Parcel]:
    """Return the mails that carry the whole text, in their order.

    Raises:
        Refused: the address is none.
    """
    to = _address(outbound.address)
    parts = text.pieces(_whole(outbound), longest=longest)
    return [
        Parcel(
            wire="smtp",
            to=outbound.address,
            body={
                "sender": sender,
                "message_id": message_id(outbound.number, sender=sender, part=part),
                "message": _mail(outbound, to, words, sender=sender, part=part),
            },
        )
        for part, words in enumerate(parts, 1)
    ]


def message_id(number: str, *, sender: str, part: int = 1) -> str:
    """Return the message id of the letter with that number; the same each time.

    >>> message_id("4711", sender="bureau@example.org"), message_id("4711", sender="bureau@example.org", part=2)
    ('<4711@example.org>', '<4711.part2@example.org>')
    """
    plain = number if _PLAIN_NUMBER.fullmatch(number) else sha256(number.encode("utf-8", "replace")).hexdigest()
    return f"<{plain}{f'.part{part}' if part > 1 else ''}@{sender.rpartition('@')[2] or 'localhost'}>"


def _whole(outbound: Outbound) -> str:
    """The text, and under it the choices with the numbers by which they can be answered."""
    words = text.readable(outbound.text)
    if not outbound.choices:
        return words
    lines = (f"{number}. {text.line(choice)}" for number, (_key, choice) in enumerate(outbound.choices, 1))
    return "\n".join([words, "", *lines])


def _address(address: str) -> Address:
    found = headers.addresses(address)
    if len(found) != 1 or found[0].casefold() != address.casefold():
        raise Refused("channel.email-address", "this is no single e-mail address")
    before, _at, domain = address.rpartition("@")
    return Address(username=before, domain=domain)


def _mail(outbound: Outbound, to: Address, words: str, *, sender: str, part: int) -> str:
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = text.line(outbound.subject)
    if outbound.at is not None:
        mail["Date"] = format_datetime(outbound.at)
    mail["Message-ID"] = message_id(outbound.number, sender=sender, part=part)
    answered = headers.message_ids(outbound.answers)
    if answered:
        mail["In-Reply-To"] = answered[0]
        mail["References"] = answered[0]
    mail["Auto-Submitted"] = "auto-replied" if answered else "auto-generated"
    mail.set_content(words, charset="utf-8", cte="base64" if _is_mostly_not_ascii(words) else "quoted-printable")
    mail["Content-Language"] = re.sub(r"[^A-Za-z-]", "", outbound.language) or "uk"
    return mail.as_string()


def _is_mostly_not_ascii(words: str) -> bool:
    return sum(sign > "\x7f" for sign in words) * 6 > len(words)
