"""Every write of this room, a group of verbs a file. What other rooms and commands call is re-exported here."""

from kinline.enquiries.actions import cases, draft, kinship, moves, replies, tries, work
from kinline.enquiries.actions.add import add
from kinline.enquiries.actions.cases import describe, join, split
from kinline.enquiries.actions.moves import (
    accept,
    answer,
    answer_for_now,
    ask_family,
    close,
    offer_call,
    reopen,
    resume,
    set_aside,
    withdraw,
)
from kinline.enquiries.actions.receive import Received, keep_conflict, receive
from kinline.enquiries.actions.reissue import reissue_code
from kinline.enquiries.actions.replies import log_contact
from kinline.enquiries.actions.work import claim, claim_next, hand_over, hold_until, release

__all__ = [
    "Received",
    "accept",
    "add",
    "answer",
    "answer_for_now",
    "ask_family",
    "cases",
    "claim",
    "claim_next",
    "close",
    "describe",
    "draft",
    "hand_over",
    "hold_until",
    "join",
    "keep_conflict",
    "kinship",
    "log_contact",
    "moves",
    "offer_call",
    "receive",
    "reissue_code",
    "release",
    "reopen",
    "replies",
    "resume",
    "set_aside",
    "split",
    "tries",
    "withdraw",
    "work",
]
