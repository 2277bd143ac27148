"""An enquiry being written: kept after every page, so that a dropped line loses nothing."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kinline import keys
from kinline.enquiries import codes
from kinline.enquiries.actions.receive import SENT
from kinline.enquiries.models import Draft
from kinline.enquiries.tickets import Ticket
from kinrules import limits


def begin(ticket: Ticket, *, language: str, at: datetime) -> Draft:
    """Open a draft for a form that was just handed out."""
    code_hash = codes.hashed(ticket.code, pepper=keys.pepper())
    return Draft.objects.create(
        code_hash=code_hash, ticket=ticket.number, language=language, step="who", started_at=at, saved_at=at
    )


@transaction.atomic
def keep(ticket: Ticket, answers: dict[str, Any], *, step: str, language: str, at: datetime) -> Draft:
    """Add ``answers`` to the draft; ``step`` is the page to go on with. A draft deleted meanwhile is opened again."""
    draft = Draft.objects.select_for_update().filter(ticket=ticket.number).first()
    if draft is None:
        draft = begin(ticket, language=language, at=at)
    if draft.step == SENT:
        return draft
    draft.answers = draft.answers | answers
    draft.step, draft.language, draft.saved_at = step, language, at
    draft.save(update_fields=["answers", "step", "language", "saved_at"])
    return draft


def forget_old(*, at: datetime) -> int:
    """Delete drafts that nobody touched for as long as the limit says. Returns how many."""
    before = at - timedelta(days=limits.on(timezone.localdate(at), "draft_days"))
    deleted, _by_model = Draft.objects.filter(saved_at__lt=before).delete()
    return deleted
