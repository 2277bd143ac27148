"""One mail, from its bytes to what was said in it.

Source: RFC 5322 (mail), RFC 2045-2049 (parts), RFC 2183 (dispositions).
"""

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from email import message_from_bytes, message_from_string
from email.message import Message
from email.parser import BytesHeaderParser
from hashlib import sha256

from kinline.channels import languages, text
from kinline.channels.base import Attachment, Inbound, Kind
from kinline.channels.email import authenticity, bodies, headers, hypertext, kinds, quoting, tnef
from kinline.channels.email.charsets import decode

log = logging.getLogger(__name__)

_LETTERS = {"message/rfc822", "message/global"}
_MOST_ATTACHMENTS = 200
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "message/rfc822": "eml",
    "audio/ogg": "ogg",
    "video/mp4": "mp4",
}
_LOOSE = re.compile(rb"^([!-9;-~]{1,60})[ \t]{1,60}:", re.MULTILINE)
_FIELDS = ("from", "subject", "date", "to", "message-id", "received", "content-type", "return-path")


@dataclass
class _Found:
    """What the parts of a mail come to, in their order."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)

    def attach(self, name: str, kind: str, content: bytes) -> None:
        if len(self.attachments) < _MOST_ATTACHMENTS:
            ending = _ENDINGS.get(kind, "bin")
            safe = text.file_name(name, otherwise=f"attachment-{len(self.attachments) + 1}.{ending}")
            self.attachments.append(Attachment(name=safe, type=kind, size=len(content), content=content))


def read(raw: bytes, *, trusted: Collection[str] = ()) -> Inbound:
    """Return what was said in ``raw``. Never raises: a mail that cannot be read is shown as it came."""
    try:
        return _inbound(_parsed(raw), raw, trusted)
    except Exception as error:  # noqa: BLE001 - whatever a stranger sends, the next letter is still read
        # What the error says may hold words of the letter; its kind does not.
        log.warning("mail %s was not read: %s", _digest(raw), type(error).__name__)
        return _unreadable(raw)


def _parsed(raw: bytes) -> Message:
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:  # saved by a program that writes UTF-16
        return message_from_string(text.readable(decode(raw)))
    raw = _tightened(raw)
    try:
        return message_from_bytes(raw)
    except RecursionError:
        # Parts inside parts inside parts: the header is read, and the rest is one text.
        return BytesHeaderParser().parsebytes(raw)


def _tightened(raw: bytes) -> bytes:
    """The mail without blanks between a field's name and its colon: RFC 5322, 4.5 allows them, the parser does not."""
    head, end, body = re.split(rb"(\r?\n\r?\n)", raw, maxsplit=1) if re.search(rb"\n\r?\n", raw) else (raw, b"", b"")
    return _LOOSE.sub(rb"\1:", head) + end + body


def _inbound(mail: Message, raw: bytes, trusted: Collection[str]) -> Inbound:
    found = _gathered(mail)
    whole = _joined(found.texts)
    senders = [address for value in headers.fields(mail, "from") for address in headers.addresses(value)]
    sender = senders[0] if senders else ""
    kind, about = kinds.kind_of(mail, sender=sender, text=whole)
    answered = _ids(mail, "in-reply-to") or _ids(mail, "references")[-1:]
    said, quoted = _said(mail, whole, kind, is_reply=bool(answered))
    if kind is Kind.MESSAGE:
        said = _joined([said, *_enclosed(mail, found)])
    if not sender and not any(headers.fields(mail, name) for name in _FIELDS):
        kind, said, quoted = Kind.UNREADABLE, text.readable(decode(raw)), ""
    return Inbound(
        wire_id=_wire_id(mail, raw),
        address=text.line(sender),
        text=said,
        kind=kind,
        subject=headers.first(mail, "subject"),
        quoted=quoted,
        attachments=tuple(found.attachments),
        language=languages.hint(said or headers.first(mail, "subject")),
        authenticated=authenticity.is_vouched_for(mail, trusted=trusted),
        about=about or next(iter(answered), ""),
    )


def _said(mail: Message, whole: str, kind: Kind, *, is_reply: bool) -> tuple[str, str]:
    """A report of a machine is not taken apart; what it says of the letter that failed goes beside it."""
    if kind is Kind.BOUNCE:
        report = "\n\n".join(text.readable(each) for each in kinds.report_texts(mail))
        return (whole, report) if whole else (report, "")
    return quoting.split(whole, is_reply=is_reply)


def _enclosed(mail: Message, found: _Found) -> list[str]:
    """The words of the letters that came inside this one, whose files are taken along: who forwards them says them."""
    texts = []
    for part in kinds.parts(mail):
        if headers.kind(part) in _LETTERS and (inner := _inner(part)) is not None:
            within = _gathered(inner)
            texts.append(_joined(within.texts))
            for each in within.attachments:
                found.attach(each.name, each.type, each.content)
    return texts


def _joined(texts: list[str]) -> str:
    return "\n".join(each.strip("\n") for each in texts if each.strip())


def _inner(part: Message) -> Message | None:
    return next(iter(bodies.inside(part)), None)


def _wire_id(mail: Message, raw: bytes) -> str:
    """The message id, or a digest of all bytes where there is none or more than one."""
    found = _ids(mail, "message-id")
    return found[0] if len(found) == 1 else _digest(raw)


def _digest(raw: bytes) -> str:
    return f"sha256:{sha256(raw).hexdigest()}"


def _ids(mail: Message, name: str) -> list[str]:
    return [each for value in headers.fields(mail, name) for each in headers.message_ids(value)]


def _unreadable(raw: bytes) -> Inbound:
    return Inbound(wire_id=_digest(raw), kind=Kind.UNREADABLE, text=text.readable(decode(raw)))


def _gathered(mail: Message) -> _Found:
    """Go through the parts in their order, without calling itself: they may be nested as deep as they like."""
    found, waiting, count = _Found(), [mail], 0
    while waiting and count < kinds.MOST_PARTS:
        part = waiting.pop()
        count += 1
        inner = bodies.inside(part)
        kind = headers.kind(part)
        if kind.startswith("message/"):
            _take_message(found, part, kind)
        elif inner:
            chosen = _chosen(inner) if kind == "multipart/alternative" else inner
            waiting += reversed(chosen)
        else:
            _take(found, part, kind)
    return found


def _chosen(alternatives: list[Message]) -> list[Message]:
    """Of forms of one letter, the plain one if it says anything, else the last that is not plain; and what is no text.

    A plain form that only says that the letter is HTML says nothing.
    """
    plain = next((each for each in alternatives if headers.kind(each) == "text/plain" and not _name(each)), None)
    others = [each for each in alternatives if each is not plain]
    rich = [each for each in others if headers.kind(each) == "text/html" or each.is_multipart()]
    kept = [
        each for each in others if each not in rich and (_is_file(each) or not headers.kind(each).startswith("text/"))
    ]
    if plain is not None and (not rich or _says_something(bodies.text_of(plain))):
        # Pictures and files that only the rich form holds are kept all the same.
        return [plain, *kept, *(file for each in rich for file in _files(each))]
    return [*rich[-1:], *kept]


def _says_something(plain: str) -> bool:
    words = plain.strip()
    return bool(words) and not (len(words) < 250 and "html" in words.lower())


def _files(part: Message) -> list[Message]:
    return [each for each in kinds.parts(part) if not each.is_multipart() and not _is_text(each)]


def _is_text(part: Message) -> bool:
    return headers.kind(part) in {"text/plain", "text/html"} and not _is_file(part)


def _is_file(part: Message) -> bool:
    disposition = headers.first(part, "content-disposition").partition(";")[0].strip().lower()
    return disposition == "attachment" or bool(_name(part))


def _name(part: Message) -> str:
    for name, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        for value in headers.fields(part, name):
            if found := headers.parameters(value).get(parameter, ""):
                return found
    return ""


def _take(found: _Found, part: Message, kind: str) -> None:
    if not kind.startswith(("text/", "multipart/")) or kind == "text/calendar" or _is_file(part):
        _take_file(found, part, kind)
    elif kind == "text/html":
        found.texts.append(text.readable(hypertext.words(text.readable(bodies.text_of(part)))))
    elif kind != "text/rfc822-headers":
        found.texts.append(text.readable(bodies.text_of(part)))


def _take_file(found: _Found, part: Message, kind: str) -> None:
    content, name = bodies.content(part), _name(part)
    if not content and not name:
        return
    packed = tnef.unpack(content)
    if packed is None:
        found.attach(name, kind, content)
        return
    letter = packed.text or hypertext.words(packed.html)
    if letter.strip() and not any(each.strip() for each in found.texts):
        found.texts.append(text.readable(letter))
    for file in packed.files:
        found.attach(file.name, file.type.lower() or "application/octet-stream", file.content)


def _take_message(found: _Found, part: Message, kind: str) -> None:
    """A letter inside the letter is a file of its own; the fields of a report are read elsewhere."""
    if kind not in _LETTERS:
        return
    inner = _inner(part)
    content = bodies.content(part) if inner is None else bodies.whole(inner)
    subject = "" if inner is None else headers.first(inner, "subject")
    found.attach(_name(part) or (f"{subject}.eml" if subject else ""), kind, content)
