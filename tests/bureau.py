"""The invented bureau: officers of ``tests.people`` enrolled, appointed, on duty, and signed in where a page asks."""

from datetime import UTC, date, datetime

from django.test import Client

from kinline.staff import actions, queries
from kinline.staff.models import Appointment, Officer
from tests.people import InventedOfficer

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def enrolled(invented: InventedOfficer, *, on_duty: bool = True) -> Officer:
    """The officer's row, with the roles held since long ago; the same row if asked again."""
    officer = Officer.objects.filter(name=invented.name).first()
    if officer is None:
        officer = actions.enrol(invented.name, actor=queries.ENGINE, at=NOON)
        for role in sorted(invented.roles):
            Appointment.objects.create(officer=officer, role=role.value, from_on=date(2020, 1, 1))
    if on_duty:
        actions.begin_duty(officer, at=NOON)
    return officer


def acting(invented: InventedOfficer, *, on_duty: bool = True) -> queries.Acting:
    """The officer as actions know them."""
    return queries.acting(enrolled(invented, on_duty=on_duty), on=TODAY)


def signed_in(invented: InventedOfficer, *, on_duty: bool = True) -> Client:
    """A browser in which the officer has signed in."""
    officer = enrolled(invented, on_duty=on_duty)
    account = actions.open_account(officer, invented.sign_in, "long enough to be one", actor=queries.ENGINE, at=NOON)
    client = Client()
    client.force_login(account)
    return client
