"""Rows of the room, one noun a file."""

from kinline.enquiries.models.case import CaseNote, TracingCase
from kinline.enquiries.models.enquiry import Addition, Answer, ContactLog, Enquirer, EnquirerContact, Enquiry, Reply
from kinline.enquiries.models.intake import CodeTries, Draft, TicketConflict
from kinline.enquiries.models.kinship import KinshipStep

__all__ = [
    "Addition",
    "Answer",
    "CaseNote",
    "CodeTries",
    "ContactLog",
    "Draft",
    "Enquirer",
    "EnquirerContact",
    "Enquiry",
    "KinshipStep",
    "Reply",
    "TicketConflict",
    "TracingCase",
]
