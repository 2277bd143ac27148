"""Drawing a letter as a PDF: the same words on the same day give the same bytes on every machine."""

import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.translation import override

from kinline.correspondence import codes, kinds, queries
from kinline.correspondence.models import Letter
from kinrules.refusal import Refused

MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True)
class Signing:
    """The day on which a letter is signed, and the name of the officer who signs; no name while it is a draft."""

    on: date
    name: str = ""


def pdf(letter: Letter, *, signing: Signing) -> bytes:
    """The letter as it is, or would be, signed.

    Raises:
        Refused: it holds something that cannot be drawn.
    """
    content = json.dumps(_content(letter, signing), ensure_ascii=False)
    layout = files(__package__).joinpath("letter.typ").read_bytes()
    try:
        drawn = typst.compile(layout, format="pdf", ignore_system_fonts=True, sys_inputs={"letter": content})
    except typst.TypstError as error:
        raise Refused("letter.cannot-be-drawn", "the letter holds something that cannot be drawn") from error
    assert isinstance(drawn, bytes)
    return drawn


def _content(letter: Letter, signing: Signing) -> dict[str, Any]:
    text, frame, words = kinds.every()[letter.kind].texts[letter.language], kinds.frame(letter.language), letter.words
    head = queries.letterhead(letter.language)
    with override(letter.language):
        dated = date_format(signing.on, "j E Y")
    rows = (("person", words["person"]), ("reference", words["reference"]))
    signers = [signing.name] if signing.name else []
    contact = ", ".join(filter(None, (words["contact"], words["contact_phone"])))
    return {
        "frame": dict(frame),
        "language": letter.language,
        "direction": queries.language(letter.language).direction,
        "draft": not signing.name,
        "unapproved": not text.approved_by,
        "bureau": head.name,
        "phone": head.phone,
        "check_at": head.check_at,
        "sender_line": ", ".join(filter(None, (f"{frame['sender']}: {head.name}", *head.address.splitlines()))),
        "address": [words["addressee"], *_lines(words["address"])],
        "code": codes.grouped(letter.code),
        "date": dated,
        "rows": [{"label": frame[name], "value": value} for name, value in rows if value],
        "heading": text.heading,
        "parts": [{"heading": part.heading, "words": _sentences(part, words)} for part in text.parts],
        "signers": [*signers, *([f"{frame['contact']}: {contact}"] if contact else [])],
    }


def _sentences(part: kinds.Part, words: dict[str, str]) -> list[str]:
    filled = [_lines(words.get(blank, "")) for blank in (part.blank, part.also) if blank]
    return [*part.words, *(line for lines in filled for line in lines), *part.after]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
