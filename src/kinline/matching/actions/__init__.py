"""Everything that writes proposals: searching, reading, undoing."""

from kinline.matching.actions.read import Decision, decide, undo
from kinline.matching.actions.search import Searched, propose_record, search_case, search_due

__all__ = ["Decision", "Searched", "decide", "propose_record", "search_case", "search_due", "undo"]
