"""Every read of this room: ``desk``, ``worklist``, ``search``, ``kinship`` for officers, ``families`` for families.

What other rooms call is re-exported here; a page imports the module of its own side.
"""

from kinline.enquiries.queries import desk, families, kinship, search, worklist
from kinline.enquiries.queries.worklist import Sort, View, claimed_by, counts, due_within, overdue, rows, unclaimed

__all__ = [
    "Sort",
    "View",
    "claimed_by",
    "counts",
    "desk",
    "due_within",
    "families",
    "kinship",
    "overdue",
    "rows",
    "search",
    "unclaimed",
    "worklist",
]
