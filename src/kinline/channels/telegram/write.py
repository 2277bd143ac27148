"""What the bureau says, as Telegram carries it: messages of 4096 signs, and buttons that can be typed as well. Pure.

Whatever was split says so: "№ 4711 (2/3)" stands under the second of three, and a repeat is known by its number.

Source: Telegram Bot API, sendMessage (text: 1-4096 characters, counted as UTF-16 units), ReplyKeyboardMarkup,
InlineKeyboardMarkup, deleteMessage.
"""

import re
from collections.abc import Iterable

from kinline.channels.base import SHARE_NUMBER, Outbound, Parcel
from kinline.channels.telegram import buttons
from kinline.channels.telegram.fields import keepable
from kinline.channels.telegram.split import pieces

LONGEST = 4096
WIRE = "http"
MOST_BUTTONS = 100

_LABEL_ROOM = 128
_SHORT, _MIDDLING = 10, 18  # letters of a button that stands beside two others, beside one other


def parcels(outbound: Outbound) -> list[Parcel]:
    """The messages that carry the whole text in their order; the last one carries the buttons."""
    text = _with_choices(keepable(outbound.text), outbound.choices)
    parts = pieces(text, most=LONGEST - _LABEL_ROOM)
    sent = [
        _message(outbound, f"{part.rstrip()}{_label(outbound.number, part, place=place, of=len(parts))}")
        for place, part in enumerate(parts, 1)
    ]
    if sent:
        sent[-1].body["reply_markup"] = _buttons(outbound)
    return sent


def forget(marks: Iterable[str]) -> list[Parcel]:
    """Parcels that delete messages by their marks from their chats, papers for instance once they are saved."""
    places = [mark.rpartition("/") for mark in marks]
    return [
        Parcel(wire=WIRE, to=chat, body={"method": "deleteMessage", "chat_id": int(chat), "message_id": int(message)})
        for chat, _slash, message in places
        if _is_number(chat) and _is_number(message)
    ]


def _message(outbound: Outbound, text: str) -> Parcel:
    """One message. No preview: Telegram would fetch the address, and show more than was said."""
    # Only a number names one person's chat; "@..." would publish in a channel.
    chat = int(outbound.address) if _is_number(outbound.address) else outbound.address.lstrip("@")
    body: dict[str, object] = {"method": "sendMessage", "chat_id": chat, "text": text}
    return Parcel(wire=WIRE, to=outbound.address, body=body | {"link_preview_options": {"is_disabled": True}})


def _label(number: str, part: str, *, place: int, of: int) -> str:
    """The number by which a repeat is known, and which part this is; "" where the text says the number itself."""
    number = keepable(number)[: _LABEL_ROOM // 4]
    if of == 1 and (not number or number in part):
        return ""
    shown = f"№ {number}" if number else "№"
    return f"\n\n{shown}" if of == 1 else f"\n\n{shown} ({place}/{of})"


def _with_choices(text: str, choices: tuple[tuple[str, str], ...]) -> str:
    """The text, and below it the choices with their numbers: on an old telephone buttons may not be seen."""
    listed = "\n".join(f"{place}. {_words(key, words, place=place)}" for place, (key, words) in enumerate(choices, 1))
    return f"{text}\n\n{listed}" if text and listed else text or listed


def _buttons(outbound: Outbound) -> dict[str, object]:
    """Buttons under the message; where one shares the telephone number, in place of the keys; where none, none."""
    if not outbound.choices:
        return {"remove_keyboard": True}
    if any(_shares(key) for key, _words_of_it in outbound.choices):
        return _in_place_of_keys(outbound.choices)
    made = [
        {"text": f"{place} {_words(key, words, place=place)}", "callback_data": carried}
        for place, (key, words) in enumerate(outbound.choices, 1)
        if (carried := buttons.packed(keepable(key), number=keepable(outbound.number)))
    ]
    return {"inline_keyboard": _rows(made[:MOST_BUTTONS])} if made else {"remove_keyboard": True}


def _in_place_of_keys(choices: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """Buttons that type their words, and the one button which only these can have: it sends one's own number."""
    rows = [
        [{"text": _words(key, words, place=place)} | ({"request_contact": True} if _shares(key) else {})]
        for place, (key, words) in enumerate(choices[:MOST_BUTTONS], 1)
    ]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}


def _rows(made: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Three short ones in a row, two of middling length, else each in its own: none is cut off on a narrow screen."""
    widest = max(len(button["text"]) for button in made)
    beside = 3 if widest <= _SHORT else 2 if widest <= _MIDDLING else 1
    return [made[first : first + beside] for first in range(0, len(made), beside)]


def _words(key: str, words: str, *, place: int) -> str:
    """The words of a choice without a number that stands before them already; never nothing.

    >>> _words("son", "1 Син", place=1), _words("year", "1999", place=1), _words("skip", " ", place=2)
    ('Син', '1999', 'skip')
    """
    shown = keepable(words).strip()
    return re.sub(rf"^{place}[.)]?\s+", "", shown) or keepable(key).strip() or "?"


def _shares(key: str) -> bool:
    return key.rpartition(":")[2] == SHARE_NUMBER


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,18}", text) is not None
