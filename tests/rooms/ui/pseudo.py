"""A language nobody speaks, written from right to left: shows what was never marked for translation, and mirrored pages."""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CODE = "ar-xb"
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابثدعفغهيجكلمنوپقرستئڤشخطز", strict=True))
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|%s|\{\w*\}|<[^>]+>|&\w+;|\d+)")


def said(sentence: str) -> str:
    """``sentence`` in letters of the pseudo-language; what is filled in later stays."""
    pieces = KEPT.split(sentence)
    return "".join(
        piece if place % 2 else "".join(LETTERS.get(letter.lower(), letter) for letter in piece)
        for place, piece in enumerate(pieces)
    )


def catalogue(rooms: Path, into: Path) -> Path:
    """Write the pseudo-language's catalogue for every room that has one; returns the folder for LOCALE_PATHS."""
    pseudo = Catalog(locale="ar")
    for file in sorted(rooms.glob("*/locale/uk/LC_MESSAGES/django.po")):
        for message in read_po(io.BytesIO(file.read_bytes()), locale="uk"):
            if message.id and isinstance(message.id, str):
                pseudo.add(message.id, said(message.id), context=message.context)
    folder = into / "ar_XB" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as stream:
        write_mo(stream, pseudo)
    return into
