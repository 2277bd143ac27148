"""What the logs may hold: when, how grave, which event, and references. Never names, addresses or words.

A record is written as one JSON object. The event is the sentence as it stands in the source, without what was filled
into it; only the fields of ``ALLOWED`` are added; an exception gives its kind and its places, not its message.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

ALLOWED = ("reference", "code", "count", "seconds", "job", "attempt", "site", "status_code")
# Their sentences are constant. A library's may not be, so only its name and the gravity are kept.
TRUSTED = ("kinline", "kinrules", "kinmatch", "django", "gunicorn")


class OneLine(logging.Formatter):
    """A record as one line of JSON, holding only what is allowed."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.split(".")[0] in TRUSTED:
            line["event"] = str(record.msg)
        line |= {key: value for key in ALLOWED if isinstance(value := getattr(record, key, None), str | int | float)}
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__qualname__
            line["places"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _places(tb: Any) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(tb)]


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "kinline.sites.records.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one_line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A page that is not there is no event; a stranger's mistyped address is not kept.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "kinline": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
