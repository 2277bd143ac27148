"""What the two indexes hold, and what of it changed between two places in the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import QuerySet

from kinline.enquiries.models import Enquiry, TracingCase
from kinline.ledger.models import Entry
from kinline.matching import sought
from kinline.matching.reverse import every_reading
from kinline.registry import queries as registry
from kinmatch import Person
from kinrules.states import tracing_case

CHUNK = 1_000
PIECE = 500

OPEN = (
    tracing_case.OPEN,
    tracing_case.EVIDENCE_NEEDED,
    tracing_case.SEARCHING,
    tracing_case.CANDIDATES,
    tracing_case.REVIEW,
)
"""States of a case in which a new record could still be the person sought."""


WITHIN = tuple(
    f"{tracing_case.MACHINE.name}.{move.verb}"
    for move in tracing_case.MACHINE.moves
    if {*move.sources, move.target} <= set(OPEN)
)
"""Kinds of ledger entries that move a case from one open state to another: what a search compares stays as it was."""


@dataclass(frozen=True)
class Changes:
    """Persons who are new or were described anew, and ids of those who are gone."""

    persons: tuple[Person, ...]
    gone: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.persons) + len(self.gone)


class Source(Protocol):
    """Persons of the database, as an index holds them."""

    name: str

    def count(self) -> int:
        """How many there are."""

    def everyone(self) -> Iterator[Person]:
        """All of them."""

    def changes(self, *, after: int, upto: int) -> Changes:
        """What changed between two places in the ledger."""


class Register:
    """Every record that was not withdrawn."""

    name = "register"

    def count(self) -> int:
        return registry.records().count()

    def everyone(self) -> Iterator[Person]:
        return registry.persons_for_index()

    def changes(self, *, after: int, upto: int) -> Changes:
        keys = registry.changed_between(after=after, upto=upto)
        return _changes(keys, tuple(registry.persons_of(keys)))


class OpenCases:
    """Every case in which a new record could still be the person sought, for the search the other way round."""

    name = "cases"

    def count(self) -> int:
        return TracingCase.objects.filter(state__in=OPEN).count()

    def everyone(self) -> Iterator[Person]:
        chosen = TracingCase.objects.filter(state__in=OPEN).order_by("pk")
        return (every_reading(sought.person(case)) for case in chosen.iterator(chunk_size=CHUNK))

    def changes(self, *, after: int, upto: int) -> Changes:
        keys = sorted(_cases_between(after=after, upto=upto))
        pieces = (keys[start : start + PIECE] for start in range(0, len(keys), PIECE))
        found = [case for piece in pieces for case in TracingCase.objects.filter(pk__in=piece, state__in=OPEN)]
        return _changes(keys, tuple(every_reading(sought.person(case)) for case in found))


def _cases_between(*, after: int, upto: int) -> set[UUID]:
    """Cases of which, or of one of whose enquiries, something was written between two places in the ledger."""
    entries = Entry.objects.filter(seq__gt=after, seq__lte=upto).exclude(kind__in=("viewed", *WITHIN))
    of_cases = _keys(entries, f"{TracingCase.machine}:")
    of_enquiries = _keys(entries, f"{Enquiry.machine}:")
    found = set(of_cases)
    for start in range(0, len(of_enquiries), PIECE):
        asked = Enquiry.objects.filter(pk__in=of_enquiries[start : start + PIECE])
        for case, first in asked.values_list("case_id", "first_case_id"):
            found |= {case, first} - {None}
    return found


def _keys(entries: QuerySet[Entry], kind: str) -> list[UUID]:
    """Keys of the subjects of one kind."""
    subjects = entries.filter(subject__startswith=kind).values_list("subject", flat=True)
    return [UUID(subject.removeprefix(kind)) for subject in subjects]


def _changes(keys: list[UUID], found: tuple[Person, ...]) -> Changes:
    there = {person.id for person in found}
    return Changes(found, tuple(str(key) for key in keys if str(key) not in there))
