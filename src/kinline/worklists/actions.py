"""Ending duty with every promise handed over, and searching, which is written down before anything is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kinline.enquiries import actions as enquiries
from kinline.enquiries.queries import claimed_by
from kinline.ledger import actions as ledger
from kinline.staff import actions as staff
from kinline.staff.models import Officer
from kinline.staff.queries import Acting
from kinline.worklists import queries
from kinrules.refusal import Refused


@dataclass(frozen=True)
class HandOver:
    """What becomes of one open claim: one line that says what is next, and to whom it goes; None keeps it."""

    what_next: str
    to: Officer | None = None


@transaction.atomic
def end_duty(
    officer: Officer, *, actor: Acting, at: datetime, hand_overs: Mapping[UUID, HandOver], note: str = ""
) -> None:
    """End the duty session when every open claim has its line.

    Raises:
        Refused: an open claim has no line that says what is next.
    """
    for enquiry in claimed_by(actor.human):
        given = hand_overs.get(enquiry.pk)
        if given is None or not given.what_next.strip():
            raise Refused("duty.no-line", "an open claim has no line that says what is next")
        if given.to is None or given.to.pk == officer.pk:
            enquiries.work.say_next(enquiry, given.what_next, actor=actor, at=at)
        else:
            enquiries.hand_over(enquiry, to=given.to, what_next=given.what_next, actor=actor, at=at)
    staff.end_duty(officer, at=at, handed_over=note.strip())


@transaction.atomic
def search(text: str, *, purpose: str, actor: Acting, at: datetime) -> queries.Found:
    """Search, and write down why and how much was found; what was sought is not written.

    Raises:
        Refused: no purpose was given.
    """
    if not purpose:
        raise Refused("search.no-purpose", "a search needs a purpose")
    found = queries.find(text, actor)
    facts = {"purpose": purpose, "way": found.way, "enquiries": len(found.enquiries), "records": len(found.records)}
    ledger.append(kind="search", subject=actor.reference, actor=actor, at=at, facts=facts)
    return found
