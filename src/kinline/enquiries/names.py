"""Search keys of a name as a family wrote it: every reading of every word, so that any alphabet and spelling finds it.

>>> fits(key("Шевченко Тарас"), "taras szewczenko")
True
>>> fits(key("Шевченко Тарас"), "Taras Koval")
False
"""

from kinmatch import keys
from kinmatch.script import words

MOST_WORDS = 8


def key(name: str) -> str:
    """The coarse skeletons of all words of ``name`` with all their readings, each between blanks; "" for none."""
    return _between_blanks({reading for word in words(name)[:MOST_WORDS] for reading in keys.coarse_readings(word)})


def sought(name: str) -> list[frozenset[str]]:
    """For each word of ``name`` the pieces of a ``key`` of which one must be there; others are left out."""
    readings = (keys.coarse_readings(word) for word in words(name)[:MOST_WORDS])
    return [frozenset(f" {reading} " for reading in each) for each in readings if each]


def fits(name_key: str, name: str) -> bool:
    """Whether every word of ``name`` is found in ``name_key`` in one of its readings."""
    wanted = sought(name)
    return bool(wanted) and all(any(piece in name_key for piece in pieces) for pieces in wanted)


def _between_blanks(readings: set[str]) -> str:
    return f" {' '.join(sorted(readings))} " if readings else ""
