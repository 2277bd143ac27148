"""The words that stand over columns: read from ``headers.toml``, compared the way people misspell them."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

# Apostrophes of every keyboard; they are left out, so that "ім'я", "ім’я" and "імя" are one word.
APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´‘\u02b9\u2032\""), None)
ALIKE = str.maketrans({"ё": "е", "ґ": "г", "ї": "і", "_": " ", "ъ": "ь"})
WORD = re.compile(r"[^\W_]+")
NUMBER_SIGN = re.compile(r"\b(?:no|nr|num|number)\b")
LONGEST_HEADING = 120
MOST_WORDS = 12
DIGITS = re.compile(r"\d\d")


@dataclass(frozen=True)
class Field:
    """One kind of column: its words, the words against it, what its values look like, what becomes of it."""

    key: str
    use: str
    looks: str
    words: tuple[tuple[str, ...], ...]
    never: frozenset[str]


@cache
def fields() -> dict[str, Field]:
    """Every field of ``headers.toml``, in its order."""
    with Path(__file__).with_name("headers.toml").open("rb") as stream:
        table = tomllib.load(stream)
    return {
        key: Field(
            key=key,
            use=entry["use"],
            looks=entry.get("looks", ""),
            words=tuple(words(phrase) for phrase in entry["words"]),
            never=frozenset(word for phrase in entry.get("never", ()) for word in words(phrase)),
        )
        for key, entry in table.items()
    }


def words(text: str) -> tuple[str, ...]:
    """The words of a heading, without case, signs, apostrophes and letters that people confuse.

    >>> words("Ім’я (укр.)")
    ('імя', 'укр')
    """
    spaced = unicodedata.normalize("NFKC", text.replace("№", " no "))
    plain = unicodedata.normalize("NFC", spaced).casefold().translate(APOSTROPHES).translate(ALIKE)
    return tuple(WORD.findall(NUMBER_SIGN.sub("номер", plain)))


def fit(heading: str, field: Field) -> float:
    """How well a heading says ``field``: 1 the very words, above 0.6 the words inside a longer one, 0 not at all."""
    return _fits(heading)[field.key] if len(heading) <= LONGEST_HEADING else 0.0


@lru_cache(maxsize=4096)
def _fits(heading: str) -> dict[str, float]:
    """How well a heading says each field; kept, because every page of a batch asks it of the same headings."""
    found = words(heading)
    return {field.key: _fit(found, field) for field in fields().values()}


def _fit(found: tuple[str, ...], field: Field) -> float:
    if found in field.words:
        return 1.0
    if not found or field.never.intersection(found):
        return 0.0
    return max((_phrase_fit(found, phrase) for phrase in field.words), default=0.0)


def _phrase_fit(found: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    if found == phrase:
        return 1.0
    whole, wanted = "".join(found), "".join(phrase)
    if whole == wanted:
        return 0.98
    if len(found) > 1 and sorted(found) == sorted(phrase):
        return 0.95
    if len(wanted) < 3:
        return 0.0
    if _inside(found, phrase):
        return 0.6 + 0.35 * len(wanted) / len(whole)
    return max(_abbreviated(found, phrase), _misspelt(whole, wanted))


def _inside(found: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(found[start : start + size] == phrase for start in range(len(found) - size + 1))


def _abbreviated(found: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """ "дата народж." for "дата народження": as many words, each the beginning of the other's."""
    if len(found) != len(phrase) or any(
        len(short) < 3 and short != full for short, full in zip(found, phrase, strict=True)
    ):
        return 0.0
    if all(full.startswith(short) for short, full in zip(found, phrase, strict=True)):
        return 0.85
    return 0.0


def _misspelt(whole: str, wanted: str) -> float:
    if len(wanted) < 6 or abs(len(whole) - len(wanted)) > 2:
        return 0.0
    slips = DamerauLevenshtein.distance(whole, wanted, score_cutoff=2)
    return 0.8 if slips == 1 or (slips == 2 and len(wanted) > 9) else 0.0


@cache
def best(heading: str) -> tuple[str, float]:
    """The field that a heading says best and how well, or an empty key."""
    found = words(heading)
    if not found or len(found) > MOST_WORDS or len(heading) > LONGEST_HEADING:
        return "", 0.0
    ranked = max((fits, -rank, key) for rank, (key, fits) in enumerate(_fits(heading).items()))
    return (ranked[2], ranked[0]) if ranked[0] else ("", 0.0)


def says_a_field(text: str) -> bool:
    """A cell that is surely a heading."""
    return not DIGITS.search(text) and best(text[: LONGEST_HEADING + 1])[1] >= 0.8
