"""The digest that links one entry to the one before it.

Source: hash chaining as in RFC 6962, section 2, reduced to a list; canonical JSON per RFC 8785 for plain values.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64
"""What the first entry names as the one before it."""


def digest(*, seq: int, kind: str, subject: str, actor: str, at: datetime, facts: dict[str, Any], previous: str) -> str:
    """SHA-256 (64 hexadecimal digits) over every field of an entry and the digest of the one before it."""
    spoken = [seq, kind, subject, actor, at.astimezone(UTC).isoformat(timespec="microseconds"), facts, previous]
    text = json.dumps(spoken, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()
