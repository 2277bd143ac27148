"""What the bureau says, as a whole mail: plain text, no picture, nothing that tells whether it was opened.

The subject is given; a line end in it, or in anything else, can begin no field of its own. The message id follows from
the number alone, so a repeat after a crash is known for one by every mail program.

Source: RFC 5322 (mail), RFC 2047 (encoded words), RFC 3834, section 3 (marks of automatic answers).
"""

import base64
import quopri
import re
from email.utils import format_datetime
from hashlib import sha256

from kinline.channels import text
from kinline.channels.base import Outbound, Parcel
from kinline.channels.email import headers
from kinrules.refusal import Refused

_PLAIN_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,100}")
_LONGEST_WORD, _LONGEST_LINE = 45, 500


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


def _address(address: str) -> str:
    found = headers.addresses(address)
    if len(found) != 1 or found[0].casefold() != address.casefold():
        raise Refused("channel.email-address", "this is no single e-mail address")
    return address


def _mail(outbound: Outbound, to: str, words: str, *, sender: str, part: int) -> str:
    """The whole mail. Its fields are put together here: the ``email`` package loses blanks between long words."""
    answered = headers.message_ids(outbound.answers)[:1]
    fields = {
        "From": text.line(sender),
        "To": to,
        "Subject": _field(text.line(outbound.subject)),
        "Date": "" if outbound.at is None else format_datetime(outbound.at),
        "Message-ID": message_id(outbound.number, sender=sender, part=part),
        "In-Reply-To": "".join(answered),
        "References": "".join(answered),
        "Auto-Submitted": "auto-replied" if answered else "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "base64" if _is_mostly_not_ascii(words) else "quoted-printable",
        "Content-Language": re.sub(r"[^A-Za-z-]", "", outbound.language)[:20],
    }
    head = [f"{name}: {value}" for name, value in fields.items() if value]
    raw = words.encode()
    body = base64.encodebytes(raw) if _is_mostly_not_ascii(words) else quopri.encodestring(raw)
    return "\r\n".join([*head, "", *body.decode("ascii").split("\n")])


def _field(words: str) -> str:
    """A field's words in ASCII: as they are, or as encoded words of whole letters, one a line."""
    if words.isascii() and "=?" not in words and len(words) < _LONGEST_LINE:
        return words
    coded = [base64.b64encode(part.encode()).decode("ascii") for part in _short(words)]
    return "\r\n ".join(f"=?utf-8?b?{each}?=" for each in coded)


def _short(words: str) -> list[str]:
    """Parts whose bytes fit into an encoded word of 75 signs."""
    parts = [""]
    for sign in words:
        if len((parts[-1] + sign).encode()) > _LONGEST_WORD:
            parts.append("")
        parts[-1] += sign
    return parts


def _is_mostly_not_ascii(words: str) -> bool:
    return sum(sign > "\x7f" for sign in words) * 6 > len(words)
