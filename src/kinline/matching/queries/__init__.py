"""Everything that reads proposals."""

from kinline.matching.queries.card import (
    Band,
    Card,
    Row,
    band_code,
    band_of,
    card,
    dated,
    in_hundred,
    likely_same,
    why_not,
)
from kinline.matching.queries.worklist import (
    SEARCHED,
    awaiting_disclosure,
    cases_to_search,
    counts,
    of_case,
    overdue,
    search_log,
    to_read,
    view,
)

__all__ = [
    "SEARCHED",
    "Band",
    "Card",
    "Row",
    "awaiting_disclosure",
    "band_code",
    "band_of",
    "card",
    "cases_to_search",
    "counts",
    "dated",
    "in_hundred",
    "likely_same",
    "of_case",
    "overdue",
    "search_log",
    "to_read",
    "view",
    "why_not",
]
