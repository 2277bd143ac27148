"""The words in a message, whatever its kind: what was typed, or what a contact, a place or a poll says.

Source: Telegram Bot API, object Message.
"""

import re

from kinline.channels.telegram.fields import Document, decimal, document, documents, whole, words

_PHONE = re.compile(r"\+?[1-9]\d{4,14}")


def message(said: Document) -> str:
    """What a message says; "" where it has no words, as a photograph without a caption."""
    return (
        words(said, "text")
        or words(said, "caption")
        or _contact(said)
        or _place(said)
        or _list(document(said, "poll"), title="question", lines="options")
        or _list(document(said, "checklist"), title="title", lines="tasks")
        or words(document(said, "sticker"), "emoji")
        or words(document(said, "dice"), "emoji")
        or words(document(said, "game"), "title")
    )


def own_phone(said: Document) -> str:
    """The number of the sender's own contact with its plus; "" for the contact of anybody else."""
    contact = document(said, "contact")
    shared, sender = whole(contact, "user_id"), whole(document(said, "from"), "id")
    number = re.sub(r"[\s().-]", "", words(contact, "phone_number"))
    if shared is None or shared != sender or not _PHONE.fullmatch(number):
        return ""
    return f"+{number.removeprefix('+')}"


def quoted(said: Document) -> str:
    """What was answered: the part that was marked, or the whole of it."""
    answered = document(said, "reply_to_message")
    return words(document(said, "quote"), "text") or words(answered, "text") or words(answered, "caption")


def _contact(said: Document) -> str:
    """One's own number, or the name alone of somebody else: whoever is named did not give us a number."""
    contact = document(said, "contact")
    names = [words(contact, "first_name"), words(contact, "last_name")]
    return own_phone(said) or " ".join(name for name in names if name)


def _place(said: Document) -> str:
    """A place as name, address and coordinates (RFC 5870)."""
    venue = document(said, "venue")
    spot = document(venue, "location") or document(said, "location")
    latitude, longitude = decimal(spot, "latitude"), decimal(spot, "longitude")
    known = latitude is not None and longitude is not None
    lines = [words(venue, "title"), words(venue, "address"), f"geo:{latitude},{longitude}" if known else ""]
    return "\n".join(line for line in lines if line)


def _list(stated: Document, *, title: str, lines: str) -> str:
    texts = [words(stated, title), *(words(line, "text") for line in documents(stated, lines))]
    return "\n".join(text for text in texts if text)
