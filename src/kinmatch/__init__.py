"""The matching engine: is this the same person, how sure is it, and why.

It knows no bureau and no database, and is usable by others. It refuses to know fates, cases and officers. It
proposes; people decide.
"""

from kinmatch.columns import RepeatedId
from kinmatch.index import Index, UnknownRecord
from kinmatch.level import Answer, Comparison, Evidence, Hit, Level, WouldChange
from kinmatch.model import compare
from kinmatch.person import Name, Parts, Person
from kinmatch.romanise import romanise
from kinmatch.storage import DamagedIndex

__all__ = [
    "Answer",
    "Comparison",
    "DamagedIndex",
    "Evidence",
    "Hit",
    "Index",
    "Level",
    "Name",
    "Parts",
    "Person",
    "RepeatedId",
    "UnknownRecord",
    "WouldChange",
    "compare",
    "romanise",
]
