"""The updates inside an answer to getUpdates, each as the very bytes that came.

What is kept is what was said, not what we made of it; and a repeat has the same digest.

Source: RFC 8259.
"""

import json
import re
from collections.abc import Iterator

_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")


def updates(answer: bytes) -> list[bytes]:
    """The bytes of each element of ``result``.

    >>> updates(b'{"ok": true, "result": [{"update_id": 1},  {"update_id":2 }]}')
    [b'{"update_id": 1}', b'{"update_id":2 }']

    Raises:
        ValueError: not an answer with a list.
    """
    text = answer.decode("utf-8")
    at = _past(text, 0, "{")
    while text[at : at + 1] == '"':
        name, at = _DECODER.raw_decode(text, at)
        at = _past(text, at, ":")
        if name == "result":
            return [text[begin:end].encode("utf-8") for begin, end in _elements(text, at)]
        _value, at = _DECODER.raw_decode(text, at)
        at = _past(text, at, ",")
    raise ValueError("the answer has no result")


def _elements(text: str, at: int) -> Iterator[tuple[int, int]]:
    at = _past(text, at, "[")
    while text[at : at + 1] != "]":
        _value, end = _DECODER.raw_decode(text, at)
        yield at, end
        at = _blank(text, end)
        at = _past(text, at, ",") if text[at : at + 1] == "," else at


def _past(text: str, at: int, sign: str) -> int:
    """The place of the next value, behind ``sign`` and blanks."""
    at = _blank(text, at)
    if text[at : at + 1] != sign:
        raise ValueError(f"expected {sign!r} at {at}")
    return _blank(text, at + 1)


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
