"""The header of a mail as it came, read one field at a time; nothing in it can raise.

The ``email`` package parses fields only when asked, and raises then on many that come in practice. So its raw fields
are taken here, and read by these few functions.

Source: RFC 5322 (fields, addresses, message ids); RFC 2047 (encoded words); RFC 2231 (parameters); RFC 6532 (UTF-8).
"""

import base64
import binascii
import re
from email.message import Message
from email.utils import getaddresses
from itertools import islice
from quopri import decodestring
from urllib.parse import unquote_to_bytes

from kinline.channels import text
from kinline.channels.email.charsets import decode

_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\r\n]*)\?=")
_BETWEEN = re.compile(r"(?<=\?=)[ \t\r\n]+(?==\?[^?\s]{1,40}\?[bBqQ]\?)")
_PARAMETER = re.compile(
    r""";\s*([^\s=;*"]{1,60})(\*\d{1,3})?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))""",
    re.DOTALL,
)
_ID = re.compile(r"<([^<>\s]{1,250})>")
_BARE_ID = re.compile(r"^[^<>\s,;]{1,250}@[^<>\s,;]{1,250}$")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\\\"@\x00-\x1f]{1,64}@[^\s<>()\[\],;:\\\"@\x00-\x1f]{1,255}")
_AROUND = re.compile(r"\s*([@.])\s*(?=\S)")
# How many fields are looked at; how much is read of one, and of one that is taken apart.
_MOST, _LONGEST, _ENOUGH = 2_000, 20_000, 4_000


def fields(mail: Message, name: str) -> list[str]:
    """Return every field of that name as it stands, unfolded; bytes beyond ASCII are lone halves of signs."""
    return [
        re.sub(r"\r?\n(?=[ \t])|[\r\n]", "", str(value))[:_LONGEST]
        for key, value in islice(mail.raw_items(), _MOST)
        if key.strip().lower() == name
    ]


def first(mail: Message, name: str) -> str:
    """Return the first field of that name as text, or ""."""
    return next((words(value) for value in fields(mail, name)), "")


def words(value: str) -> str:
    """Return the text of a field: encoded words and bytes of unknown charset read.

    >>> words("=?koi8-u?B?+9XLwcA=?= =?koi8-u?Q?_=D3=C9=CE=C1?= now")
    'Шукаю сина now'
    """
    joined: list[tuple[str, bytes]] = []
    value = _BETWEEN.sub("", value)
    end = 0
    for match in _WORD.finditer(value):
        _add(joined, "", _bytes(value[end : match.start()]))
        _add(joined, match[1], _encoded(match[2], match[3]))
        end = match.end()
    _add(joined, "", _bytes(value[end:]))
    return text.line("".join(decode(raw, charset) for charset, raw in joined))


def parameters(value: str) -> dict[str, str]:
    """Return the parameters of a structured field by their names in small letters, parts joined.

    >>> parameters("attachment; filename*0*=koi8-u''%D3%C9; filename*1*=%CE.pdf")
    {'filename': 'син.pdf'}
    """
    plain: dict[str, str] = {}
    parts: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, number, star, quoted, bare in _PARAMETER.findall(";" + value[:_ENOUGH].partition(";")[2]):
        content = re.sub(r"\\(.)", r"\1", quoted) if quoted else bare.strip()
        if number or star:
            parts.setdefault(name.lower(), {})[int(number[1:] or 0) if number else 0] = (bool(star), content)
        else:
            plain.setdefault(name.lower(), content)
    read = {name: words(content) for name, content in plain.items()}
    return read | {name: _joined(numbered) for name, numbered in parts.items()}


def kind(mail: Message) -> str:
    """Return the content type in small letters, as ``text/plain`` where it is missing or no type."""
    value = next(iter(fields(mail, "content-type")), "")
    found = re.match(r"\s*([\w.+-]{1,80}/[\w.+-]{1,80})", value)
    if found:
        return found[1].lower()
    return "multipart/mixed" if mail.is_multipart() else "text/plain"


def addresses(value: str) -> list[str]:
    """Return the addresses in a field, in their order, in small letters after the @.

    What stands before is left alone: only the server it belongs to knows whether its letters may be changed.

    >>> addresses('"Коваль, М." <Maria@EXAMPLE.org>, petro @ example.org')
    ['Maria@example.org', 'petro@example.org']
    """
    value = _bytes(value[:_ENOUGH]).decode("utf-8", "replace")
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        pairs = []
    found = [_AROUND.sub(r"\1", address.strip()) for _name, address in pairs if "@" in address]
    if not any(_ADDRESS.fullmatch(address) for address in found):
        found = _ADDRESS.findall(_AROUND.sub(r"\1", value))
    good = [address for address in found if _ADDRESS.fullmatch(address)]
    return [f"{before}@{domain.lower().rstrip('.')}" for before, _at, domain in (each.rpartition("@") for each in good)]


def message_ids(value: str) -> list[str]:
    """Return the message ids in a field, each in its angle brackets.

    >>> message_ids("<a@x> rubbish <b@y>"), message_ids("c@z")
    (['<a@x>', '<b@y>'], ['<c@z>'])
    """
    value = text.readable(_bytes(value).decode("utf-8", "replace"))
    found = _ID.findall(value) or ([value.strip()] if _BARE_ID.match(value.strip()) else [])
    return [f"<{each}>" for each in found]


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape") if _is_escaped(value) else value.encode("utf-8", "replace")


def _is_escaped(value: str) -> bool:
    """Whether every lone half of a sign stands for a byte, as the parser leaves them."""
    return all("\udc80" <= sign <= "\udcff" for sign in value if "\ud800" <= sign <= "\udfff")


def _add(joined: list[tuple[str, bytes]], charset: str, raw: bytes) -> None:
    """Neighbours of one charset are read together: some programs cut in the middle of a letter."""
    if joined and joined[-1][0].lower() == charset.lower():
        joined[-1] = (charset, joined[-1][1] + raw)
    elif raw:
        joined.append((charset, raw))


def _encoded(encoding: str, content: str) -> bytes:
    raw = _bytes(content)
    if encoding in "qQ":
        return decodestring(raw.replace(b"_", b"=20"))
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    try:
        return base64.b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + b"==")
    except (binascii.Error, ValueError):
        return raw


def _joined(numbered: dict[int, tuple[bool, str]]) -> str:
    charset, raw = "", b""
    for number in sorted(numbered):
        is_escaped, content = numbered[number]
        if is_escaped and number == 0 and content.count("'") >= 2:
            charset, _language, content = content.split("'", 2)
        raw += unquote_to_bytes(_bytes(content)) if is_escaped else _bytes(content)
    return text.line(decode(raw, charset))
