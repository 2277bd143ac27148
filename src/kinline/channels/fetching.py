"""Fetches the files that still lie with their channel, so that the bureau has them before they are gone there."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from kinline.channels.outcomes import Fetched, Outcome, Refused, RetryAfter, Sent, Unreachable
from kinline.intake import actions, queries

log = logging.getLogger(__name__)

Fetch = Callable[[str], Fetched | RetryAfter | Refused | Unreachable]
Delete = Callable[[str], Outcome]
PAUSE_SECONDS, LONGER_SECONDS = 1.0, 30.0


def fetch_due(channel: str, fetch: Fetch, *, clock: Callable[[], datetime]) -> tuple[int, float]:
    """Fetch what waits; return how many files came, and for how many seconds to wait before asking again."""
    count = 0
    for file in queries.to_fetch(channel=channel):
        match fetch(file.remote_id):
            case Fetched(content=content):
                count += actions.keep_file(file, content, at=clock())
            case Refused(reason=reason):
                actions.cannot_fetch(file, why=reason, at=clock())
                log.warning("a file cannot be fetched", extra={"reference": f"attachment:{file.pk}", "code": reason})
            case RetryAfter(seconds=seconds):
                return count, seconds
            case Unreachable():
                return count, LONGER_SECONDS
    return count, PAUSE_SECONDS


def delete_due(channel: str, delete: Delete) -> int:
    """Have deleted where it came from what is kept; return how many files are gone there."""
    count = 0
    for file in queries.to_delete(channel=channel):
        match delete(file.remote_id):
            case Unreachable() | RetryAfter():
                return count
            case Refused(reason=reason):
                log.error(
                    "a file stays with its channel; delete it there",
                    extra={"reference": f"attachment:{file.pk}", "code": reason},
                )
            case Sent():
                count += 1
        actions.deleted_there(file)
    return count


def keep_fetching(
    channel: str, fetch: Fetch, *, clock: Callable[[], datetime], stop: Event, delete: Delete | None = None
) -> None:
    """Fetch whatever is sent until ``stop`` is set; with ``delete``, have deleted there what is kept here."""
    while not stop.is_set():
        pause = LONGER_SECONDS
        try:
            _count, pause = fetch_due(channel, fetch, clock=clock)
            if delete is not None:
                delete_due(channel, delete)
        except (OperationalError, InterfaceError):
            log.exception("the database did not answer; files are fetched later")
            close_old_connections()
        except Exception:  # the next round tries again; the file still lies with its channel
            log.exception("a file could not be kept")
        stop.wait(pause)
    connection.close()
