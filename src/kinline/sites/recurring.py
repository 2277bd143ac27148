"""What the worker does again and again: one line a task, how often, and why."""

from datetime import datetime, timedelta
from importlib.util import find_spec

from kinline.jobs import actions

# name, task, every
TASKS: tuple[tuple[str, str, timedelta], ...] = (
    # Job rows hold references only, and a month is enough to see what a worker did.
    ("forget finished jobs", "kinline.sites.tasks.forget_finished_jobs", timedelta(days=1)),
    # A family's case is searched soon after it comes in, and every open case soon after the register grew.
    ("search cases that are due", "kinline.matching.tasks.search_due", timedelta(seconds=30)),
    # What a search for the new left out, and what newly accepted weights would find, is found within a day.
    ("search all open cases", "kinline.matching.tasks.search_all", timedelta(days=1)),
    # A saved index that grew old, was damaged, or is of an older version is built anew.
    ("renew the search index", "kinline.matching.tasks.renew_index", timedelta(minutes=5)),
    # What a family wrote and never sent is kept for a month, as the page on privacy says.
    ("forget old drafts", "kinline.sites.tasks.forget_old_drafts", timedelta(days=1)),
    # Who fell silent in the middle of a chat is reminded once, a day later; minutes are not counted.
    ("remind the silent", "kinline.sites.tasks.remind_the_silent", timedelta(minutes=10)),
    # Whom a message of ours does not reach is told so on another way of theirs, after an hour; minutes are not counted.
    ("tell on another way", "kinline.sites.tasks.tell_otherwise", timedelta(minutes=10)),
    # Ended working sessions are of use to nobody but a thief.
    ("forget ended sessions", "kinline.sites.tasks.forget_ended_sessions", timedelta(hours=1)),
)


def name_all(*, at: datetime) -> None:
    """Write the recurring tasks down; those already written keep their next time."""
    for name, task, every in TASKS:
        if find_spec(task.rpartition(".")[0]):
            actions.recur(name=name, task=task, every=every, at=at)
