"""Women's and men's forms of one family name: Вишневська and Вишневський, Петрова and Петров, Kowalska and Kowalski.

Source: data/womens_endings.toml.
"""

from functools import cache, lru_cache

from kinmatch.keys import KEPT, coarse
from kinmatch.tables import table

CONSONANTS = "bvgdklmnprstfzxcCSQZ"
SHORTEST_STEM = 2


@cache
def _endings() -> dict[str, tuple[int, str]]:
    """A woman's ending: how many letters go, and the man's ending that comes instead."""
    undone: dict[str, tuple[int, str]] = {}
    for womans, mans in table("womens_endings")["endings"]:
        firsts = CONSONANTS if womans[0] == "C" else womans[0]
        for first in firsts:
            undone.setdefault(first + womans[1:], (len(womans), first + mans[1:] if womans[0] == "C" else mans))
    return undone


@lru_cache(maxsize=KEPT)
def mans_form(fine: str) -> str:
    """Return the coarse skeleton of the man's form of a family name given by its fine key; its own if it is a man's.

    Two names may be the men's and the women's form of one name if these are equal. Adjectives in -ой count as in -ий.

    >>> mans_form("viSnevska") == mans_form("viSnevski") == mans_form("viSnevskaja")
    True
    >>> mans_form("SevCenko")
    'SEVSENKA'
    """
    if fine.endswith(("a", "u", "oi")):
        for length in (5, 4, 3, 2):
            found = _endings().get(fine[-length:])
            if found and len(fine) - length >= SHORTEST_STEM:
                return coarse(fine[: -found[0]] + found[1])
    return coarse(fine)
