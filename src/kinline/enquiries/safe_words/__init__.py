"""The words by which a family knows our staff on the telephone: one list a language, beside this file.

A word is calm, short and common. It names no weapon, party, faith or place, and differs from every other word of its
list by more than one letter, so that it is not misheard.
"""

import secrets
import unicodedata
from functools import cache
from importlib import resources

FALLBACK = "en"
SPOKEN = 32
"""So many words of each list were spoken for the telephone: those of an answering line are drawn from them."""


@cache
def words(language: str) -> tuple[str, ...]:
    """The list for ``language``, or the English one where nobody has written one yet."""
    listed = resources.files(__package__).joinpath(f"{language}.txt")
    if not listed.is_file():
        return words(FALLBACK)
    lines = listed.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def spoken(language: str) -> tuple[str, ...]:
    """The words that the answering line can say, from all over the list."""
    listed = words(language)
    return listed[:: len(listed) // SPOKEN][:SPOKEN]


def draw(language: str, *, aloud: bool = False) -> str:
    """A word by chance; ``aloud``, one that the answering line can say."""
    return secrets.choice(spoken(language) if aloud else words(language))


def same(given: str, kept: str) -> bool:
    """Whether what a family typed is its word: case, blanks and the two dots of Ё aside."""
    return bool(kept) and secrets.compare_digest(_plain(given).encode(), _plain(kept).encode())


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold().replace("ё", "е")
