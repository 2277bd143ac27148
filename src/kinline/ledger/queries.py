"""Reading the ledger: a subject's entries, the newest digest, and where the chain breaks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from kinline.ledger import chain
from kinline.ledger.models import Entry, Exhibit


@dataclass(frozen=True)
class Break:
    """Where and how the chain of entries is broken."""

    seq: int
    says: str


def last() -> Entry | None:
    """The newest entry, or None in an empty ledger."""
    return Entry.objects.order_by("-seq").first()


def of(subject: str) -> QuerySet[Entry]:
    """All entries on one subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("seq")


def of_any(subjects: Iterable[str]) -> QuerySet[Entry]:
    """All entries on any of ``subjects``, oldest first."""
    return Entry.objects.filter(subject__in=list(subjects)).order_by("seq")


def exhibits(subject: str) -> QuerySet[Exhibit]:
    """All exhibits attached to one subject, oldest first."""
    return Exhibit.objects.filter(subject=subject)


def first_broken() -> Break | None:
    """The first entry that was changed, removed, inserted or put out of order; None if the chain holds.

    A tail that was cut off whole is not seen by the chain alone: compare ``last()`` with a digest published outside.
    """
    expected, previous = 1, chain.GENESIS
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected:
            return Break(expected, f"entry {expected} is missing; the next one is {entry.seq}")
        if entry.previous != previous:
            return Break(entry.seq, f"entry {entry.seq} does not follow the entry before it")
        if digest_of(entry) != entry.digest:
            return Break(entry.seq, f"entry {entry.seq} was changed after it was written")
        expected, previous = expected + 1, entry.digest
    return None


def digest_of(entry: Entry) -> str:
    """The digest that ``entry`` should carry, computed anew from what it says."""
    return chain.digest(
        seq=entry.seq,
        kind=entry.kind,
        subject=entry.subject,
        actor=entry.actor,
        at=entry.at,
        facts=entry.facts,
        previous=entry.previous,
    )
