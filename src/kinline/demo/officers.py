"""The invented officers of a demonstration, and how to sign in as one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from kinline.staff import actions, queries
from kinline.staff.models import Officer
from kinrules.permissions import Role

PASSWORD = "invented people only"  # noqa: S105 - printed at every start of a demonstration; real ones never have it


@dataclass(frozen=True)
class InventedOfficer:
    """One officer: the name to sign in with, the name on the screen, the role, the language of the pages."""

    sign_in: str
    name: str
    role: Role
    language: str = "en"


ADMINISTRATOR = InventedOfficer("roman", "Роман (DEMO)", Role.SYSTEM_ADMINISTRATOR)
OFFICERS = (
    InventedOfficer("olha", "Ольга (DEMO)", Role.ENQUIRY_OPERATOR),
    InventedOfficer("iryna", "Ірина (DEMO)", Role.KIN_VERIFIER),
    InventedOfficer("daryna", "Дарина (DEMO)", Role.REGISTRY_OFFICER),
    InventedOfficer("taras", "Тарас (DEMO)", Role.TRACING_OFFICER),
    InventedOfficer("petro", "Петро (DEMO)", Role.MATCH_REVIEWER),
    InventedOfficer("sofiia", "Софія (DEMO)", Role.DISCLOSURE_OFFICER),
    InventedOfficer("marko", "Марко (DEMO)", Role.HEAD_OF_SHIFT),
    InventedOfficer("nadiia", "Надія (DEMO)", Role.AUDITOR),
)


def sign_ins() -> list[str]:
    """A line for each officer: what to type to sign in, and what the officer is for."""
    everybody = (*OFFICERS, ADMINISTRATOR)
    width = max(len(one.sign_in) for one in everybody)
    return [f"{one.sign_in:<{width}}  {PASSWORD}  ({one.role.value.replace('_', ' ')})" for one in everybody]


def appoint_all(*, at: datetime, on: date) -> None:
    """Enrol and appoint every officer, the system administrator first, and open their accounts."""
    founder = actions.found_bureau(ADMINISTRATOR.name, roles=[ADMINISTRATOR.role], at=at, on=on)
    with on_duty(ADMINISTRATOR, at=at, on=on) as administrator:
        actions.open_account(founder, ADMINISTRATOR.sign_in, PASSWORD, actor=administrator, at=at)
        for one in OFFICERS:
            officer = actions.enrol(one.name, actor=administrator, at=at, language=one.language)
            actions.appoint(officer, one.role, actor=administrator, at=at, on=on)
            actions.open_account(officer, one.sign_in, PASSWORD, actor=administrator, at=at)


def holder(role: Role) -> InventedOfficer:
    """The invented officer who holds ``role``."""
    return next(one for one in (*OFFICERS, ADMINISTRATOR) if one.role is role)


@contextmanager
def on_duty(invented: InventedOfficer, *, at: datetime, on: date) -> Iterator[queries.Acting]:
    """The officer on duty for as long as the block lasts; one who was on duty before stays so."""
    officer = Officer.objects.get(name=invented.name)
    was_on_duty = queries.open_duty(officer) is not None
    actions.begin_duty(officer, at=at)
    yield queries.acting(officer, on=on)
    if not was_on_duty:
        actions.end_duty(officer, at=at)
