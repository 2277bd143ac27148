"""Every read of the room: the gate, the approved whole, and the worklists."""

from kinline.disclosure.queries.gates import HARD, Gate, all_open, gate
from kinline.disclosure.queries.telling import call_record, latest_telling, mistake_is_told, other_told, tellings
from kinline.disclosure.queries.whole import digest, lines_for, stands
from kinline.disclosure.queries.worklist import (
    Call,
    ToTell,
    Waiting,
    awaiting_approval,
    awaiting_proposal,
    is_overdue,
    next_calls,
    overdue,
    retracted_today,
    retracted_untold,
    to_review,
    to_tell_now,
)

__all__ = [
    "HARD",
    "Call",
    "Gate",
    "ToTell",
    "Waiting",
    "all_open",
    "awaiting_approval",
    "awaiting_proposal",
    "call_record",
    "digest",
    "gate",
    "is_overdue",
    "latest_telling",
    "lines_for",
    "mistake_is_told",
    "next_calls",
    "other_told",
    "overdue",
    "retracted_today",
    "retracted_untold",
    "stands",
    "tellings",
    "to_review",
    "to_tell_now",
]
