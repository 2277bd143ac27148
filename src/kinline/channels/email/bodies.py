"""The bytes of one part of a mail, freed from the form it was sent in. Broken forms give what can be had.

Source: RFC 2045, section 6 (base64, quoted-printable); POSIX uuencode.
"""

import base64
import binascii
import re
from email.message import Message
from quopri import decodestring

from kinline.channels import text
from kinline.channels.email import headers
from kinline.channels.email.charsets import decode

_UUENCODED = {"x-uuencode", "uuencode", "uue", "x-uue"}
_LABEL = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


def content(part: Message) -> bytes:
    """Return the bytes of a part that has no parts."""
    payload = _payload(part)
    if not isinstance(payload, str):
        return b""
    raw = payload.encode("utf-8", "surrogateescape")
    form = re.match(r"[\w-]*", headers.first(part, "content-transfer-encoding").strip(" \"'").lower())
    match form[0] if form else "":
        case "base64":
            return _base64(raw)
        case "quoted-printable":
            return decodestring(raw)
        case name if name in _UUENCODED:
            return _uuencoded(raw)
        case _:
            return raw


def inside(part: Message) -> list[Message]:
    """Return the parts that a part holds, none where it holds bytes."""
    payload = _payload(part)
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _payload(part: Message) -> object:
    """What the parser left, as it came. ``get_payload`` decodes it on the way, replaces bytes that do not fit their
    label before anybody has looked at them, and raises on some labels.
    """
    return getattr(part, "_payload", None)


def text_of(part: Message) -> str:
    """Return the text of a part by its label, or by what it says of itself where it is HTML."""
    raw = content(part)
    stated = headers.parameters(next(iter(headers.fields(part, "content-type")), ""))
    label = stated.get("charset", "")
    if not label and (said := _LABEL.search(raw[:4_000])):
        label = said[1].decode("ascii", "replace")
    words = decode(raw, label)
    if stated.get("format", "").lower() == "flowed" and headers.kind(part) == "text/plain":
        return flowed(words, is_blank_dropped=stated.get("delsp", "").lower() == "yes")
    return words


def flowed(words: str, *, is_blank_dropped: bool = False) -> str:
    """Return a text whose lines were broken to fit a screen, its paragraphs whole again. Source: RFC 3676, section 4.

    >>> flowed("1. Коваль \\nАндрій\\n> one \\n> two\\n-- \\nМарія")
    '1. Коваль Андрій\\n> one two\\n-- \\nМарія'
    """
    paragraphs: list[str] = []
    depth_above, goes_on = -1, False
    for line in text.readable(words).split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        said = line[depth:].removeprefix(" ")
        if goes_on and depth == depth_above:
            paragraphs.append(said)
        else:
            paragraphs.append(("\n" if depth_above >= 0 else "") + (">" * depth + " " if depth else "") + said)
        goes_on = said.endswith(" ") and said != "-- "
        if goes_on and is_blank_dropped:
            paragraphs[-1] = paragraphs[-1][:-1]
        depth_above = depth
    return "".join(paragraphs)


def _base64(raw: bytes) -> bytes:
    """Read what is base64, and keep it all as it stands where that is less than half of it."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    rest = len(letters) % 4
    try:
        read = base64.b64decode((letters[:-1] if rest == 1 else letters) + b"=" * (-rest % 4 if rest != 1 else 0))
    except (binascii.Error, ValueError):
        return raw
    return read if len(letters) * 2 > len(raw.strip()) else raw


def _uuencoded(raw: bytes) -> bytes:
    lines = raw.splitlines()
    begins = next((at for at, each in enumerate(lines) if each.startswith(b"begin ")), -1)
    read = bytearray()
    for each in lines[begins + 1 :]:
        if each.strip() in {b"end", b"`"}:
            break
        read += _uuencoded_line(each)
    return bytes(read) or raw


def _uuencoded_line(each: bytes) -> bytes:
    """One line; some programs leave blanks at its end, and some add a sign."""
    if not each:
        return b""
    length = ((each[0] - 32) & 63) * 4 // 3 + 5
    try:
        return binascii.a2b_uu(each[:length].rstrip(b"\r\n"))
    except (binascii.Error, ValueError):
        return b""


def whole(mail: Message) -> bytes:
    """Return a letter that came inside another as bytes; what cannot be written again is left out."""
    try:
        return mail.as_bytes()
    except (UnicodeError, LookupError, ValueError, KeyError, TypeError, AttributeError):
        lines = [f"{name}: {value}" for name, value in mail.raw_items()]
        return "\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + content(mail)
