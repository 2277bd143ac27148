"""The invented world of the bench: people with the skew of real names, and how each language spells them.

Nobody here exists. People are drawn as numbers into tables of values, many at once, so that ten million of them need
no object each. The same seed gives the same people.

Source: the skew follows lists of Ukrainian and Russian family names: the commonest is borne by 0.26 % of people, and a
million people have about 154,000 different ones.
"""

import csv
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
RUSSIAN = str.maketrans("іїєґІЇЄҐ'", "ииегИИЕГъ")
RUSSIAN_ENDINGS = (("ський", "ский"), ("ська", "ская"), ("ець", "ец"), ("цький", "цкий"))
# Zipf's law as Mandelbrot bent it: the chance of the name at a rank is (rank + BEND) ** -SLOPE over all NAMES.
NAMES, BEND, SLOPE = 760_000, 91.0, 1.2
LONG_TAIL = 0.85  # share of the rare names that have two syllables before the ending
WOMEN = 0.06
DAYS = np.arange("1900-01-01", "2030-01-01", dtype="datetime64[D]")
FIRST_DAY = int(np.searchsorted(DAYS, np.datetime64("1958-01-01")))
UNITS = 160
ARMS = ("механізована бригада", "десантно-штурмова бригада", "мотострілецький полк")
FIRST_NUMBER = 100_000


@dataclass(frozen=True)
class Lot:
    """Values drawn with unequal chances; ``steps`` are the chances added up. Shape of ``steps``: (values,)."""

    values: list[dict[str, str]]
    steps: NDArray[np.float64]

    def draw(self, random: np.random.Generator, count: int) -> Ints:
        """Return the numbers of ``count`` values."""
        return np.searchsorted(self.steps, random.random(count), side="right").astype(np.int32)


@dataclass(frozen=True)
class People:
    """Invented people, before anybody wrote them down: for each fact the numbers of their values, one a person.

    ``born`` counts the days of ``DAYS``; ``short`` picks one of the short forms of the given name.
    """

    woman: Flags
    surname: Ints
    given: Ints
    short: Ints
    father: Ints
    maiden: Ints
    born: Ints
    place: Ints
    unit: Ints
    number: Ints

    def __len__(self) -> int:
        return len(self.surname)

    def take(self, rows: NDArray[np.integer[Any]]) -> "People":
        """Return the people of these rows, repeated where a row is."""
        return People(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def where(self, holds: Flags, others: "People") -> "People":
        """Return these people where ``holds``, else the others."""
        names = [field.name for field in fields(self)]
        return People(**{name: np.where(holds, getattr(self, name), getattr(others, name)) for name in names})


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of bench/data/<name>.csv."""
    text = (files("kinmatch.bench") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def settings(name: str) -> dict[str, Any]:
    """Return a TOML table of bench/data."""
    return tomllib.loads((files("kinmatch.bench") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def _lot(values: list[dict[str, str]], weights: NDArray[np.float64]) -> Lot:
    steps = np.cumsum(weights)
    return Lot(values, steps / steps[-1])


@cache
def lot(name: str, sex: str = "") -> Lot:
    """Return the lot of bench/data/<name>.csv, of one sex where asked."""
    kept = [row for row in rows(name) if not sex or row["sex"] == sex]
    return _lot(kept, np.array([float(row["weight"]) for row in kept]))


@cache
def frequent_surnames() -> Lot:
    """Return all stems with all endings, the likelier first; behind them come the rare ones."""
    table = settings("surnames")
    random = np.random.default_rng(7)
    pairs = [
        (stem, ending) for stem in table["stems"].split() for ending in table["endings"] if _fits(stem, ending["uk"])
    ]
    order = np.argsort(random.random(len(pairs)) ** 2 / np.array([ending["weight"] for _stem, ending in pairs]))
    values = [_spelt(*pairs[at]) for at in order]
    return _lot(values, _skew()[: len(values)])


def _skew() -> NDArray[np.float64]:
    return np.power(np.arange(NAMES, dtype=np.float64) + 1 + BEND, -SLOPE)


@cache
def _surname_steps() -> NDArray[np.float64]:
    steps: NDArray[np.float64] = np.cumsum(_skew())
    steps /= steps[-1]
    return steps


@cache
def _tail() -> Ints:
    """Which syllables and which ending each rare name has. Shape: (NAMES, 6)."""
    table, random = settings("surnames"), np.random.default_rng(8)
    weights = np.array([float(ending["weight"]) * bool(ending["uk"]) for ending in table["endings"]])
    endings = random.choice(len(weights), NAMES, p=weights / weights.sum())
    sizes = [len(table[part].split()) for part in ("tail_onsets", "tail_middles", "tail_codas")]
    syllables = [random.integers(0, size, NAMES) for size in (*sizes, 5, 18)]
    syllables[3][random.random(NAMES) > LONG_TAIL] = -1
    return np.stack([*syllables, endings], axis=1).astype(np.int32)


def _fits(stem: str, ending: str) -> bool:
    soft = stem.endswith(("ь", "й", "і"))
    return (
        not (soft and ending[:1] in "оиеіую")
        and not (stem[-1] == "ч" and ending == "чук")
        and (bool(ending) or len(stem) > 3)
    )


def _spelt(stem: str, ending: dict[str, str]) -> dict[str, str]:
    base = stem.rstrip("ь") if ending["uk"] else stem
    men, women = base + ending["uk"], base + ending.get("women", ending["uk"])
    return {"uk": men, "ru": russian(men), "uk_woman": women, "ru_woman": russian(women)}


def russian(word: str) -> str:
    """Return a Ukrainian family name in Russian spelling, by letters and endings."""
    for ending, other in RUSSIAN_ENDINGS:
        if word.endswith(ending):
            word = word.removesuffix(ending) + other
    return word.translate(RUSSIAN)


def surname(number: int) -> dict[str, str]:
    """Return the four spellings of a family name: of men and women, in Ukrainian and Russian."""
    frequent = frequent_surnames().values
    if number < len(frequent):
        return frequent[number]
    table = settings("surnames")
    onset, middle, coda, second, last, ending = _tail()[number].tolist()
    onsets, middles, codas = (table[part].split() for part in ("tail_onsets", "tail_middles", "tail_codas"))
    more = middles[second] + codas[last] if second >= 0 else ""
    return _spelt(onsets[onset] + middles[middle] + codas[coda] + more, table["endings"][ending])


def given(random: np.random.Generator, woman: Flags) -> Ints:
    """Return a given name for each; the men's come first in bench/data/given.csv, then the women's."""
    men, women = lot("given", "m"), lot("given", "f")
    return np.where(woman, len(men.values) + women.draw(random, len(woman)), men.draw(random, len(woman)))


def people(random: np.random.Generator, count: int) -> People:
    """Return ``count`` invented people."""
    woman = random.random(count) < WOMEN
    surnames = Lot([], _surname_steps())
    return People(
        woman=woman,
        surname=surnames.draw(random, count),
        given=given(random, woman),
        short=random.integers(0, 6, count, dtype=np.int32),
        father=lot("fathers").draw(random, count),
        maiden=surnames.draw(random, count),
        born=born(random, count),
        place=lot("places").draw(random, count),
        unit=random.integers(0, UNITS * len(ARMS), count, dtype=np.int32),
        number=random.integers(0, 16 * 9 * FIRST_NUMBER, count, dtype=np.int32),
    )


def born(random: np.random.Generator, count: int) -> Ints:
    """Return days of birth: soldiers are mostly twenty to fifty."""
    years = np.clip(random.normal(30, 9, count), 0.0, 47.0)
    return (FIRST_DAY + (365.25 * years).astype(np.int32) + random.integers(0, 366, count)).astype(np.int32)
