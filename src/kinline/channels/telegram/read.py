"""One update of Telegram as the conversation hears it. Pure, and never raises: what cannot be read is kept whole.

``wire_id`` is the update's number. ``mark`` is "chat/message". ``about`` is the mark of the message that is answered or
edited, and for a pressed button the number of our message that carried it. ``notice`` is one of ``Notice``.
What a link to the bot put behind /start is the ``subject``; the command itself stands in the text, as it was said.

Source: Telegram Bot API, object Update.
"""

import json
import re
from hashlib import sha256

from kinline.channels import languages
from kinline.channels.base import Inbound, Kind
from kinline.channels.telegram import buttons, words_of
from kinline.channels.telegram.fields import Document, document, whole, words
from kinline.channels.telegram.files import attachments
from kinline.intake.notices import Notice

ASKED_FOR = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member")
"""Kinds of updates that Telegram is asked for; what else comes is ignored."""

_EDITED = ("edited_message", "edited_channel_post")
_SAID = ("message", "channel_post", *_EDITED)
_START = re.compile(r"/start(?:@\w+)?\s+([A-Za-z0-9_-]{1,64})\s*", re.IGNORECASE)
_GONE = {"kicked", "left"}


def inbounds(raw: bytes) -> list[Inbound]:
    """What one update says. A whole answer of Telegram is read as its updates, a message by itself as a message."""
    came, digest = _parsed(raw), f"sha256:{sha256(raw).hexdigest()}"
    answered = came.get("result")
    if "ok" in came and isinstance(answered, list) and answered:
        return [
            _update(part if isinstance(part, dict) else {}, otherwise=f"{digest}/{place}")
            for place, part in enumerate(answered)
        ]
    if "update_id" not in came and "message_id" in came:
        return [_said(came, wire_id=digest, is_edit=False)]
    return [_update(came, otherwise=digest)]


def number(raw: bytes) -> int | None:
    """The update's number, by which Telegram is told that it may forget it. Never raises."""
    return whole(_parsed(raw), "update_id")


def pressed(raw: bytes) -> str:
    """The id by which Telegram wants to hear that a button was pressed; "" if none was. Never raises."""
    return words(document(_parsed(raw), "callback_query"), "id")


def _parsed(raw: bytes) -> Document:
    """The JSON document, or an empty one: not JSON, not Unicode, or nested deeper than anything of Telegram's."""
    try:
        came = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return came if isinstance(came, dict) else {}


def _update(update: Document, *, otherwise: str) -> Inbound:
    """An update; one without a number is kept for a person under the wire id ``otherwise``."""
    number = whole(update, "update_id")
    if number is None:
        return Inbound(wire_id=otherwise, kind=Kind.UNREADABLE)
    wire_id = str(number)
    for name in _SAID:
        if name in update:
            return _said(document(update, name), wire_id=wire_id, is_edit=name in _EDITED)
    if "callback_query" in update:
        return _pressed(document(update, "callback_query"), wire_id=wire_id)
    if "my_chat_member" in update:
        return _standing(document(update, "my_chat_member"), wire_id=wire_id)
    return Inbound(wire_id=wire_id, kind=Kind.IGNORED)


def _said(message: Document, *, wire_id: str, is_edit: bool) -> Inbound:
    """A message, or a later wording of one, which never takes the place of the first."""
    chat, number = whole(document(message, "chat"), "id"), whole(message, "message_id")
    if chat is None or number is None:
        return Inbound(wire_id=wire_id, kind=Kind.UNREADABLE)
    mark, among = f"{chat}/{number}", _among(document(message, "chat"))
    if among:
        has_moved = "migrate_to_chat_id" in message or "migrate_from_chat_id" in message
        notice = "" if has_moved else among
        spoken = languages.hint(words_of.message(message)) or _language(document(message, "from"))
        return Inbound(wire_id=wire_id, address=str(chat), kind=Kind.IGNORED, language=spoken, mark=mark, notice=notice)
    sender, text, files = document(message, "from"), words_of.message(message), attachments(message)
    return Inbound(
        wire_id=wire_id,
        address=str(chat),
        text=text,
        kind=Kind.MESSAGE if text or files else Kind.IGNORED,
        subject=_payload(text),
        quoted=words_of.quoted(message),
        attachments=files,
        language=_language(sender),
        authenticated=_is_vouched_for(sender, chat=chat),
        about=mark if is_edit else _answered(message, chat=chat),
        mark=mark,
        album=words(message, "media_group_id"),
        phone=words_of.own_phone(message),
    )


def _pressed(query: Document, *, wire_id: str) -> Inbound:
    """A button under one of our messages; the message itself may be too old for Telegram to show."""
    sender, chat = document(query, "from"), document(document(query, "message"), "chat")
    place, among = whole(chat, "id"), _among(chat)
    person = whole(sender, "id") if place is None else place
    number, key = buttons.unpacked(words(query, "data"))
    address = "" if person is None else str(person)
    if not address or among or not key:
        return Inbound(wire_id=wire_id, address=address, kind=Kind.IGNORED, notice=among)
    return Inbound(
        wire_id=wire_id,
        address=address,
        language=_language(sender),
        authenticated=_is_vouched_for(sender, chat=person),
        about=number,
        answer=key,
    )


def _standing(change: Document, *, wire_id: str) -> Inbound:
    """How the bot stands in a chat: blocked by a person or let in again, taken into a group or out of it."""
    chat = whole(document(change, "chat"), "id")
    among = _among(document(change, "chat"))
    status = words(document(change, "new_chat_member"), "status")
    if chat is None or not status:
        return Inbound(wire_id=wire_id, kind=Kind.UNREADABLE)
    is_gone, kind = status in _GONE, Kind.IGNORED
    if among:
        notice = "" if is_gone else among
    else:
        notice = (Notice.BLOCKED if is_gone else Notice.UNBLOCKED).value
        kind = Kind.BOUNCE if is_gone else Kind.IGNORED
    language = _language(document(change, "from"))
    return Inbound(wire_id=wire_id, address=str(chat), kind=kind, language=language, notice=notice)


def _among(chat: Document) -> str:
    """Whether others listen, and "" where one person speaks with the bot alone."""
    kind = words(chat, "type") or ("private" if (whole(chat, "id") or 0) >= 0 else "group")
    return {"private": "", "channel": Notice.CHANNEL.value}.get(kind, Notice.GROUP.value)


def _payload(text: str) -> str:
    """
    >>> _payload("/start@nib_bot uk"), _payload("/start"), _payload("Коваль")
    ('uk', '', '')
    """
    found = _START.fullmatch(text)
    return found[1] if found else ""


def _answered(message: Document, *, chat: int) -> str:
    number = whole(document(message, "reply_to_message"), "message_id")
    return "" if number is None else f"{chat}/{number}"


def _language(sender: Document) -> str:
    """The language of the person's Telegram, if it is one of ours; for all others English; "" if not stated."""
    stated = words(sender, "language_code").lower().partition("-")[0]
    return stated if stated in {"uk", "ru", ""} else "en"


def _is_vouched_for(sender: Document, *, chat: int | None) -> bool:
    return chat is not None and whole(sender, "id") == chat and sender.get("is_bot") is not True
