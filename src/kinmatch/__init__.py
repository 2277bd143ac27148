"""The matching engine: is this the same person, how sure is it, and why.

It knows no bureau and no database, and is usable by others. It refuses to know fates, cases and officers. It
proposes; people decide.
"""

from kinmatch.batch import Double, Link, doubles, link
from kinmatch.compare import sentences
from kinmatch.index import Index, UnknownRecord
from kinmatch.level import Answer, Comparison, Evidence, Hit, Level, WouldChange
from kinmatch.model import compare
from kinmatch.person import Name, Parts, Person
from kinmatch.romanise import romanise
from kinmatch.storage import DamagedIndex
from kinmatch.table import RepeatedId, Table

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
    "link",
    "romanise",
    "sentences",
]
