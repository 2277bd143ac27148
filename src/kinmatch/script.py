"""Scripts: which one a letter belongs to, and a spelling cleaned of what a keyboard or a file left in it.

Folding is for comparing only. What a person wrote is kept and shown as it was written.

Source: Unicode Standard Annex 15 (normalisation) and 24 (scripts); Technical Standard 39 (look-alike letters).
"""

import re
import unicodedata
from functools import cache, lru_cache

from kinmatch.tables import table

MOST_FOLDS = 4  # rounds until nothing changes; two are the most that was ever met
LONGEST = 200  # letters of one field that are compared; a longer text is no name
APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´ʹʺ′″＇\u201b"), "'") | {ord("·"): ""}
QUOTE_IN_WORD = re.compile(r"(?<=[^\W\d_])[\"“”](?=[^\W\d_])")  # a hard sign as some romanisations write it
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
RANGES = (
    ("latin", 0x0041, 0x024F),
    ("latin", 0x1E00, 0x1EFF),
    ("greek", 0x0370, 0x03FF),
    ("greek", 0x1F00, 0x1FFF),
    ("cyrillic", 0x0400, 0x052F),
    ("armenian", 0x0530, 0x058F),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x06FF),
    ("georgian", 0x10A0, 0x10FF),
    ("georgian", 0x1C90, 0x1CBF),
)
# Marks of Latin letters that change the sound and are therefore kept when the others fall away.
SOUNDING = frozenset("âûčšžŝżłøđßŭëæœıþľ")
CYRILLIC_MARKED = frozenset("йїўё")
PLAIN = re.compile(r"[а-яіїєґёў' .,/():-]*|[a-z' .,/():-]*")  # nothing to fold but capitals
DIGITS = frozenset("0123456789")
SHORTEST_MENDED = (4, 7)  # letters of a word in which a digit is read as a letter; more if it begins with the digit
LETTERS = re.compile(r"[^\W_]+")
TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """Return ``latin``, ``cyrillic``, ``greek``, ``georgian``, ``armenian``, ``arabic``, ``hebrew``, or ""."""
    if not letter.isalpha():
        return ""
    code = ord(letter)
    return next((name for name, low, high in RANGES if low <= code <= high), "")


def scripts(text: str) -> frozenset[str]:
    """Return the scripts of all letters of ``text``.

    >>> sorted(scripts("Шевченко Taras"))
    ['cyrillic', 'latin']
    """
    return frozenset(script_of(letter) for letter in text) - {""}


def main_script(text: str) -> str:
    """Return the script most letters of ``text`` belong to, or ""."""
    counts: dict[str, int] = {}
    for letter in text[:LONGEST]:
        if name := script_of(letter):
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else ""


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """Return ``text`` in lower case, one kind of apostrophe and dash, without invisible and combining marks.

    Letters borrowed from a look-alike alphabet go back to the script of their word. Cut at ``LONGEST`` letters.
    Idempotent.

    >>> fold("  ШЕВЧЕНКO ")
    'шевченко'
    """
    lowered = text.lower()
    if len(text) <= LONGEST and PLAIN.fullmatch(lowered):
        return " ".join(lowered.split())
    plain = QUOTE_IN_WORD.sub("'", text[: LONGEST * 4]).translate(APOSTROPHES).translate(DASHES)
    clean = unicodedata.normalize("NFKC", plain).translate(APOSTROPHES).translate(DASHES)
    words = " ".join(clean.split())[:LONGEST].split(" ")
    folded = " ".join(filter(None, map(_fold_word, words)))
    for _again in range(MOST_FOLDS):
        settled = _settle(folded)
        if settled == folded:
            break
        folded = settled
    return folded


def _settle(folded: str) -> str:
    """Fold once more what changed: lower-casing can bring marks that normalisation then joins."""
    clean = QUOTE_IN_WORD.sub("'", unicodedata.normalize("NFKC", folded)).translate(APOSTROPHES).translate(DASHES)
    again = map(_fold_word, clean.split(" "))
    return " ".join(" ".join(filter(None, again)).split())[:LONGEST]


@lru_cache(maxsize=1 << 15)
def _fold_word(word: str) -> str:
    plain = word.lower()
    if PLAIN.fullmatch(plain):
        return plain
    lowered = unicodedata.normalize("NFC", LETTERS.sub(_run_in_one_script, word).lower())
    return "".join(_bare(letter) for letter in lowered)


def _run_in_one_script(run: re.Match[str]) -> str:
    return one_script(run[0])


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    """The letter without marks that carry no sound; nothing for controls, joiners and lone marks."""
    category = unicodedata.category(letter)
    if category[0] in "CM":
        return ""
    if letter in SOUNDING or letter in CYRILLIC_MARKED or not letter.isalpha():
        return letter
    return "".join(
        part for part in unicodedata.normalize("NFKD", letter).lower() if unicodedata.category(part)[0] not in "CM"
    )


def one_script(word: str) -> str:
    """Return a word of mixed Latin and Cyrillic in the script all its letters can be drawn in, else in its majority's.

    >>> one_script("Кoваль") == "Коваль"
    True
    """
    found = [script_of(letter) for letter in word]
    latin, cyrillic = found.count("latin"), found.count("cyrillic")
    if (latin or cyrillic) and not DIGITS.isdisjoint(word):
        word = _digits_to_letters(word, "digits_as_cyrillic" if cyrillic >= latin else "digits_as_latin")
    if not latin or not cyrillic:
        return word
    swaps = _lookalikes()
    whole = {
        script: all(name == script or letter in swap or not name for letter, name in zip(word, found, strict=False))
        for script, swap in swaps.items()
    }
    if whole["cyrillic"] == whole["latin"]:
        to = "cyrillic" if cyrillic >= latin else "latin"
    else:
        to = "cyrillic" if whole["cyrillic"] else "latin"
    return "".join([swaps[to].get(letter, letter) for letter in word])


@cache
def _lookalikes() -> dict[str, dict[str, str]]:
    """By the script to write a word in: what each letter of the other one looks like."""
    drawn = table("lookalikes")
    return {
        "cyrillic": drawn["latin_as_cyrillic"] | drawn["latin_capital_as_cyrillic"],
        "latin": drawn["cyrillic_as_latin"] | drawn["cyrillic_capital_as_latin"],
    }


def _digits_to_letters(word: str, table_name: str) -> str:
    """A digit typed for a letter, but only one, in a word that is otherwise all letters; at its start in a long one."""
    count = sum(letter.isdigit() for letter in word)
    if count != 1 or len(word) < SHORTEST_MENDED[word[0].isdigit()]:
        return word
    digits = table("lookalikes")[table_name]
    return "".join([digits.get(letter, letter) for letter in word])


def words(text: str) -> list[str]:
    """Return the words of ``text``, folded, dashes and stops cut away.

    >>> words("Нечуй-Левицький І.С.")
    ['нечуй', 'левицький', 'і', 'с']
    """
    folded = fold(text)
    if folded.isalpha():
        return [folded]
    return [word for found in TOKEN.findall(folded) if (word := found.strip("'"))]
