"""What the room does: take a piece of post, read it, hear what was said."""

from kinline.intake.actions.files import cannot_fetch, deleted_there, keep_file
from kinline.intake.actions.hear import Said, hear
from kinline.intake.actions.read import begin_reading, could_not_read, note_read, put_off, read_by_hand, release
from kinline.intake.actions.take import Taken, take
from kinline.intake.actions.write_down import write_down

__all__ = [
    "Said",
    "Taken",
    "begin_reading",
    "cannot_fetch",
    "could_not_read",
    "deleted_there",
    "hear",
    "keep_file",
    "note_read",
    "put_off",
    "read_by_hand",
    "release",
    "take",
    "write_down",
]
