"""What the pages of oversight show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kinline.ledger.models import Entry
from kinline.oversight import messages
from kinline.staff.models import Account, Appointment, Officer
from kinrules.permissions import Role, conflicts_among


@dataclass(frozen=True)
class Person:
    """One officer with what they hold. ``clash`` is true where roles collide that one human must not hold together."""

    officer: Officer
    appointments: tuple[Appointment, ...]
    accounts: tuple[Account, ...]
    clash: bool


def people(*, on: date) -> list[Person]:
    """Every officer by name, with the appointments in force on ``on`` and all accounts."""
    held: dict[object, list[Appointment]] = {}
    for appointment in Appointment.objects.filter(from_on__lte=on).exclude(until_on__lt=on):
        held.setdefault(appointment.officer_id, []).append(appointment)
    accounts: dict[object, list[Account]] = {}
    for account in Account.objects.all().order_by("username"):
        accounts.setdefault(account.officer_id, []).append(account)
    return [
        Person(
            officer=officer,
            appointments=tuple(held.get(officer.pk, ())),
            accounts=tuple(accounts.get(officer.pk, ())),
            clash=bool(conflicts_among(Role(each.role) for each in held.get(officer.pk, ()))),
        )
        for officer in Officer.objects.all()
    ]


def entries(*, subject: str = "", actor: str = "", kind: str = "") -> QuerySet[Entry]:
    """Entries of the ledger, newest first, narrowed by what was given."""
    wanted = {"subject": subject, "actor": actor, "kind__startswith": kind}
    return Entry.objects.filter(**{name: value for name, value in wanted.items() if value}).order_by("-seq")


def roles_in_words(person: Person) -> Iterator[tuple[Appointment, object]]:
    """Each appointment with the words for its role."""
    for appointment in person.appointments:
        yield appointment, messages.ROLES[appointment.role]
