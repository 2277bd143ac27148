"""Why a piece of post without words still asks for something. Channels say it, and know nothing of what follows."""

from enum import StrEnum


class Notice(StrEnum):
    """What has happened on the channel itself."""

    GROUP = "group"  # somebody spoke to us among others: told once, that we speak with one person at a time
    CHANNEL = "channel"  # somebody published where we are a member: everybody reads along
    BLOCKED = "blocked"  # a person no longer takes our messages: staff must find another way
    UNBLOCKED = "unblocked"  # a person takes our messages again


AMONG_OTHERS = frozenset({Notice.GROUP, Notice.CHANNEL})
