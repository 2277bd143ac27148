"""Values as numbers: keys as 64-bit digests, skeletons packed into one number, dates as integers.

Shapes and meanings are those of ``kinmatch.kernels``.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from kinmatch.compare import rows
from kinmatch.dates import parse
from kinmatch.kernels.dates import ABOUT
from kinmatch.kernels.lines import digest_lines, pack_lines


@lru_cache(maxsize=100_000)
def day_number(text: str) -> int:
    """Return a date as ``kinmatch.kernels.dates`` counts it; 0 where there is none.

    >>> day_text(day_number("1985-07~"))
    '1985-07~'
    """
    date = parse(text)
    if date is None:
        return 0
    return (date.year << 9) + (date.month << 5) + date.day + (ABOUT if date.about else 0)


def day_text(number: int) -> str:
    """Return the date of a number as ISO 8601 writes it."""
    bare = number & (ABOUT - 1)
    year, month, day = bare >> 9, (bare >> 5) & 15, bare & 31
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return f"{text}~" if number >= ABOUT else text


@cache
def row_numbers(field: str) -> dict[str, int]:
    """Return the numbers of one fact's rows: 0 is the closest."""
    return {row: number for number, row in enumerate(rows(field))}


def digests(keys: Sequence[str], fields: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return the 64-bit digests of keys, each of the fact at the same place of ``fields``. Shape: (keys,)."""
    found: NDArray[np.uint64] = digest_lines(_lines(keys), fields)
    return found


def packed(skeletons: Sequence[str]) -> NDArray[np.uint64]:
    """Return skeletons as numbers, cut at 15 symbols. Shape: (skeletons,)."""
    found: NDArray[np.uint64] = pack_lines(_lines(skeletons), len(skeletons))
    return found


def _lines(texts: Sequence[str]) -> NDArray[np.uint8]:
    """The texts as lines of one run of bytes."""
    return np.frombuffer("\n".join((*texts, "")).encode("utf-8", "surrogatepass"), dtype=np.uint8)
