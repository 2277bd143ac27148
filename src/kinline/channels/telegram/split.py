"""Cutting a long text where it hurts least: between paragraphs, lines, sentences, words. No letter is lost.

The pieces joined are the text. Lengths count units of UTF-16, as Telegram counts: a letter outside the first plane,
such as most emoji, is two.
"""

import re
import unicodedata

_ENDS = (
    re.compile(r"\n\s*\n"),  # a paragraph
    re.compile(r"\n"),  # a line
    re.compile(r"[.!?…。؟]+[\"'»”)\]]*\s+"),  # a sentence
)
_SPACE = re.compile(r"\s+")
_JOINER, _SELECTORS, _SKINS = "\u200d", ("\ufe00", "\ufe0f"), ("\U0001f3fb", "\U0001f3ff")
_LONGEST_LETTER = 32  # code points that one letter may be made of; more is ornament and may be cut


def units(text: str) -> int:
    """How long Telegram thinks the text is.

    >>> units("Коваль"), units("😡")
    (6, 2)
    """
    return len(text) + sum(letter > "\uffff" for letter in text)


def pieces(text: str, *, most: int) -> list[str]:
    """The text in pieces of at most ``most`` units; white space alone is no piece."""
    cut, rest = [], text
    while len(rest) > most or units(rest) > most:
        at = _cut(rest, most)
        cut.append(rest[:at])
        rest = rest[at:]
    return [piece for piece in (*cut, rest) if piece.strip()]


def _cut(text: str, most: int) -> int:
    """Where to cut a text that is too long: after the last good place, if the piece is not much too short by it."""
    window = text[: _within(text, most)]
    for end in _ENDS:
        at = max((found.end() for found in end.finditer(window)), default=0)
        if at > len(window) // 2:
            return at
    at = max((found.end() for found in _SPACE.finditer(window)), default=0)
    return at or _between_letters(text, len(window))


def _within(text: str, most: int) -> int:
    """How many code points of ``text`` fit into ``most`` units; at least one."""
    length = 0
    for place, letter in enumerate(text[: most + 1]):
        length += 1 + (letter > "\uffff")
        if length > most:
            return max(place, 1)
    return len(text)


def _between_letters(text: str, at: int) -> int:
    """The nearest place before ``at`` that does not part an accent or the parts of an emoji from their letter."""
    for place in range(at, max(at - _LONGEST_LETTER, 0), -1):
        if not _continues(text[place]) and text[place - 1] != _JOINER:
            return place
    return at


def _continues(letter: str) -> bool:
    return (
        unicodedata.combining(letter) > 0
        or letter == _JOINER
        or _SELECTORS[0] <= letter <= _SELECTORS[1]
        or _SKINS[0] <= letter <= _SKINS[1]
    )
