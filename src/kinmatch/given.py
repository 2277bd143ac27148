"""Given names as concepts, and the father's name inside a patronymic.

Олександр, Александр, Саша and Alexander are one concept. A word may stand for several concepts (Саша: a man's or a
woman's name), so every answer is a set; two words are the same name when their sets meet.

Source: data/given_names.toml, typed from the dictionaries it names; data/name_endings.toml.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kinmatch.keys import KEPT, coarse_readings, fine_readings
from kinmatch.script import words
from kinmatch.tables import Endings, table

NONE: frozenset[str] = frozenset()
# Endings of a patronymic in the coarse alphabet: -ович -евич -йович -івна -овна -евна, then -ич -ична -инична.
LONG_ENDING = re.compile(r"[AEU]*(?:VES|VNA)$")
SHORT_ENDING = re.compile(r"(?:E[SZ]|(?:EN)?E?[SZ]NA)$")


@dataclass(frozen=True)
class Concepts:
    """What the table of given names is looked up by."""

    by_fine: dict[str, frozenset[str]]
    by_coarse: dict[str, frozenset[str]]
    formal: dict[str, frozenset[str]]
    fathers: dict[str, frozenset[str]]
    sex: dict[str, str]


def _every_form(entry: dict[str, str]) -> list[str]:
    return " ".join(entry.get(kind, "") for kind in ("uk", "ru", "be", "short", "latin", "other")).split()


@cache
def concepts() -> Concepts:
    """Return the table of given names, turned into look-ups once."""
    fine: dict[str, set[str]] = {}
    rough: dict[str, set[str]] = {}
    formal: dict[str, set[str]] = {}
    fathers: dict[str, set[str]] = {}
    sex: dict[str, str] = {}
    for section, letter in (("male", "m"), ("female", "f")):
        for concept, entry in table("given_names")[section].items():
            sex[concept] = letter
            for form in _every_form(entry):
                _put(fine, fine_readings(form), concept)
                _put(rough, coarse_readings(form), concept)
            for language in ("uk", "ru", "be"):
                _put(formal, fine_readings(entry[language]), concept)
            if letter == "m":
                _put(fathers, _father_stems(entry), concept)
    return Concepts(_freeze(fine), _freeze(rough), _freeze(formal), _freeze(fathers), sex)


def _put(into: dict[str, set[str]], keys: tuple[str, ...], concept: str) -> None:
    for key in keys:
        into.setdefault(key, set()).add(concept)


def _freeze(sets: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in sets.items()}


def _father_stems(entry: dict[str, str]) -> tuple[str, ...]:
    names = [coarse_readings(entry[language])[0] for language in ("uk", "ru", "be")]
    stems = [name.rstrip("AEU") for name in names]
    listed = [stem for word in entry.get("father", "").split() for stem in father_stems(word)]
    return tuple(dict.fromkeys(filter(None, [*stems, *listed])))


@lru_cache(maxsize=KEPT)
def given_concepts(word: str) -> frozenset[str]:
    """Return the concepts a given name may stand for; empty if the table does not know it.

    >>> sorted(given_concepts("Саша") & given_concepts("Aleksandr"))
    ['oleksandr']
    """
    known = concepts()
    return _found(known.by_fine, fine_readings(word)) or _found(known.by_coarse, coarse_readings(word))


def _found(known: dict[str, frozenset[str]], keys: tuple[str, ...]) -> frozenset[str]:
    if len(keys) == 1:
        return known.get(keys[0], NONE)
    return NONE.union(*(known.get(key, NONE) for key in keys))


@lru_cache(maxsize=KEPT)
def is_given_name(word: str) -> bool:
    """Whether the table knows exactly this name in some form, spelt in any alphabet."""
    known = concepts().by_fine
    return any(key in known for key in fine_readings(word))


@lru_cache(maxsize=KEPT)
def is_formal_given_name(word: str) -> bool:
    """Whether the table knows this name as a full form, not a short one."""
    known = concepts().formal
    return any(key in known for key in fine_readings(word))


@cache
def _patronymics() -> tuple[Endings, Endings]:
    endings = table("name_endings")["patronymic"]
    return Endings(endings["son"]), Endings(endings["daughter"])


@cache
def _womens() -> Endings:
    return Endings(table("name_endings")["surname"]["woman"])


def looks_like_patronymic(word: str) -> bool:
    """Whether the word ends as patronymics do; so do some family names (Петрович)."""
    return bool(patronymic_sex(word))


@lru_cache(maxsize=KEPT)
def patronymic_sex(word: str) -> str:
    """Return ``m`` or ``f`` for a word that ends as a son's or daughter's patronymic does, else ""."""
    son, daughter = _patronymics()
    bare = word.lower().replace("'", "")
    return "m" if son.end(bare) else "f" if daughter.end(bare) else ""


@lru_cache(maxsize=KEPT)
def father_stems(word: str) -> tuple[str, ...]:
    """Return the coarse stems of the father's name in a patronymic, or of a bare father's name.

    >>> set(father_stems("Сергійович")) & set(father_stems("Sergeevich"))
    {'ZERG'}
    """
    stems: dict[str, None] = {}
    for reading in coarse_readings(word):
        stem, endings = LONG_ENDING.subn("", reading)
        if not endings:
            stem = SHORT_ENDING.sub("", reading) if looks_like_patronymic(word) else reading
        stems[stem.rstrip("AEU") or reading] = None
    return tuple(stems)


@lru_cache(maxsize=KEPT)
def father_concepts(word: str) -> frozenset[str]:
    """Return the concepts of the father's name in a patronymic; empty if the table does not know it.

    >>> sorted(father_concepts("Николаевна") & father_concepts("Mykolaiovych"))
    ['mykola']
    """
    return _found(concepts().fathers, father_stems(word))


@lru_cache(maxsize=KEPT)
def given_sexes(word: str) -> frozenset[str]:
    """Return the sexes whose bearers the table knows under this given name; empty if it does not know it."""
    return frozenset(concepts().sex[concept] for concept in given_concepts(word))


def sex_of(*, given: str, patronymic: str, surname: str) -> str:
    """Return ``m``, ``f`` or "" as far as the names tell: patronymic, then given name, then family name."""
    for word in words(patronymic):
        if told := patronymic_sex(word):
            return told
    found = NONE.union(*(given_sexes(word) for word in words(given)))
    if len(found) == 1:
        return min(found)
    return "f" if _womens().end(surname.lower()) else ""
