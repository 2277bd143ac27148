"""Holding an enquiry or a case while it is changed: nobody overwrites what they have not seen."""

from datetime import datetime
from typing import Any

from kinline.enquiries.models import Enquiry, TracingCase
from kinline.ledger import actions as ledger
from kinline.staff.models import Officer
from kinrules.refusal import Refused


def hold(row: Enquiry | TracingCase, *, version: int | None) -> None:
    """Lock the row and read it again; ``version`` is what the page showed, None where nobody chose by a page.

    Raises:
        Refused: somebody changed it since; the page shows both texts.
    """
    ledger.hold(row)
    if version is not None and row.version != version:
        raise Refused(f"{row.machine}.changed", f"version {version} was shown, the row is at {row.version}")


def keep(row: Enquiry | TracingCase, **columns: Any) -> None:
    """Write ``columns`` and count the version up."""
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*columns, "version"])


def facts_of_lease(enquiry: Enquiry, *, actor: ledger.Named, at: datetime) -> dict[str, str]:
    """What the entry says if ``actor`` writes while somebody else holds the soft lease: it warns, it does not block."""
    holder = lease_holder(enquiry, at=at)
    if holder is None or str(holder) == actor.human:
        return {}
    return {"despite_lease_of": f"officer:{holder}"}


def lease_holder(enquiry: Enquiry, *, at: datetime) -> Any:
    """The key of the officer who holds the soft lease at this moment, or None."""
    live = enquiry.leased_until is not None and enquiry.leased_until > at
    return enquiry.leased_by_id if live else None


def officer_behind(actor: ledger.Named) -> Officer:
    """The officer who acts.

    Raises:
        Refused: the engine or a family acts; neither can hold work.
    """
    if not actor.human:
        raise Refused("enquiry.no-officer", "only an officer can hold an enquiry")
    return Officer.objects.get(pk=actor.human)
