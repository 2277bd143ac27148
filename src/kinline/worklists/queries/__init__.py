"""What waits for an officer, over all desks, and what a search finds."""

from kinline.worklists.queries.find import Found, find
from kinline.worklists.queries.inbox import MOST_ON_A_PAGE, Line, View, counts, lines, views
from kinline.worklists.queries.start import Day, day

__all__ = ["MOST_ON_A_PAGE", "Day", "Found", "Line", "View", "counts", "day", "find", "lines", "views"]
