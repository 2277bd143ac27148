"""Outlook's winmail.dat: the letter and the files that are packed into it.

Read with bounds: lengths are checked before they are believed, and what is broken ends the reading, so that what was
read until then is kept.

Source: [MS-OXTNEF] (attributes), [MS-OXCDATA] 2.11 (property values), [MS-OXRTFCP] (compressed RTF).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from kinline.channels.email.charsets import decode

SIGNATURE = b"\x78\x9f\x3e\x22"
_BODY, _MESSAGE, _CODEPAGE = 0x2800C, 0x69003, 0x69007
_STARTS, _TITLE, _CONTENT, _PROPERTIES = 0x69002, 0x18010, 0x6800F, 0x69005
_TEXT, _HTML, _RTF = 0x1000, 0x1013, 0x1009
_LONG_NAME, _SHORT_NAME, _MIME, _BYTES = 0x3707, 0x3704, 0x370E, 0x3701
_STRING8, _STRING, _BINARY, _OBJECT = 0x1E, 0x1F, 0x102, 0x0D
_WIDTHS = {0x02: 2, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 2, 0x14: 8, 0x40: 8, 0x48: 16}
_MULTIPLE, _NAMED = 0x1000, 0x8000
_MOST = 1_000
_RTF_LIMIT = 8_000_000
_LZFU = b"LZFu"
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par "
    rb"\pard\plain\f0\fs20\b\i\u\tab\tx"
)


@dataclass
class File:
    """A file that was packed in."""

    name: str = ""
    type: str = ""
    content: bytes = b""


@dataclass
class Packed:
    """What was packed in: the letter as text and as HTML, "" where it has no such form, and the files."""

    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)


def unpack(raw: bytes) -> Packed | None:
    """Return what ``raw`` holds, or None where it is no such file. Never raises."""
    if not raw.startswith(SIGNATURE):
        return None
    packed, charset, rtf = Packed(), "cp1251", b""
    for attribute, content in _attributes(raw):
        if attribute == _CODEPAGE and len(content) >= 4:
            charset = f"cp{struct.unpack_from('<I', content)[0]}"
        elif attribute == _BODY:
            packed.text = _string8(content, charset)
        elif attribute == _MESSAGE:
            for name, value, kind in _properties(content):
                rtf = value if name == _RTF else rtf
                _take_letter(packed, name, _text(value, kind, charset))
        elif attribute == _STARTS:
            packed.files.append(File())
        elif packed.files:
            _take_file(packed.files[-1], attribute, content, charset)
    if rtf and not packed.text and not packed.html and (plain := _uncompressed(rtf)):
        packed.files.append(File("letter.rtf", "application/rtf", plain))
    packed.files = [each for each in packed.files if each.content or each.name]
    return packed


def _take_letter(packed: Packed, name: int, value: str) -> None:
    if name == _TEXT:
        packed.text = value
    elif name == _HTML:
        packed.html = value


def _take_file(file: File, attribute: int, content: bytes, charset: str) -> None:
    if attribute == _TITLE:
        file.name = file.name or _string8(content, charset)
    elif attribute == _CONTENT:
        file.content = content
    elif attribute == _PROPERTIES:
        for name, value, kind in _properties(content):
            if name == _LONG_NAME or (name == _SHORT_NAME and not file.name):
                file.name = _text(value, kind, charset)
            elif name == _MIME:
                file.type = _text(value, kind, charset)
            elif name == _BYTES and not file.content:
                file.content = value[16:] if kind == _OBJECT else value  # an object begins with its class


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Each attribute: its number and content. Checksums are passed over: a letter is read even if one is wrong."""
    at = 6
    for _count in range(_MOST * 10):
        if at + 9 > len(raw):
            return
        level, attribute, length = struct.unpack_from("<BII", raw, at)
        if level not in {1, 2} or at + 9 + length > len(raw):
            return
        yield attribute, raw[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(content: bytes) -> list[tuple[int, bytes, int]]:
    """Each property that has one value: its number, value and type."""
    found: list[tuple[int, bytes, int]] = []
    try:
        count = min(struct.unpack_from("<I", content)[0], _MOST)
        at = 4
        for _number in range(count):
            kind, name = struct.unpack_from("<HH", content, at)
            at = _past_name(content, at + 4) if name >= _NAMED else at + 4
            values, at = _values(content, at, kind)
            if values:
                found.append((name, values[0], kind & ~_MULTIPLE))
    except (struct.error, ValueError, IndexError):
        return found
    return found


def _past_name(content: bytes, at: int) -> int:
    """Where a named property's value begins: after a set of 16 bytes, and a number or a padded string."""
    (is_string,) = struct.unpack_from("<I", content, at + 16)
    if not is_string:
        return at + 24
    (length,) = struct.unpack_from("<I", content, at + 20)
    return at + 24 + _padded(length)


def _values(content: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    base = kind & ~_MULTIPLE
    width = _WIDTHS.get(base)
    if width is not None:
        count = 1
        if kind & _MULTIPLE:
            (count,) = struct.unpack_from("<I", content, at)
            at += 4
        end = at + count * max(width, 4)
        if end > len(content):
            raise ValueError("a property reaches past its end")
        return [content[at : at + width]], end
    if base not in {_STRING8, _STRING, _BINARY, _OBJECT}:
        raise ValueError("a property of a type nobody uses")
    (count,) = struct.unpack_from("<I", content, at)
    at += 4
    values = []
    for _number in range(min(count, _MOST)):
        (length,) = struct.unpack_from("<I", content, at)
        if at + 4 + length > len(content):
            raise ValueError("a property reaches past its end")
        values.append(content[at + 4 : at + 4 + length])
        at += 4 + _padded(length)
    return values, at


def _padded(length: int) -> int:
    return (length + 3) & ~3


def _text(value: bytes, kind: int, charset: str) -> str:
    if kind == _STRING:
        return value.decode("utf-16-le", "replace").partition("\x00")[0]
    return _string8(value, charset)


def _string8(value: bytes, charset: str) -> str:
    return decode(value.rstrip(b"\x00"), charset)


def _uncompressed(rtf: bytes) -> bytes:
    """RTF as Outlook compresses it, back as it was, so that any word processor opens it."""
    if len(rtf) < 16:
        return b""
    _size, length, form, _sum = struct.unpack_from("<II4sI", rtf)
    if form != _LZFU:
        return rtf[16 : 16 + length]
    ring = bytearray(_DICTIONARY.ljust(4096, b"\x00"))
    write, at, out = len(_DICTIONARY), 16, bytearray()
    while at < len(rtf) and len(out) < min(length, _RTF_LIMIT):
        flags = rtf[at]
        at += 1
        for bit in range(8):
            if at + (flags >> bit & 1) >= len(rtf):
                return bytes(out)
            if flags >> bit & 1:
                token = rtf[at] << 8 | rtf[at + 1]
                at += 2
                if token >> 4 == write:
                    return bytes(out)
                signs = [(token >> 4) + step for step in range((token & 15) + 2)]
            else:
                signs = []
                ring[write] = rtf[at]
                out.append(rtf[at])
                write = (write + 1) % 4096
                at += 1
            for place in signs:
                sign = ring[place % 4096]
                ring[write] = sign
                out.append(sign)
                write = (write + 1) % 4096
    return bytes(out)
