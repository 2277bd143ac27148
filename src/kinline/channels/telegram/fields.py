"""Values out of a JSON document that anybody may have written: each is of the kind asked for, or nothing.

Source: RFC 8259.
"""

import re
from typing import Any

# What no database keeps: half a letter of UTF-16, and NUL.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

_BOUND = 2**63

Document = dict[str, Any]


def keepable(text: str) -> str:
    """The text with a mark in place of what cannot be kept.

    >>> keepable("Ко\\x00валь")
    'Ко\ufffdваль'
    """
    return _UNKEEPABLE.sub("\ufffd", text)


def document(holder: Document, name: str) -> Document:
    """The part of that name, or an empty one."""
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def documents(holder: Document, name: str) -> list[Document]:
    """Those of a list of parts that are parts."""
    value = holder.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def words(holder: Document, name: str) -> str:
    """The text of that name, or none."""
    value = holder.get(name)
    return keepable(value) if isinstance(value, str) else ""


def whole(holder: Document, name: str) -> int | None:
    """The whole number of that name, if 64 bits hold it; true and false are none, though JSON's reader thinks so.

    >>> whole({"id": 5}, "id"), whole({"id": True}, "id"), whole({}, "id")
    (5, None, None)
    """
    value = holder.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -_BOUND < value < _BOUND else None


def count(holder: Document, name: str) -> int:
    """A number of things or bytes: never below none."""
    return max(whole(holder, name) or 0, 0)


def decimal(holder: Document, name: str) -> float | None:
    """The number of that name, or nothing."""
    value = holder.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9 else None
