"""A family lost its case code: a new one after the contact was checked, and the old one is dead at once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kinline import keys
from kinline.enquiries import codes
from kinline.enquiries.actions import rows
from kinline.enquiries.actions.receive import Received
from kinline.enquiries.models import Enquiry
from kinline.enquiries.queries import kinship
from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import EvidenceKind, KinLevel


@transaction.atomic
def reissue_code(
    enquiry: Enquiry, *, reason: str, actor: ledger.Named, at: datetime, version: int | None = None
) -> Received:
    """Give a new case code; the safe word stays, so that the family still knows us.

    The reason is kept as an exhibit, since the ledger holds references only. No contact is recorded: the family was
    told nothing but its code, and "Did we contact you?" would otherwise speak of a call that may not have come.

    Raises:
        Refused: not permitted; no reason; the contact was never checked or too long ago; or the row changed since.
    """
    permissions.require(Permission.ENQUIRY_WORK, actor, enquiry)
    if not reason.strip():
        raise Refused("enquiry.no-reason", "a new code needs a reason")
    rows.hold(enquiry, version=version)
    if kinship.standing(enquiry, on=timezone.localdate(at)).level < KinLevel.CONTACT_CHECKED:
        raise Refused("enquiry.contact-not-checked", "a new code is given only where the contact was checked")
    code = codes.new()
    note = ledger.attest(EvidenceKind.REASON, reason.strip(), subject=enquiry, actor=actor, at=at)
    rows.keep(enquiry, code_hash=codes.hashed(code, pepper=keys.pepper()))
    facts = {"reason": str(note.pk)} | rows.facts_of_lease(enquiry, actor=actor, at=at)
    ledger.append(kind="enquiry.reissue_code", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)
    return Received(enquiry, code)
