"""Signed notes that stand in a form in place of a session: which form this is, and whose page may be shown.

A *ticket* goes with one enquiry being written: its own number, the code it will have, when it was handed out. With it
the back button, a double tap or a dropped line never makes two cases. A *pass* is handed out after code and check, and
lets one page lead to the next for an hour. Both are signed, neither is kept.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing

from kinline.enquiries import codes

_TICKET, _PASS = "enquiries.ticket", "enquiries.pass"
TICKET_HOLDS = timedelta(days=30)
PASS_HOLDS = timedelta(hours=1)
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class Ticket:
    """One form: its number, the case code it will have, when it was handed out."""

    number: str
    code: str
    issued_at: datetime


@dataclass(frozen=True)
class Pass:
    """Leave to see one enquiry's page. ``number`` makes a second sending from the same page harmless."""

    enquiry: str
    number: str


def issue(*, at: datetime) -> Ticket:
    """A ticket for a form that is begun now."""
    return Ticket(secrets.token_hex(16), codes.new(), at)


def written(ticket: Ticket) -> str:
    """The ticket as it stands in a form."""
    return signing.dumps([ticket.number, ticket.code, int(ticket.issued_at.timestamp())], salt=_TICKET)


def read(text: str, *, at: datetime) -> Ticket | None:
    """The ticket out of a form; None if it is not ours or too old."""
    parts = _parts(text, _TICKET)
    if parts is None or not _is_fresh(parts[2], TICKET_HOLDS, at=at):
        return None
    return Ticket(parts[0], parts[1], datetime.fromtimestamp(parts[2], UTC))


def written_pass(enquiry: str, *, at: datetime) -> str:
    """A pass to the page of ``enquiry``."""
    return signing.dumps([enquiry, secrets.token_hex(16), int(at.timestamp())], salt=_PASS)


def read_pass(text: str, *, at: datetime) -> Pass | None:
    """The pass out of a form; None if it is not ours or too old."""
    parts = _parts(text, _PASS)
    if parts is None or not _is_fresh(parts[2], PASS_HOLDS, at=at):
        return None
    return Pass(parts[0], parts[1])


def _parts(text: str, salt: str) -> Any:
    try:
        return list(signing.loads(text, salt=salt))
    except signing.BadSignature:
        return None


def _is_fresh(issued: int, holds: timedelta, *, at: datetime) -> bool:
    age = at - datetime.fromtimestamp(issued, UTC)
    return -_CLOCKS_DIFFER <= age <= holds
