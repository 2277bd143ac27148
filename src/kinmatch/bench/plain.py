"""What the peers are given: names in plain Latin letters, in their parts, and the date of birth.

Peers know one alphabet, so each name is romanised for them, marks and apostrophes taken off; a name in one box is cut
into family name, given name and patronymic, in that order. None of this is counted in their time.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from kinmatch.dates import parse
from kinmatch.romanise import romanise
from kinmatch.table import Table

UNMARKED = str.maketrans("łđøßæœþı", "ldosaeti")
NOT_A_LETTER = re.compile(r"[^a-z\- ]")
PARTS = ("surname", "given", "patronymic")


@dataclass(frozen=True)
class Plain:
    """Names and dates by row; a date is YYYY-MM-DD in ``born`` and YYYY in ``year``, "" where not known that well."""

    surname: list[str]
    given: list[str]
    patronymic: list[str]
    born: list[str]
    year: list[str]

    def name(self, row: int) -> str:
        """Return the whole name."""
        return " ".join(filter(None, (self.surname[row], self.given[row], self.patronymic[row])))


@dataclass(frozen=True)
class Side:
    """One list, for the engine as a table and for peers in plain letters."""

    table: Table

    @cached_property
    def plain(self) -> Plain:
        """The list in plain letters."""
        return plain(self.table)


def plain(table: Table) -> Plain:
    """Return the names and dates of ``table`` as peers are given them."""
    known: dict[str, str] = {"": ""}
    none = [""] * len(table)
    columns = [list(_latin(table.columns.get(part, none), known)) for part in PARTS]
    for row, text in enumerate(table.columns.get("full_name", none)):
        if text:
            words = _letters(text).split()
            for column, word in zip(columns, [*words[:2], " ".join(words[2:])], strict=False):
                column[row] = word
    dates = [parse(text) for text in table.columns.get("birth_date", none)]
    born = [f"{date.year}-{date.month:02}-{date.day:02}" if date and date.day else "" for date in dates]
    surname, given, patronymic = columns
    return Plain(surname, given, patronymic, born, [str(date.year) if date else "" for date in dates])


def _latin(texts: list[str], known: dict[str, str]) -> list[str]:
    """Every distinct text is romanised once."""
    for text in set(texts) - known.keys():
        known[text] = _letters(text)
    return [known[text] for text in texts]


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", romanise(text).lower().translate(UNMARKED))
    return NOT_A_LETTER.sub("", decomposed)
