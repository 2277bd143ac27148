"""How people really write names: Latin letters by many habits, slips of the finger, letters left out.

The tables are ``lists/spelling.toml``. This is not the bureau's romanisation, which is in ``kinmatch``: the two are
kept apart so that a search tried on invented people meets spellings that its own tables did not make.

>>> latin("Коваль", habit="passport", language="uk"), latin("Щербина", habit="german", language="uk")
('Koval', 'Schtscherbyna')
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

_TABLES = Path(__file__).parent / "lists" / "spelling.toml"
_VOWELS = frozenset("аеєиіїоуюяёыэьъ'")
_NEIGHBOURS = "йцукенгшщзхфівапролджєячсмитьбю qwertyuiop asdfghjkl zxcvbnm"


@dataclass(frozen=True)
class _Habit:
    letters: dict[str, str] = field(default_factory=dict)
    start: dict[str, str] = field(default_factory=dict)
    after_vowel: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)


@cache
def habits() -> tuple[str, ...]:
    """Names of the habits, in the order of the file."""
    return tuple(_tables())


@cache
def latin(word: str, *, habit: str, language: str) -> str:
    """``word`` in Latin letters as ``habit`` writes it; what is not Cyrillic stays as it is.

    Raises:
        KeyError: no such habit, or no such language for it.
    """
    return "".join(_latin_word(part, _tables()[habit][language]) for part in re.split(r"([ -])", word))


def slip(rng: Random, word: str) -> str:
    """``word`` with one slip: a letter lost, doubled, exchanged with its neighbour, or a neighbouring key struck."""
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return rng.choice(
        (
            before + after,
            before + letter + letter + after,
            before + after[0] + letter + after[1:],
            before + _neighbour(rng, letter) + after,
        )
    )


def _latin_word(word: str, habit: _Habit) -> str:
    small = word.lower()
    out: list[str] = []
    at = 0
    while at < len(small):
        pair = habit.pairs.get(small[at : at + 2])
        out.append(pair if pair is not None else _letter(small, at, habit))
        at += 1 if pair is None else 2
    spelt = _with_ending("".join(out), habit)
    return spelt[:1].upper() + spelt[1:] if word[:1].isupper() else spelt


def _letter(word: str, at: int, habit: _Habit) -> str:
    letter = word[at]
    if at == 0 and letter in habit.start:
        return habit.start[letter]
    if at and letter in habit.after_vowel and word[at - 1] in _VOWELS:
        return habit.after_vowel[letter]
    return habit.letters.get(letter, letter)


def _with_ending(spelt: str, habit: _Habit) -> str:
    for ending, written in habit.ends.items():
        if spelt.endswith(ending):
            return spelt.removesuffix(ending) + written
    return spelt


def _neighbour(rng: Random, letter: str) -> str:
    at = _NEIGHBOURS.find(letter)
    if at < 0:
        return letter
    near = (_NEIGHBOURS[at - 1 : at] + _NEIGHBOURS[at + 1 : at + 2]).replace(" ", "")
    return rng.choice(near)


@cache
def _tables() -> dict[str, dict[str, _Habit]]:
    with _TABLES.open("rb") as file:
        raw = tomllib.load(file)
    return {
        habit: {
            language: _Habit(**{part: _pairs(text) for part, text in table.items()}) for language, table in both.items()
        }
        for habit, both in raw.items()
    }


def _pairs(text: str) -> dict[str, str]:
    return {letter: written for letter, _, written in (pair.partition("=") for pair in text.split())}
