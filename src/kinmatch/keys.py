"""Keys of a name: a fine one that every script and habit of spelling shares, and a coarse skeleton.

The fine key still tells apart what people rarely confuse. The coarse skeleton has 16 symbols and joins a and o, e, i
and y, v, f and w, g, h and kh, z, s, c and ts, zh, ch, sh and shch, as accents, languages and romanisations do. A
Latin spelling can be read in several ways (ch, c, j, x, ou); at most ``MOST_READINGS`` readings are kept, the usual
one first.

Source: tables in data/fine_key.toml, which names the standards.
"""

import re
from functools import cache, lru_cache

from kinmatch.latin import latin_readings
from kinmatch.romanise import romanise_other
from kinmatch.script import APOSTROPHES, LONGEST, fold, main_script, words
from kinmatch.tables import Known, table

MOST_READINGS = 4
LONGEST_KEY = 32
KEPT = 1 << 15  # words whose keys are remembered; about 20 MB when full

DOUBLED = re.compile(r"(.)\1+")
# One spelling for glides, soft vowels and hardened ones, in this order: Mariia, Mariya, Марія and Maria meet.
SETTLED = (("ia", "ja"), ("iu", "ju"), ("io", "e"), ("ie", "e"))
HARDENED = (("Co", "Ce"), ("So", "Se"), ("Zo", "Ze"), ("Qo", "Qe"))
LATIN = ((0x61, 0x7A), (0xDF, 0x24F), (0x1E00, 0x1EFF))
NOT_PLAIN = "\uffff"  # stands for what only the thorough way can read
Readings = tuple[tuple[str, ...], tuple[str, ...]]


@cache
def _cyrillic() -> dict[int, str]:
    """Letter to fine key; Latin letters that folding left in a Cyrillic word are read as usual in Latin."""
    tables = table("fine_key")
    single = {letter: values[0] for letter, values in tables["latin"].items() if len(letter) == 1}
    return Known({ord(letter): value for letter, value in (single | tables["cyrillic"]).items()})


@cache
def _plain_cyrillic() -> dict[int, str]:
    """The same for lower-case letters that need no folding; anything else in ASCII is marked as not plain."""
    plain = {ord(letter): _cyrillic()[ord(letter)] for letter in "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґёў"}
    return plain | dict.fromkeys(range(128), NOT_PLAIN) | {ord("'"): ""}


class _Marking(dict[int, str]):
    """A table for ``str.translate`` that marks what it does not know."""

    def __missing__(self, letter: int) -> str:
        return NOT_PLAIN


@cache
def _plain_latin() -> dict[int, str]:
    """Latin letters in lower case, folded; apostrophes fall away."""
    letters = [chr(code) for low, high in LATIN for code in range(low, high + 1)]
    folded = {ord(letter): fold(letter) for letter in letters if letter.isalpha() and letter.islower()}
    return _Marking(folded | {code: "" for code, kept in APOSTROPHES.items() if kept} | {ord("'"): ""})


@cache
def _groups() -> tuple[tuple[str, str], ...]:
    """Fine keys of two letters that one language writes with one."""
    return tuple(table("fine_key")["groups"].items())


@cache
def _coarse() -> dict[int, str]:
    symbols = {ord(letter): symbol for symbol, letters in table("fine_key")["coarse"].items() for letter in letters}
    return symbols | {ord("j"): ""}


@lru_cache(maxsize=KEPT)
def _readings(word: str) -> Readings:
    """The fine keys of one word and the coarse skeletons of all of them."""
    fine: dict[str, None] = {}
    rough: dict[str, None] = {}
    for raw in _raw(word):
        key = _settle(raw)[:LONGEST_KEY]
        skeleton = key.translate(_coarse())
        if DOUBLED.search(skeleton):
            # Letters doubled in the key are doubled in its skeleton too.
            key = DOUBLED.sub(r"\1", _settle(raw))[:LONGEST_KEY]
            skeleton = coarse(key)
        if key and key not in fine:
            fine[key] = rough[skeleton] = None
            if len(fine) == MOST_READINGS:
                break
    rough.pop("", None)
    return tuple(fine), tuple(rough)


def _raw(word: str) -> tuple[str, ...]:
    """Every reading of a word before it is settled: plain words the short way, others folded first."""
    if len(word) <= LONGEST:
        lowered = word.lower()
        if word.isascii():
            bare = lowered.replace("'", "")
            if bare.isalpha():
                return latin_readings(bare)
        else:
            soft = lowered.replace("ьо", "ё") if "ьо" in lowered else lowered
            raw = soft.translate(_plain_cyrillic())
            if raw.isascii():
                return (_grouped(raw),)
            bare = lowered.translate(_plain_latin())
            if NOT_PLAIN not in bare:
                return latin_readings(bare)
    return _thorough(word)


def _thorough(word: str) -> tuple[str, ...]:
    """The readings of any text at all."""
    folded = fold(word).replace("'", "")
    script = main_script(folded)
    if script == "cyrillic":
        return (_grouped(folded.replace("ьо", "ё").translate(_cyrillic())),)
    latin = folded if script == "latin" else romanise_other(folded)
    return latin_readings("".join(filter(str.isalpha, latin)))


def _grouped(raw: str) -> str:
    for group, one in _groups():
        raw = raw.replace(group, one)
    return raw


def _settle(raw: str) -> str:
    """One spelling for glides and soft vowels; doubled letters stay."""
    key = raw.replace("j", "i")
    while "ii" in key:
        key = key.replace("ii", "i")
    for spelt, settled in SETTLED:
        key = key.replace(spelt, settled)
    if "o" in key:
        for spelt, settled in HARDENED:
            key = key.replace(spelt, settled)
    return key


def fine_readings(word: str) -> tuple[str, ...]:
    """Return the fine keys of one word, the usual reading first; empty if no letter of a known script is in it.

    >>> fine_readings("Шевченко")[0] == fine_readings("Szewczenko")[0]
    True
    """
    return _readings(word)[0]


def coarse_readings(word: str) -> tuple[str, ...]:
    """Return the coarse skeletons of all readings of a word, the usual one first, without repeats."""
    return _readings(word)[1]


@lru_cache(maxsize=KEPT)
def coarse(fine: str) -> str:
    """Return the coarse skeleton of a fine key: at most 32 of 16 symbols.

    >>> coarse("mixailov")
    'MEGAELAV'
    """
    return DOUBLED.sub(r"\1", fine.translate(_coarse()))


def fine_key(text: str) -> str:
    """Return the usual fine key of every word of ``text``, joined by blanks; equal for any alphabet.

    >>> fine_key("Тарас Шевченко") == fine_key("Taras Shevchenko")
    True
    """
    return " ".join(readings[0] for word in words(text) if (readings := fine_readings(word)))


def coarse_key(text: str) -> str:
    """Return the usual coarse skeleton of every word of ``text``, joined by blanks."""
    return " ".join(readings[0] for word in words(text) if (readings := coarse_readings(word)))
