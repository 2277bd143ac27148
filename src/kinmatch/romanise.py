"""One Latin form for a name in any script, to be shown after the name, never instead of it.

Ukrainian follows the Cabinet of Ministers of Ukraine no. 55 (2010), Russian and Belarusian ICAO Doc 9303, others a
generic table. The language of a Cyrillic name is guessed from letters only one language has, and from endings;
without a sign it is read as Ukrainian.

Source: data/romanise_*.toml, each with its standard.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from kinmatch.script import APOSTROPHES, script_of
from kinmatch.tables import table

LANGUAGES = {"uk": "romanise_ukrainian", "ru": "romanise_russian", "be": "romanise_belarusian"}
SIGNS = (
    ("be", re.compile(r"ў|дзь|(?<=[бвгджзклмнпрстфхцчш])ё.*і|\bдзм|\bаляк|\bмік")),
    (
        "uk",
        re.compile(
            r"[іїєґ]|'|івна\b|йович\b|\bмикола\b|\bмихайло\b|\bпавло\b|\bпетро\b|\bолександр|\bдмитро\b|\bолекс"
        ),
    ),
    (
        "ru",
        re.compile(
            r"[ыэёъ]|овна\b|евна\b|евич\b|\bи|ий\b|ей\b|\bалекс|\bниколай|\bпавел\b|\bмихаил\b|\bвладимир|\bевген"
        ),
    ),
)
WORD_START = re.compile(r"^|(?<=[^\w'])")


def language_of(text: str) -> str:
    """Return ``uk``, ``ru`` or ``be`` for a Cyrillic text: what its letters and endings suggest, else ``uk``.

    >>> language_of("Пётр"), language_of("Петро")
    ('ru', 'uk')
    """
    lowered = unicodedata.normalize("NFC", text.translate(APOSTROPHES).lower())
    return next((language for language, sign in SIGNS if sign.search(lowered)), "uk")


def romanise(text: str, *, language: str = "") -> str:
    """Return ``text`` in Latin letters; letters already Latin, digits and signs stay as they are.

    Args:
        text: a name, of any length.
        language: ``uk``, ``ru`` or ``be`` when it is known; else it is guessed.

    >>> romanise("Згурський Юрій")
    'Zghurskyi Yurii'
    """
    clean = unicodedata.normalize("NFC", text)
    rules = table(LANGUAGES.get(language or language_of(clean), LANGUAGES["uk"]))
    parts = re.split(r"([\w'’ʼ‘`´\u0300-\u036f]+)", clean)
    return "".join(_word(part, rules) if index % 2 else part for index, part in enumerate(parts))


def _word(word: str, rules: dict[str, Any]) -> str:
    if not any(script_of(letter) not in ("", "latin") for letter in word):
        return word
    cyrillic = any(script_of(letter) == "cyrillic" for letter in word)
    latin = _cyrillic_word(word.translate(APOSTROPHES), rules) if cyrillic else romanise_other(word)
    if len(word) > 1 and word.isupper():
        return latin.upper()
    # Scripts without capitals: a name begins with one in Latin.
    return latin if cyrillic else latin[:1].upper() + latin[1:]


def _cyrillic_word(word: str, rules: dict[str, Any]) -> str:
    latin: list[str] = []
    at = 0
    while at < len(word):
        pair = word[at : at + 2].lower()
        letter = word[at].lower()
        if pair in rules["pairs"]:
            value, step = rules["pairs"][pair], 2
        elif at == 0 and letter in rules["initial"]:
            value, step = rules["initial"][letter], 1
        else:
            value, step = rules["letters"].get(letter, _other_letter(word[at])), 1
        latin.append(value[:1].upper() + value[1:] if word[at].isupper() else value)
        at += step
    return "".join(latin)


@cache
def _other() -> dict[str, str]:
    scripts = table("romanise_other_scripts")
    return {
        letter: latin
        for script in ("greek", "georgian", "armenian", "arabic", "hebrew")
        for letter, latin in scripts[script].items()
    }


def _other_letter(letter: str) -> str:
    """The value of a letter of another script; a letter of no known script stays, without its marks."""
    base = unicodedata.normalize("NFD", letter)[:1]
    return _other().get(letter.lower(), _other().get(base.lower(), letter))


@lru_cache(maxsize=20_000)
def romanise_other(word: str) -> str:
    """Return a Greek, Georgian, Armenian, Arabic or Hebrew word in Latin letters by the generic table, in lower case.

    >>> romanise_other("გიორგი")
    'giorgi'
    """
    lowered = word.lower()
    for pair, latin in table("romanise_other_scripts")["pairs"].items():
        lowered = lowered.replace(pair, latin)
    return "".join(_other_letter(letter) for letter in lowered)
