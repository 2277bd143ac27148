"""The parts of a name written in an unknown order: family name, given name, patronymic, and what stood beside them.

Source: data/name_endings.toml, data/titles.toml; the orders as registers and letters of the region have them.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kinmatch.declension import given_cases, patronymic_cases
from kinmatch.given import (
    father_concepts,
    is_formal_given_name,
    is_given_name,
    looks_like_patronymic,
)
from kinmatch.keys import KEPT
from kinmatch.script import APOSTROPHES, DASHES, LONGEST, fold
from kinmatch.tables import Endings, table
from kinmatch.titles import is_title, without_call_sign

# How often each order is met in registers and letters, in log2 units; bureau practice puts the family name first.
# In the order of their letters, so that of equals the first counts.
OF_THREE = (("GPS", 0.8), ("GSP", -1.0), ("PGS", -3.0), ("PSG", -3.0), ("SGP", 1.0), ("SPG", -2.0))
OF_TWO = (("GP", 0.2), ("GS", 0.4), ("PG", -3.5), ("PS", -3.0), ("SG", 0.6), ("SP", -1.5))
ROLES = {order: tuple("SGP".index(role) for role in order) for order, _worth in (*OF_THREE, *OF_TWO)}
COMMA_AFTER_SURNAME = 6.0
NAME_WORD = re.compile(r"[^\W\d_](?:[\w'\-]*\w)?'?\.?")
LOOSE_DASH = re.compile(r"(?<=\w)\s+-\s+(?=\w)")
FIRST_COMMA = re.compile(r"\s*[^\s,]+(?:\s*-\s*[^\s,]+)?\s*,\s*\S")
MOST_WORDS = 8
FAMILY, GIVEN, FATHERS = range(3)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a name, and what stood beside it."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    call_sign: str = ""
    titles: tuple[str, ...] = ()


NOTHING = Parts()


@lru_cache(maxsize=KEPT)
def split(full_name: str) -> Parts:
    """Return the parts of a name whose order is not known.

    Ranks, forms of address and call-signs are set apart. Patronymic endings, known given names and the endings of
    family names vote for each order; a comma after the first word says that it is the family name.

    >>> split("сержант Олена Іванівна Коваль «Мавка»")
    Parts(surname='Коваль', given='Олена', patronymic='Іванівна', call_sign='Мавка', titles=('сержант',))
    """
    text = full_name[: LONGEST * 2]
    plain = text.split(" ")
    if 1 < len(plain) < 4 and all(map(str.isalpha, plain)) and plain[-1].lower() not in _particles():
        found, call_sign = plain, ""
    else:
        text, call_sign = without_call_sign(text.translate(APOSTROPHES).translate(DASHES))
        whole = LOOSE_DASH.sub("-", text).replace(".", ". ")
        found = _with_particles([word for word in NAME_WORD.findall(whole) if word.strip("'-.")])
    titles = _titles(found)
    kept = [word.rstrip(".") if len(word) > 2 else word for word in found if word not in titles]
    kept = (kept or list(titles))[:MOST_WORDS]
    comma = "," in text and bool(FIRST_COMMA.match(text))
    surname, given, patronymic = _assign(kept, comma)
    return Parts(surname, given, patronymic, call_sign, titles if kept != list(titles) else ())


def _with_particles(found: list[str]) -> list[str]:
    """Words with the Turkic "son" or "daughter" joined to the father's name before it."""
    particles = _particles()
    joined: list[str] = []
    for word in found:
        if joined and word.lower() in particles:
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("name_endings")["patronymic"]["particles"])


def _titles(found: list[str]) -> tuple[str, ...]:
    """The ranks and forms of address among the words.

    A capital word may be both (Майор Іван Петрович): it is the family name if no other word is left to be one.
    """
    titles = tuple(word for word in found if is_title(word))
    if len(titles) == 1 and titles[0].istitle() and titles[0] in (found[0], found[-1]):
        others = [word for word in found if word not in titles]
        if len(others) == 2 and looks_like_patronymic(others[1]) and is_given_name(others[0]):
            return () if len(titles[0]) > 3 and not titles[0].endswith(".") else titles
    return titles


def _assign(found: list[str], comma: bool) -> tuple[str, str, str]:
    """The best order for the words: every way to give them roles is tried and the votes are added."""
    if len(found) <= 1:
        return _lone(found[0]) if found else ("", "", "")
    if len(found) > 3:
        return _many(found, comma)
    order, _margin = best_order(found, comma=comma)
    placed = ["", "", ""]
    for word, role in zip(found, ROLES[order], strict=True):
        placed[role] = word
    return placed[FAMILY], placed[GIVEN], placed[FATHERS]


def best_order(found: list[str], *, comma: bool = False) -> tuple[str, float]:
    """Return the likeliest roles of two or three words, and by how much they beat the next, in log2 units."""
    votes = [votes_of(word) for word in found]
    best, highest, second = "", -99.0, -99.0
    for order, worth in OF_THREE if len(found) == 3 else OF_TWO:
        roles = ROLES[order]
        score = worth + votes[0][roles[0]] + votes[1][roles[1]] + (votes[2][roles[2]] if len(roles) == 3 else 0.0)
        if comma and order[0] == "S":
            score += COMMA_AFTER_SURNAME
        if score > highest:
            best, highest, second = order, score, highest
        elif score > second:
            second = score
    return best, highest - second


def _lone(word: str) -> tuple[str, str, str]:
    known = is_formal_given_name(word) and not _surnames().end(fold(word))
    return ("", word, "") if known else (word, "", "")


def _many(found: list[str], comma: bool) -> tuple[str, str, str]:
    """More than three words: the three best-known parts are found, the rest belongs to the family name."""
    patronymic = next((word for word in found[::-1] if votes_of(word)[FATHERS] > 4.0), "")
    others = [word for word in found if word != patronymic]
    given = next((word for word in others[1 if comma else 0 :] if votes_of(word)[GIVEN] > 2.0), others[-1])
    return " ".join(word for word in others if word != given), given, patronymic


@cache
def _surnames() -> Endings:
    return Endings(table("name_endings")["surname"]["usual"])


@lru_cache(maxsize=KEPT)
def votes_of(word: str) -> tuple[float, float, float]:
    """Return how well one word fits as family name, as given name and as patronymic, in log2 units."""
    folded = fold(word).rstrip(".")
    if len(folded) == 1:
        return -6.0, 1.0, 0.0
    ending, declined = looks_like_patronymic(folded), patronymic_cases(folded)
    fathers = (5.0 if father_concepts(declined[0].nominative if declined else folded) else 3.0) if ending else -6.0
    if declined and not ending:
        fathers = 4.5 if father_concepts(declined[0].nominative) else 2.0
    if is_given_name(folded):
        known = 4.0 if is_formal_given_name(folded) else 3.0
    else:
        known = 2.5 if given_cases(folded) else 0.0
    family = (1.5 if _surnames().end(folded) else 0.0) + (0.5 if "-" in folded else 0.0)
    return family, known - (2.0 if ending or declined else 0.0), fathers
