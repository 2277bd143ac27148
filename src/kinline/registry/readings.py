"""How the bureau reads what a report says: scripts of names, dates, codes; and when two statements agree.

What was written is kept verbatim; a reading stands beside it and may be empty where the bureau cannot read it.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from kinline.registry import numbers
from kinmatch import keys
from kinmatch.person import Parts, split
from kinmatch.romanise import language_of
from kinmatch.script import main_script
from kinrules.dates import PartialDate
from kinrules.refusal import Refused
from kinrules.terms import FactKind

DATES = frozenset({FactKind.BIRTH_DATE, FactKind.CAPTURE_DATE, FactKind.DEATH_DATE})
NUMBERS = frozenset({FactKind.SERVICE_NUMBER, FactKind.UNIT})
MANY = frozenset(
    {FactKind.DISTINGUISHING_MARK, FactKind.NOTE, FactKind.HEALTH, FactKind.LAST_SEEN, FactKind.NATIONALITY}
)
"""Kinds of which a person may have several at once, so that two of them are no conflict."""

_SCRIPTS = {
    "latin": "Latn",
    "cyrillic": "Cyrl",
    "greek": "Grek",
    "georgian": "Geor",
    "arabic": "Arab",
    "hebrew": "Hebr",
}


@lru_cache(maxsize=50_000)
def script(text: str) -> str:
    """The script of most letters, as an ISO 15924 code; empty where there is none we know."""
    return _SCRIPTS.get(main_script(text), "")


def language(text: str) -> str:
    """``uk``, ``ru`` or ``be`` for a Cyrillic name, as far as its letters tell; empty for other scripts."""
    return language_of(text) if script(text) == "Cyrl" else ""


def parts(written: str) -> Parts:
    """The parts of a name written as one."""
    return split(written)


@lru_cache(maxsize=100_000)
def search_key(text: str) -> str:
    """The search key of a name, alike in any alphabet; padded so that whole words can be found in it."""
    key = keys.coarse_key(text)[:298]
    return f" {key} " if key else ""


def value(kind: FactKind, written: str) -> str:
    """The bureau's reading of one statement: a date in its written form, a number in capital letters and digits.

    Empty where nothing can be read; the verbatim words are kept in any case.
    """
    if kind in DATES:
        return _date(written)
    if kind in NUMBERS:
        return numbers.canonical(written)[:300]
    return " ".join(written.split()).casefold()[:300]


def future(kind: FactKind, read: str, *, on: date) -> Refused | None:
    """Why a date that has not come yet is refused, or None."""
    if kind in DATES and read and PartialDate.parse(read).earliest > on:
        return Refused("record.date-in-future", f"a {kind.value} lies after the day of recording")
    return None


def agree(kind: FactKind, values: Iterable[str]) -> bool:
    """Whether all readings of one kind can be true of one person at once. What is not known contradicts nothing."""
    known = [text for text in dict.fromkeys(values) if text]
    if len(known) < 2 or kind in MANY:
        return True
    if kind in DATES:
        partial = [PartialDate.parse(text) for text in known]
        return all(one.agrees_with(other) for one in partial for other in partial)
    if kind in NUMBERS:
        return False
    words = [frozenset(search_key(text).split()) for text in known]
    return all(one <= other or other <= one for one in words for other in words)


def _date(written: str) -> str:
    try:
        return str(PartialDate.parse(written))
    except Refused:
        return ""
