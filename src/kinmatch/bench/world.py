"""The invented world of the bench: people with the skew of real names, and how each language spells them.

Nobody here exists. The same seed gives the same people.
"""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any

RUSSIAN = str.maketrans("іїєґІЇЄҐ'", "ииегИИЕГъ")
RUSSIAN_ENDINGS = (("ський", "ский"), ("ська", "ская"), ("ець", "ец"), ("цький", "цкий"))
TAIL = 0.35  # share of people whose family name is rare
WOMEN = 0.06
FIRST_DAY = date(1958, 1, 1)


@dataclass(frozen=True)
class Bearer:
    """Somebody invented, before anybody wrote them down. Every name is a pair: Ukrainian, Russian."""

    number: int
    woman: bool
    surname: tuple[str, str]
    given: tuple[str, str]
    short: str
    patronymic: tuple[str, str]
    father: tuple[str, str]
    mother_maiden: tuple[str, str]
    born: date
    place: tuple[str, str]
    unit: tuple[int, str]
    service_number: str


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("kinmatch.bench") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def settings(name: str) -> dict[str, Any]:
    """Return a TOML table of bench/data."""
    return tomllib.loads((files("kinmatch.bench") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Lot:
    """Values drawn with unequal chances."""

    values: list[dict[str, str]]
    steps: list[float]

    def draw(self, random: Random) -> dict[str, str]:
        """Return one value."""
        return random.choices(self.values, cum_weights=self.steps)[0]


@cache
def lot(name: str, sex: str = "") -> Lot:
    """Return the lot of bench/data/<name>.csv, of one sex where asked."""
    rows = [row for row in _rows(name) if not sex or row["sex"] == sex]
    return Lot(rows, list(accumulate(float(row["weight"]) for row in rows)))


@cache
def frequent_surnames() -> Lot:
    """Return all stems with all endings, the likelier first, with the skew of real lists: the commonest about 0.3 %."""
    table = settings("surnames")
    random = Random(7)  # noqa: S311 - invented people need no secrecy
    rows = [
        (stem, ending) for stem in table["stems"].split() for ending in table["endings"] if _fits(stem, ending["uk"])
    ]
    rows.sort(key=lambda row: (random.random() ** 2) / row[1]["weight"])
    values = [_spelt(stem, ending) for stem, ending in rows]
    return Lot(values, list(accumulate(1 / (rank + 25) ** 0.8 for rank in range(len(values)))))


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


def _surname(random: Random) -> dict[str, str]:
    if random.random() > TAIL:
        return frequent_surnames().draw(random)
    table = settings("surnames")
    syllables = [random.choice(table[part].split()) for part in ("tail_onsets", "tail_middles", "tail_codas")]
    if random.random() < 0.5:
        syllables += [random.choice(table["tail_middles"].split()[:5]), random.choice(table["tail_codas"].split()[:18])]
    endings = [ending for ending in table["endings"] if ending["uk"]]
    return _spelt("".join(syllables), random.choices(endings, [ending["weight"] for ending in endings])[0])


def bearer(number: int, random: Random) -> Bearer:
    """Return an invented person."""
    woman = random.random() < WOMEN
    surname, maiden = _surname(random), _surname(random)
    given = lot("given", "f" if woman else "m").draw(random)
    father = lot("fathers").draw(random)
    place = lot("places").draw(random)
    suffix, child = ("_woman", "daughter") if woman else ("", "son")
    return Bearer(
        number=number,
        woman=woman,
        surname=(surname["uk" + suffix], surname["ru" + suffix]),
        given=(given["uk"], given["ru"]),
        short=random.choice(given["short"].split()),
        patronymic=(father[f"{child}_uk"], father[f"{child}_ru"]),
        father=(father["given_uk"], father["given_ru"]),
        mother_maiden=(maiden["uk_woman"], maiden["ru_woman"]),
        born=born(random),
        place=(place["uk"], place["ru"]),
        unit=(
            random.randint(1, 160),
            random.choice(["механізована бригада", "десантно-штурмова бригада", "мотострілецький полк"]),
        ),
        service_number=f"{random.choice('АБВГ')}{random.choice('КМТН')}{random.randint(100000, 999999)}",
    )


def born(random: Random) -> date:
    """Return a day of birth: soldiers are mostly twenty to fifty."""
    return FIRST_DAY + timedelta(days=int(365.25 * min(47.0, max(0.0, random.gauss(30, 9)))) + random.randint(0, 365))
