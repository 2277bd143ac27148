"""What goes wrong between a fact and the paper: slips of the pen, and dates remembered by half."""

from functools import cache

import numpy as np

from kinmatch.bench.spell import Texts
from kinmatch.bench.world import DAYS, Flags, Ints

# Of dates asked: right, missing, the year alone, day and month changed over, a year off; the rest is "about".
RIGHT, MISSING, YEAR, CHANGED_OVER, YEAR_OFF = 0.67, 0.11, 0.09, 0.03, 0.05
SLIP_IN = (0.5, 0.2, 0.3)  # family name, given name, patronymic
SHORTEST = 4
CYRILLIC_LETTERS, LATIN_LETTERS = "аеиоустнлрвкм", "aeioustnlrvkm"


@cache
def iso_dates() -> Texts:
    """Return YYYY-MM-DD for every day of the world. Shape: (days,)."""
    return np.datetime_as_string(DAYS).astype(object)


@cache
def years() -> Texts:
    """Return YYYY for every day of the world. Shape: (days,)."""
    return np.array([text[:4] for text in iso_dates()], dtype=object)


def remembered_dates(born: Ints, random: np.random.Generator, slices: dict[str, Flags]) -> Texts:
    """Return the dates as families give them, and note in ``slices`` which are missing or doubtful."""
    roll = random.random(len(born))
    texts = iso_dates()[born]
    steps = np.cumsum([RIGHT, MISSING, YEAR, CHANGED_OVER, YEAR_OFF])
    case = np.searchsorted(steps, roll, side="right")
    texts[case == 1] = ""
    texts[case == 2] = years()[born[case == 2]]
    shift = random.integers(-2, 3, len(born))
    for row in np.flatnonzero(case >= 3).tolist():
        texts[row] = _doubtful(texts[row], int(case[row]), int(shift[row]))
    slices["no date"] = case == 1
    slices["year alone"] = case == 2
    slices["doubtful date"] = case >= 3
    return texts


def _doubtful(iso: str, case: int, shift: int) -> str:
    year, month, day = int(iso[:4]), iso[5:7], iso[8:]
    if case == 3 and int(day) <= 12:
        return f"{year}-{day}-{month}"
    if case <= 4:
        return f"{year + (1 if shift > 0 else -1)}-{month}-{min(int(day), 28):02}"
    return f"{year + shift}~"


def slip(names: list[Texts], rows: Ints, random: np.random.Generator) -> None:
    """Put one slip into one of the names (family, given, patronymic) of every row of ``rows``."""
    which = random.choice(len(SLIP_IN), len(rows), p=SLIP_IN)
    for row, name, (where, letter), kind in zip(
        rows.tolist(),
        which.tolist(),
        random.random((len(rows), 2)).tolist(),
        random.integers(0, 4, len(rows)).tolist(),
        strict=True,
    ):
        names[name][row] = slipped(names[name][row], kind, where, letter)


def slipped(word: str, kind: int, where: float, letter: float) -> str:
    """Return a word with a letter left out (0), changed over with its neighbour (1), put in (2), or replaced (3).

    ``where`` and ``letter`` are shares of 1.

    >>> slipped("Коваль", 0, 0.0, 0.0)
    'Кваль'
    """
    if len(word) < SHORTEST:
        return word
    at = 1 + int(where * (len(word) - 2))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    letters = CYRILLIC_LETTERS if ord(word[at]) > 0x400 else LATIN_LETTERS
    return word[:at] + letters[int(letter * len(letters))] + word[at + (kind == 3) :]
