"""What a message says, where it goes and on what it rests; what its row holds of that before and after it is sent."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from kinline.correspondence.masking import without_codes
from kinline.correspondence.models import MESSAGE, Outgoing
from kinline.ledger.models import Entry
from kinrules.terms import Acknowledgement


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a message goes: by which channel, from which of our accounts, to whom."""

    channel: str
    account: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a message says. ``choices`` are pairs of key and words; ``answers`` is what the wire calls the question.

    ``forgets`` are marks of messages to be deleted before it is sent; ``otherwise`` is said if one could not be.
    """

    text: str
    language: str
    subject: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    answers: str = ""
    forgets: tuple[str, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """On what a message rests, by what it promises; the database refuses a promise without its grounds."""

    kind: str = MESSAGE
    item: int | None = None
    entry: Entry | None = None
    signed_off_by: str = ""
    approval: str = ""
    approved_by: tuple[str, str] = ("", "")
    approved_digest: str = ""


def said(words: Words) -> dict[str, Any]:
    """What a message's row holds of its words."""
    return {
        "text": words.text,
        "text_digest": sha256(words.text.encode()).hexdigest(),
        "subject": words.subject[:300],
        "language": words.language,
        "choices": [list(choice) for choice in words.choices],
        "answers": words.answers[:300],
        "forgets": list(words.forgets),
        "otherwise": words.otherwise,
    }


def when_ended(message: Outgoing, text: str | None = None) -> dict[str, str]:
    """What stays of the words of a message that is never sent again: docs/decisions/0020-codes-do-not-stay.md."""
    whole = message.text if text is None else text
    if message.kind == Acknowledgement.DISCLOSED:
        return {"otherwise": ""}
    left = without_codes(whole)
    digest = sha256(left.encode()).hexdigest() if left else message.text_digest
    return {"text": left, "text_digest": digest, "subject": without_codes(message.subject)[:300], "otherwise": ""}
