"""Everything that writes proposals: searching, reading, undoing; and learning from what was decided."""

from kinline.matching.actions.due import Searched, search_all, search_due
from kinline.matching.actions.learn import Lesson, accept, keep_learnt, learn
from kinline.matching.actions.read import Decision, decide, undo
from kinline.matching.actions.search import propose_record, search_case

__all__ = [
    "Decision",
    "Lesson",
    "Searched",
    "accept",
    "decide",
    "keep_learnt",
    "learn",
    "propose_record",
    "search_all",
    "search_case",
    "search_due",
    "undo",
]
