"""How somebody invented writes a value down: in which language, and in which habit of Latin letters.

Every distinct value of a column is spelt once, however many rows have it.

Source: data/habits.toml, which names the systems; they are typed apart from the engine's tables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinmatch.bench import world
from kinmatch.bench.world import Flags, Ints, People

HABITS = ("icao", "bgn", "gost", "iso9", "german", "polish", "french", "naive")
LANGUAGES = ("uk", "ru")
Texts = NDArray[np.object_]
# Both spellings of a value, Ukrainian and Russian, by its number.
Spelling = Callable[[int], tuple[str, str]]


@dataclass(frozen=True)
class Hands:
    """Who writes each row: the language, and the habit of Latin letters (0 for Cyrillic, else its place in HABITS)."""

    language: Ints
    habit: Ints

    def __getitem__(self, rows: "NDArray[Any]") -> "Hands":
        return Hands(self.language[rows], self.habit[rows])

    def write(self, numbers: Ints, spelling: Spelling) -> Texts:
        """Return the text each hand writes for its value. Shape: that of ``numbers``."""
        span = int(numbers.max(initial=0)) + 1
        hand = self.habit.astype(np.int64) * len(LANGUAGES) + self.language
        distinct, place = np.unique(hand * span + numbers, return_inverse=True)
        texts = np.empty(len(distinct), dtype=object)
        for at, (code, number) in enumerate(zip(*(part.tolist() for part in divmod(distinct, span)), strict=True)):
            habit, language = divmod(code, len(LANGUAGES))
            word = spelling(number)[language]
            texts[at] = latin(word, HABITS[habit - 1], LANGUAGES[language]) if habit else word
        return texts[place]

    def surnames(self, numbers: Ints, woman: Flags) -> Texts:
        """Return family names, of men or of women."""
        return self.write(numbers * 2 + woman, _surname)

    def given_names(self, people: People, short: Flags) -> Texts:
        """Return given names, the short form where ``short``."""
        return self.write(people.given * 7 + np.where(short, people.short + 1, 0), _given)

    def patronymics(self, people: People) -> Texts:
        """Return patronymics, a son's or a daughter's."""
        return self.write(people.father * 2 + people.woman, _patronymic)

    def fathers(self, people: People) -> Texts:
        """Return the fathers' given names."""
        return self.write(people.father, _father)

    def places(self, numbers: Ints) -> Texts:
        """Return places of birth."""
        return self.write(numbers, _place)


def _surname(number: int) -> tuple[str, str]:
    entry, suffix = world.surname(number // 2), "_woman" if number % 2 else ""
    return entry["uk" + suffix], entry["ru" + suffix]


@cache
def _given(number: int) -> tuple[str, str]:
    entry = world.lot("given").values[number // 7]
    if number % 7 == 0:
        return entry["uk"], entry["ru"]
    forms = entry["short"].split()
    short = forms[(number % 7 - 1) % len(forms)]
    return short, short


@cache
def _patronymic(number: int) -> tuple[str, str]:
    entry, child = world.lot("fathers").values[number // 2], "daughter" if number % 2 else "son"
    return entry[f"{child}_uk"], entry[f"{child}_ru"]


@cache
def _father(number: int) -> tuple[str, str]:
    entry = world.lot("fathers").values[number]
    return entry["given_uk"], entry["given_ru"]


@cache
def _place(number: int) -> tuple[str, str]:
    entry = world.lot("places").values[number]
    return entry["uk"], entry["ru"]


@cache
def _habit(habit: str, language: str) -> dict[str, str]:
    table = world.settings("habits")[habit]
    pairs: dict[str, str] = {}
    for text in (table["shared"], table[language]):
        flat = text.split()
        pairs |= {letter: "" if value == "_" else value for letter, value in zip(flat[::2], flat[1::2], strict=True)}
    return pairs


def latin(text: str, habit: str, language: str) -> str:
    """Return Cyrillic ``text`` as one habit writes it.

    >>> latin("Шевченко", "polish", "uk")
    'Szewczenko'
    """
    pairs = _habit(habit, language)
    out: list[str] = []
    for word in text.lower().split():
        at, made = 0, ""
        while at < len(word):
            two, one = word[at : at + 2], word[at]
            key = two if len(two) == 2 and two in pairs else f"^{one}" if at == 0 and f"^{one}" in pairs else one
            made += pairs.get(key, key)
            at += 2 if key == two and len(two) == 2 else 1
        out.append("-".join(part.capitalize() for part in made.split("-")))
    return " ".join(out)
