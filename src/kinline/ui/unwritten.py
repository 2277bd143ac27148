"""When the database or the disk does not take what was sent: the person reads so, and nothing typed is lost.

What was sent stands again in the page, out of sight, so that one button sends it once more. A password is never put
into a page: whoever typed one goes back instead.
"""

import errno
import logging
from enum import Enum

from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.template import loader

log = logging.getLogger(__name__)

UNAVAILABLE = 503
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# SQLSTATE, appendix A of PostgreSQL's documentation: disk_full; lock_not_available, query_canceled, deadlock_detected.
_FULL_STATES = frozenset({"53100"})
_BUSY_STATES = frozenset({"55P03", "57014", "40P01"})
# What SQLite says (sqlite3_errstr), since Django hands on words and no numbers.
_FULL_WORDS = ("database or disk is full", "no space left on device")
_BUSY_WORDS = ("database is locked", "database table is locked")


class Trouble(Enum):
    """Why nothing could be written."""

    FULL = "full"
    BUSY = "busy"
    OTHER = "other"


RETRY_AFTER_SECONDS = {Trouble.FULL: "600", Trouble.BUSY: "60", Trouble.OTHER: "60"}


def trouble(error: BaseException | None) -> Trouble | None:
    """What the matter is with the disk or the database; None where ``error`` is about neither.

    >>> trouble(OSError(errno.ENOSPC, "")), trouble(DatabaseTrouble("database is locked")), trouble(KeyError("x"))
    (<Trouble.FULL: 'full'>, <Trouble.BUSY: 'busy'>, None)
    """
    if isinstance(error, OSError):
        return Trouble.FULL if error.errno in DISK_FULL else None
    if not isinstance(error, DatabaseTrouble):
        return None
    state, words = getattr(error.__cause__, "sqlstate", None), str(error).lower()
    if state in _FULL_STATES or any(phrase in words for phrase in _FULL_WORDS):
        return Trouble.FULL
    if state in _BUSY_STATES or any(phrase in words for phrase in _BUSY_WORDS):
        return Trouble.BUSY
    return Trouble.OTHER


def page(request: HttpRequest, error: BaseException | None, *, draft_code: str = "") -> HttpResponse:
    """The page that says that nothing was kept, why, and what next. Drawing it asks nothing of the database."""
    found = trouble(error) or Trouble.OTHER
    log.error("nothing could be written", extra={"code": f"unwritten.{found.value}"})
    session = getattr(request, "session", None)
    if session is not None:
        session.modified = False  # one more write would keep the person waiting once more
    fields = _sent(request)
    context = {
        "trouble": found.value,
        "draft_code": draft_code,
        "fields": fields,
        "files": request.method == "POST" and bool(request.FILES),
        "by_hand": request.method == "POST" and not fields,
        "again": request.path,
    }
    answer = HttpResponse(loader.render_to_string("ui/unwritten.html", context, request=request), status=UNAVAILABLE)
    answer["Retry-After"] = RETRY_AFTER_SECONDS[found]
    return answer


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent again as it stands; nothing where a password or a file is among it."""
    if request.method != "POST" or request.FILES:
        return []
    sent = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    return [] if any("password" in name for name, _value in sent) else sent
