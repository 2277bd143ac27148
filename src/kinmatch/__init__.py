"""The matching engine: is this the same person, how sure is it, and why.

It knows no bureau and no database, and is usable by others. It refuses to know fates, cases and officers. It
proposes; people decide.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kinmatch.compare import sentences
from kinmatch.level import Answer, Comparison, Evidence, Hit, Level, WouldChange
from kinmatch.model import compare
from kinmatch.person import Name, Parts, Person
from kinmatch.romanise import romanise
from kinmatch.table import RepeatedId, Table

if TYPE_CHECKING:
    from kinmatch.batch import Double, Link, doubles, likely_same, link
    from kinmatch.index import Index, UnknownRecord
    from kinmatch.storage import DamagedIndex

# ``compare`` is the function here; the comparators are imported as ``from kinmatch.compare import ...``.
__all__ = [
    "Answer",
    "Comparison",
    "DamagedIndex",
    "Double",
    "Evidence",
    "Hit",
    "Index",
    "Level",
    "Link",
    "Name",
    "Parts",
    "Person",
    "RepeatedId",
    "Table",
    "UnknownRecord",
    "WouldChange",
    "compare",
    "doubles",
    "likely_same",
    "link",
    "romanise",
    "sentences",
]

# What searches brings the compiler with it, which takes a second; who only reads names does without.
SEARCHING = {
    "DamagedIndex": "kinmatch.storage",
    "Double": "kinmatch.batch",
    "Index": "kinmatch.index",
    "Link": "kinmatch.batch",
    "UnknownRecord": "kinmatch.index",
    "doubles": "kinmatch.batch",
    "likely_same": "kinmatch.batch",
    "link": "kinmatch.batch",
}


def __getattr__(name: str) -> object:
    """Return what is imported only when somebody asks for it.

    Raises:
        AttributeError: there is no such name.
    """
    if name not in SEARCHING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(SEARCHING[name]), name)
