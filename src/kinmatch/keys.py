"""Keys of a name: a fine one that every script and habit of spelling shares, a coarse skeleton, and blocking keys.

The fine key still tells apart what people rarely confuse. The coarse skeleton has 16 symbols and joins a and o, e, i
and y, v, f and w, g, h and kh, z, s, c and ts, zh, ch, sh and shch, as accents, languages and romanisations do. A
Latin spelling can be read in several ways (ch, c, j, x, ou); at most ``MOST_READINGS`` readings are kept, the usual
one first.

Source: tables in data/fine_key.toml, which names the standards.
"""

import re
from functools import cache, lru_cache
from itertools import islice, product

from kinmatch.romanise import romanise_other
from kinmatch.script import fold, main_script, words
from kinmatch.tables import table

MOST_READINGS = 4
LONGEST_KEY = 32

GLIDES_BEFORE_VOWEL = re.compile(r"[ij]+(?=[aou])")
SOFT_O = re.compile(r"jo")
GLIDES_BEFORE_E = re.compile(r"[ij]+e")
HARDENED_O = re.compile(r"(?<=[CSZQ])o")
DOUBLED = re.compile(r"(.)\1+")
FRENCH_END = re.compile(r"(?<=[aeiouy])ne$")
SHORT_U = re.compile(r"(?<=[aeo])u(?=$|[bcdfghklmnpqrstvwxz])")


@cache
def _cyrillic() -> tuple[re.Pattern[str], dict[str, str]]:
    values = table("fine_key")["cyrillic"] | table("fine_key")["cyrillic_groups"]
    return _longest_first(values), values


@cache
def _latin() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    values = table("fine_key")["latin"]
    return _longest_first(values), values


@cache
def _coarse() -> dict[int, str]:
    return {ord(letter): symbol for symbol, letters in table("fine_key")["coarse"].items() for letter in letters} | {
        ord("j"): ""
    }


def _longest_first(values: dict[str, object]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, values), key=lambda group: -len(group))))


@lru_cache(maxsize=200_000)
def fine_readings(word: str) -> tuple[str, ...]:
    """Return the fine keys of one word, the usual reading first; empty if no letter of a known script is in it.

    >>> fine_readings("Шевченко")[0] == fine_readings("Szewczenko")[0]
    True
    """
    folded = fold(word).replace("'", "")
    script = main_script(folded)
    if script == "cyrillic":
        pattern, values = _cyrillic()
        raw = ["".join(values[group] for group in pattern.findall(folded))]
    else:
        raw = _latin_readings(folded if script == "latin" else romanise_other(folded))
    settled = dict.fromkeys(_settle(reading)[:LONGEST_KEY] for reading in raw)
    return tuple(islice(filter(None, settled), MOST_READINGS))


def _latin_readings(word: str) -> list[str]:
    """Every reading of a Latin word: the usual values, then one change at a time, then all at once."""
    pattern, values = _latin()
    choices = [values[group] for group in pattern.findall(word)]
    usual = "".join(choice[0] for choice in choices)
    others = ["".join(reading) for reading in islice(product(*choices), 1, 2 * MOST_READINGS)]
    endings = [_change(word, FRENCH_END, "n"), _change(word, SHORT_U, "v")]
    special = ["".join(values[group][0] for group in pattern.findall(changed)) for changed in endings if changed]
    return [usual, *special, *reversed(others)] if len(others) > 1 else [usual, *special, *others]


def _change(word: str, pattern: re.Pattern[str], by: str) -> str:
    changed = pattern.sub(by, word)
    return changed if changed != word else ""


def _settle(raw: str) -> str:
    """One spelling for glides and doubled letters: Mariia, Mariya, Марія and Maria meet."""
    key = GLIDES_BEFORE_VOWEL.sub("j", raw)
    key = SOFT_O.sub("e", key)
    key = HARDENED_O.sub("e", GLIDES_BEFORE_E.sub("e", key))
    key = re.sub(r"j(?![aou])|i+", "i", key)
    return DOUBLED.sub(r"\1", key)


@lru_cache(maxsize=400_000)
def coarse(fine: str) -> str:
    """Return the coarse skeleton of a fine key: at most 32 of 16 symbols.

    >>> coarse("mixailov")
    'MEGAELAV'
    """
    return DOUBLED.sub(r"\1", fine.translate(_coarse()))


@lru_cache(maxsize=200_000)
def coarse_readings(word: str) -> tuple[str, ...]:
    """Return the coarse skeletons of all readings of a word, the usual one first, without repeats."""
    return tuple(dict.fromkeys(filter(None, map(coarse, fine_readings(word)))))


def fine_key(text: str) -> str:
    """Return the usual fine key of every word of ``text``, joined by blanks; equal for any alphabet.

    >>> fine_key("Тарас Шевченко") == fine_key("Taras Shevchenko")
    True
    """
    return " ".join(readings[0] for word in words(text) if (readings := fine_readings(word)))


def coarse_key(text: str) -> str:
    """Return the usual coarse skeleton of every word of ``text``, joined by blanks."""
    return " ".join(readings[0] for word in words(text) if (readings := coarse_readings(word)))
