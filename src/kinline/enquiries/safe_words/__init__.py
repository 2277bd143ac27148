"""The words by which a family knows our staff on the telephone: one list a language, beside this file.

A word is calm, short and common. It names no weapon, party, faith or place, and differs from every other word of its
list by more than one letter, so that it is not misheard.
"""

import secrets
import unicodedata
from functools import cache
from importlib import resources

FALLBACK = "en"


@cache
def words(language: str) -> tuple[str, ...]:
    """The list for ``language``, or the English one where nobody has written one yet."""
    listed = resources.files(__package__).joinpath(f"{language}.txt")
    if not listed.is_file():
        return words(FALLBACK)
    lines = listed.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def draw(language: str) -> str:
    """A word by chance."""
    return secrets.choice(words(language))


def same(given: str, kept: str) -> bool:
    """Whether what a family typed is its word: case, blanks and the two dots of Ё aside."""
    return bool(kept) and secrets.compare_digest(_plain(given).encode(), _plain(kept).encode())


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().casefold().replace("ё", "е")
