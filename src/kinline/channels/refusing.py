"""Reads the beginning of what is too large to be taken, in the cell as all else, so that its sender hears of it."""

import logging
from datetime import datetime

from kinline.channels import reading
from kinline.intake.actions.refuse import tell_not_taken

log = logging.getLogger(__name__)


def refuse(head: bytes, *, channel: str, account: str, name: str, at: datetime) -> bool:
    """Tell the sender, if it may be told; False if not, or if the beginning cannot be read."""
    try:
        with reading.reader(at=at) as cell:
            said = cell.read(channel, head)
    except reading.Unread as unread:
        log.warning("nobody can be told that a piece of post was not taken", extra={"code": unread.trouble})
        return False
    told = [tell_not_taken(each, channel=channel, account=account, name=name, at=at) for each in said[:1]]
    return any(told)
