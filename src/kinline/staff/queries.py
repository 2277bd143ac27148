"""Who acts: the officer behind an account with the roles of the day, the engine, and the family."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from kinline.staff.models import Account, Appointment, DutySession, Officer
from kinrules.permissions import DESKS, Desk, Role


@dataclass(frozen=True)
class Acting:
    """Somebody who acts. ``human`` is empty for the engine and the family: they never count as a reader."""

    reference: str
    human: str
    roles: frozenset[Role]
    on_duty: bool
    name: str = ""
    language: str = "en"
    shortcuts: bool = True

    @property
    def desks(self) -> frozenset[Desk]:
        """The desks whose worklists are this officer's."""
        return frozenset(DESKS[role] for role in self.roles if role in DESKS)


ENGINE = Acting(reference="engine", human="", roles=frozenset({Role.ENGINE}), on_duty=False, name="Kinline")
FAMILY = Acting(reference="family", human="", roles=frozenset({Role.FAMILY}), on_duty=False)


def acting(officer: Officer, *, on: date) -> Acting:
    """The officer with the roles held on the day ``on`` and whether a duty session is open."""
    duty = DutySession.objects.filter(officer=officer, ended_at__isnull=True).exists()
    return Acting(
        reference=f"officer:{officer.pk}",
        human=str(officer.pk),
        roles=roles(officer, on=on) if officer.active else frozenset(),
        on_duty=duty and officer.active,
        name=officer.name,
        language=officer.language,
        shortcuts=officer.shortcuts,
    )


def behind(account: Account, *, on: date) -> Acting:
    """The human behind ``account``, as they act on the day ``on``."""
    return acting(account.officer, on=on)


def roles(officer: Officer, *, on: date) -> frozenset[Role]:
    """Roles held on the day ``on``, by every account of this human together."""
    held = Appointment.objects.filter(officer=officer, from_on__lte=on)
    held = held.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def officers() -> QuerySet[Officer]:
    """Officers who work here now, by name."""
    return Officer.objects.filter(active=True)


def holders(role: Role, *, on: date) -> QuerySet[Officer]:
    """Officers who hold ``role`` on the day ``on``, by name."""
    held = Appointment.objects.filter(role=role.value, from_on__lte=on)
    held = held.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    return officers().filter(pk__in=held.values("officer"))


def names(references: set[str]) -> dict[str, str]:
    """The names behind ledger references such as ``officer:<uuid>``, for people to read."""
    keys = {UUID(reference.removeprefix("officer:")) for reference in references if reference.startswith("officer:")}
    return {f"officer:{officer.pk}": officer.name for officer in Officer.objects.filter(pk__in=keys)}


def open_duty(officer: Officer) -> DutySession | None:
    """The officer's open duty session, if there is one."""
    return DutySession.objects.filter(officer=officer, ended_at__isnull=True).first()


def last_hand_over(*, before: datetime) -> DutySession | None:
    """The newest note that somebody left at the end of a shift."""
    ended = DutySession.objects.filter(ended_at__lte=before).exclude(handed_over="")
    return ended.order_by("-ended_at").first()
