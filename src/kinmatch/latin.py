"""What a Latin spelling may stand for: groups of letters that other alphabets write with one, and their readings.

Source: data/fine_key.toml, which names the standards.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from string import ascii_lowercase, digits, punctuation

from kinmatch.tables import Known, table

SHORT_U = re.compile(r"(?<=[aeo])u(?=$|[bcdfghklmnpqrstvwxz])")
CODES = [letter for letter in ascii_lowercase.upper() + digits + punctuation if letter not in "'-"]
VOWELS = frozenset("aeiouy")
GUARDS = "hzjcg"  # a word without the letter cannot hold a group that has it
Steps = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class _Letters:
    """The table of Latin letters made ready: each group of letters goes to one code, each code to its readings."""

    steps: Steps
    usual: dict[int, str]
    choices: dict[str, tuple[str, ...]]
    unsure: frozenset[str]


@cache
def _letters() -> _Letters:
    values: dict[str, list[str]] = table("fine_key")["latin"]
    groups = sorted((group for group in values if len(group) > 1), key=lambda group: -len(group))
    code = dict(zip(groups, CODES, strict=False)) | {letter: letter for letter in values if len(letter) == 1}
    guard_of = {group: next((letter for letter in GUARDS if letter in group), "") for group in groups}
    steps = tuple(
        (guard, tuple((group, code[group]) for group in groups if guard_of[group] == guard)) for guard in (*GUARDS, "")
    )
    choices = {code[group]: tuple(readings) for group, readings in values.items()}
    # Cyrillic letters that folding left in a Latin word keep their own value.
    choices |= {letter: (value,) for letter, value in table("fine_key")["cyrillic"].items()}
    return _Letters(
        steps=steps,
        usual=Known({ord(sign): readings[0] for sign, readings in choices.items()}),
        choices=choices,
        unsure=frozenset(sign for sign, readings in choices.items() if len(readings) > 1),
    )


def latin_readings(word: str) -> tuple[str, ...]:
    """Return the readings of a folded Latin word: the usual one, special endings, all changes at once, each alone.

    A writer keeps to one habit, so a group of letters is read alike everywhere in the word. The readings are fine keys
    not yet settled (``kinmatch.keys``); letters the table does not know are left out.

    >>> latin_readings("chata")
    ('Cata', 'xata')
    """
    letters = _letters()
    coded = _code(word, letters)
    usual = coded.translate(letters.usual)
    special = _special(word, letters)
    if letters.unsure.isdisjoint(coded):
        return (usual, *special)
    signs = sorted(letters.unsure.intersection(coded))
    changes = [(sign, other) for sign in signs for other in letters.choices[sign][1:]]
    together = tuple((sign, letters.choices[sign][1]) for sign in signs)
    combined = [together, *((change,) for change in changes)] if len(signs) > 1 else [(change,) for change in changes]
    return (usual, *special, *(coded.translate(_changed(each)) for each in combined))


@lru_cache(maxsize=1024)
def _changed(changes: tuple[tuple[str, str], ...]) -> dict[int, str]:
    """The usual readings with some signs read otherwise."""
    return Known(_letters().usual | {ord(sign): reading for sign, reading in changes})


def _code(word: str, letters: _Letters) -> str:
    for guard, groups in letters.steps:
        if guard in word:
            for group, code in groups:
                word = word.replace(group, code)
    return word


def _special(word: str, letters: _Letters) -> list[str]:
    """The French ending -ine, and Belarusian ў written as u."""
    special: list[str] = []
    if word.endswith("ne") and word[-3:-2] in VOWELS:
        special.append(_code(word[:-1], letters).translate(letters.usual))
    if "au" in word or "ou" in word or "eu" in word:
        changed = SHORT_U.sub("v", word)
        if changed != word:
            special.append(_code(changed, letters).translate(letters.usual))
    return special
