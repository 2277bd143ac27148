"""What invented people are drawn from: names, places and ranks with their frequencies.

The lists lie in ``lists/*.csv``. Their weights follow public frequency lists in rank, not in digits: good enough for
the real skew, in which the commonest Ukrainian surname is borne by one person in four hundred. The long tail of rare
surnames is made by rule from stems and endings. ``side`` (``ua``, ``rf``) says from which list one draws, and nothing
else.
"""

import csv
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Generic, NamedTuple, TypeVar

LISTS = Path(__file__).parent / "lists"
SIDES = ("ua", "rf")
FIRST_DECADE = 1950
DECADES = 6
TAIL = {"ua": 860_000, "rf": 500_000}
"""How many in a million bear a surname of the long tail."""

Drawn = TypeVar("Drawn")


class Word(NamedTuple):
    """One name or term as both languages write it."""

    uk: str
    ru: str

    def in_(self, language: str) -> str:
        """The word as ``language`` (``uk`` or ``ru``) writes it."""
        return self.uk if language == "uk" else self.ru


class Surname(NamedTuple):
    """A family's name, as men and as women bear it."""

    man: Word
    woman: Word

    def of(self, sex: str) -> Word:
        """The form that a man (``m``) or a woman (``f``) bears."""
        return self.woman if sex == "f" else self.man


class Given(NamedTuple):
    """A given name with the short forms a family uses."""

    name: Word
    sex: str
    short_uk: tuple[str, ...]
    short_ru: tuple[str, ...]

    def short(self, language: str) -> tuple[str, ...]:
        """Diminutives in ``language``."""
        return self.short_uk if language == "uk" else self.short_ru


@dataclass(frozen=True, slots=True)
class Place:
    """A town of birth with its region; degrees are rounded to a hundredth."""

    name: Word
    region: Word
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank in words, and its code in the manner of STANAG 2116."""

    code: str
    name: Word


class Pool(Generic[Drawn]):
    """Things to draw from by weight; a draw costs one random number and one bisection."""

    def __init__(self, weighted: Iterable[tuple[Drawn, float]]) -> None:
        pairs = [(thing, weight) for thing, weight in weighted if weight > 0]
        self.things = [thing for thing, _ in pairs]
        self._edges = list(accumulate(weight for _, weight in pairs))

    def draw(self, rng: Random) -> Drawn:
        """One thing, the heavier the likelier."""
        return self.things[bisect(self._edges, rng.random() * self._edges[-1], hi=len(self.things) - 1)]


def decade(year: int) -> int:
    """The column of the given-name list for a year of birth."""
    return min(max((year - FIRST_DECADE) // 10, 0), DECADES - 1)


@cache
def surnames(side: str) -> Pool[Surname]:
    """Surnames of one side, the long tail included."""
    common = [(_surname(row, "uk", "ru"), float(row[side])) for row in _rows("surnames")]
    tail = list(_tail(side))
    share = TAIL[side] / sum(weight for _, weight in tail)
    head = (1_000_000 - TAIL[side]) / sum(weight for _, weight in common)
    return Pool(
        [*((name, weight * head) for name, weight in common), *((name, weight * share) for name, weight in tail)]
    )


@cache
def given_names(side: str, sex: str, column: int) -> Pool[Given]:
    """Given names of one side, one sex, and one decade of birth. Digits 0 to 9 count by their square."""
    return Pool((_given(row), int(row[side][column]) ** 2) for row in _rows("given") if row["sex"] == sex)


@cache
def places(side: str) -> Pool[Place]:
    """Towns of birth."""
    return Pool((_place(row), float(row["weight"])) for row in _rows("places") if row["side"] in {side, "both"})


@cache
def ranks(side: str) -> Pool[Rank]:
    """Ranks."""
    return Pool((Rank(row["code"], Word(row["uk"], row["ru"])), float(row[side])) for row in _rows("ranks"))


@cache
def patronymic(father: Word, sex: str) -> Word:
    """The patronymic of a son or daughter of ``father``, by rule, or as the list of exceptions has it.

    >>> patronymic(Word("Андрій", "Андрей"), "f")
    Word(uk='Андріївна', ru='Андреевна')
    """
    column = "daughter" if sex == "f" else "son"
    exception = _exceptions().get(father)
    if exception is not None:
        return Word(exception[f"uk_{column}"], exception[f"ru_{column}"])
    return Word(_patronymic_uk(father.uk, sex), _patronymic_ru(father.ru, sex))


def _patronymic_uk(father: str, sex: str) -> str:
    if father.endswith("й"):
        return father[:-1] + "ївна" if sex == "f" else father + "ович"
    stem = father.removesuffix("о")
    return stem.removesuffix("ь") + "івна" if sex == "f" else stem + "ович"


def _patronymic_ru(father: str, sex: str) -> str:
    soft = {"ий": "ье", "ей": "ее", "ай": "ае", "рь": "ре", "ль": "лье"}
    for ending, stem in soft.items():
        if father.endswith(ending):
            return father.removesuffix(ending) + stem + ("вна" if sex == "f" else "вич")
    return father.removesuffix("а") + ("овна" if sex == "f" else "ович")


def _tail(side: str) -> Iterable[tuple[Surname, float]]:
    """Rare surnames; the further down a stem stands, the rarer, so that no two are equally common."""
    endings = [row for row in _rows("surname_endings") if row["side"] == side]
    stems = [row for row in _rows("surname_stems") if row["side"] == side]
    for place, stem in enumerate(stems):
        for ending in endings:
            man = Word(stem["uk"] + ending["uk"], stem["ru"] + ending["ru"])
            woman = Word(stem["uk"] + ending["uk_woman"], stem["ru"] + ending["ru_woman"])
            yield Surname(man, woman), float(ending["weight"]) / (25 + place * 7 % len(stems)) ** 0.5


def _surname(row: dict[str, str], uk: str, ru: str) -> Surname:
    return Surname(Word(row[uk], row[ru]), Word(row[f"{uk}_woman"], row[f"{ru}_woman"]))


def _given(row: dict[str, str]) -> Given:
    short_uk, short_ru = (tuple(row[column].split("|")) for column in ("short_uk", "short_ru"))
    return Given(Word(row["uk"], row["ru"]), row["sex"], short_uk, short_ru)


def _place(row: dict[str, str]) -> Place:
    name, region = Word(row["uk"], row["ru"]), Word(row["region_uk"], row["region_ru"])
    return Place(name, region, float(row["lat"]), float(row["lon"]))


@cache
def _exceptions() -> dict[Word, dict[str, str]]:
    return {Word(row["uk"], row["ru"]): row for row in _rows("patronymics")}


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
