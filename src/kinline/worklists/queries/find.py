"""One search box for all: a case code, a reference, a record number, a telephone, or a name in any alphabet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from kinline.enquiries import codes
from kinline.enquiries import queries as enquiries
from kinline.enquiries.models import Enquiry
from kinline.registry import queries as registry
from kinline.staff.queries import Acting
from kinrules import permissions
from kinrules.permissions import Permission

MOST = 10
"""So many of each kind are shown; of more it is only said that there are more."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found, at most ``MOST`` of each kind. ``way`` says what the text was taken for."""

    way: str
    enquiries: tuple[Enquiry, ...] = ()
    records: tuple[registry.Row, ...] = ()
    more_enquiries: bool = False
    more_records: bool = False
    slip: bool = False


def find(text: str, officer: Acting) -> Found:
    """What ``officer`` may see of what ``text`` finds. A case code finds its enquiry and nothing else."""
    typed = codes.read(text)
    if typed.count == codes.LENGTH:
        found = enquiries.search.by_code(text) if _sees_enquiries(officer) else Enquiry.objects.none()
        return Found(way="code", enquiries=tuple(found[:1]), slip=typed.flaw is codes.Flaw.MISTYPED)
    way, cases = _enquiries(text, officer)
    records = _first(registry.search(text), MOST + 1) if _sees_records(officer) else []
    return Found(
        way=way or ("record" if records else "name"),
        enquiries=tuple(cases[:MOST]),
        records=tuple(registry.rows(records[:MOST])),
        more_enquiries=len(cases) > MOST,
        more_records=len(records) > MOST,
    )


_WAYS: tuple[tuple[str, Callable[[str], QuerySet[Enquiry]]], ...] = (
    ("reference", enquiries.search.by_short),
    ("phone", enquiries.search.by_phone),
    ("number", enquiries.search.by_number),
    ("name", enquiries.search.by_name),
)


def _enquiries(text: str, officer: Acting) -> tuple[str, list[Enquiry]]:
    """The first reading of the text that finds anything."""
    if not _sees_enquiries(officer):
        return "", []
    for way, search in _WAYS:
        found = _first(search(text), MOST + 1)
        if found:
            return way, found
    return "", []


def _first(found: QuerySet[Any], most: int) -> list[Any]:
    return list(found[:most])


def _sees_enquiries(officer: Acting) -> bool:
    return permissions.allowed(Permission.ENQUIRY_VIEW, officer)


def _sees_records(officer: Acting) -> bool:
    return permissions.allowed(Permission.RECORD_VIEW, officer)
