"""Finding an enquiry by its case code, the name of the person sought in any alphabet, a number, or a telephone."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from kinline.enquiries import codes, contacts, names
from kinline.enquiries.models import EnquirerContact, Enquiry
from kinline.enquiries.queries import families

SHORT = 8
"""Letters of the reference by which officers speak of an enquiry among themselves."""


def by_code(text: str) -> QuerySet[Enquiry]:
    """The enquiry with the case code in ``text``; none where it is no code."""
    typed = codes.read(text)
    if not typed.digits:
        return Enquiry.objects.none()
    return _whole().filter(code_hash=families.hashed(typed.digits))


def by_short(text: str) -> QuerySet[Enquiry]:
    """Enquiries with the short reference in ``text``, such as ``3F2A9C01``."""
    reference = text.strip().casefold()
    if len(reference) != SHORT or any(sign not in "0123456789abcdef" for sign in reference):
        return Enquiry.objects.none()
    lowest, highest = (f"{reference}-0000-0000-0000-000000000000", f"{reference}-ffff-ffff-ffff-ffffffffffff")
    return _whole().filter(pk__gte=lowest, pk__lte=highest)


def by_name(text: str) -> QuerySet[Enquiry]:
    """Enquiries about persons whose name has every word of ``text``, in any alphabet and order, spelt about alike."""
    wanted = names.sought(text)
    if not wanted:
        return Enquiry.objects.none()
    return _whole().filter(reduce(and_, (_any_of(pieces) for pieces in wanted)))


def by_number(text: str) -> QuerySet[Enquiry]:
    """Enquiries about persons with this service number as the family gave it; blanks and hyphens do not matter."""
    number = text.strip()
    if not any(sign.isdigit() for sign in number):
        return Enquiry.objects.none()
    return _whole().filter(case__service_number__iexact=number)


def by_phone(text: str) -> QuerySet[Enquiry]:
    """Enquiries of families that can be reached by the telephone number in ``text``, with or without its country."""
    tail = contacts.tail(text)
    if not tail:
        return Enquiry.objects.none()
    ways = EnquirerContact.objects.filter(channel__in=contacts.BY_NUMBER, canonical__endswith=tail)
    return _whole().filter(enquirer__in=ways.values("enquirer"))


def _whole() -> QuerySet[Enquiry]:
    return Enquiry.objects.select_related("case", "claimed_by").order_by("-received_at", "pk")


def _any_of(pieces: Iterable[str]) -> Q:
    return reduce(or_, (Q(case__name_key__contains=piece) for piece in sorted(pieces)))
