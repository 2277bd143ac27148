"""What the tests of the enquiries desk share: officers on duty, Maria's enquiry, and other people's among it."""

from datetime import timedelta

import pytest

from kinline.enquiries import actions
from kinline.enquiries.intake import Intake, Way
from kinline.enquiries.models import Enquiry
from kinline.staff.queries import FAMILY
from kinrules.terms import Channel, Relation
from tests import people
from tests.bureau import NOON, acting


def asked(
    person: people.InventedPerson = people.ANDRIY,
    *,
    by: people.InventedEnquirer = people.MARIA,
    name: str = "",
    days_ago: int = 0,
    **details: str,
) -> Enquiry:
    """One family's enquiry about one person, as it comes in."""
    ways = [Way(Channel.TELEPHONE, by.telephone)] if by.telephone else [Way(Channel.EMAIL, by.email)]
    intake = Intake(
        name=name or person.name,
        language=by.language,
        born=person.born,
        relation=Relation(by.relation),
        ways=tuple(ways),
        enquirer_name=by.name,
        details=details,
    )
    return actions.receive(intake, actor=FAMILY, at=NOON - timedelta(days=days_ago)).enquiry


@pytest.fixture
def olha(db):
    """Works at the enquiries desk."""
    return acting(people.OLHA)


@pytest.fixture
def iryna(db):
    """Judges kinship."""
    return acting(people.IRYNA)


@pytest.fixture
def taras(db):
    """Traces; may work on enquiries too."""
    return acting(people.TARAS)


@pytest.fixture
def marko(db):
    """Heads the shift."""
    return acting(people.MARKO)


@pytest.fixture
def nadiia(db):
    """Watches; sees no case."""
    return acting(people.NADIIA)


@pytest.fixture
def noise(db):
    """Other families' enquiries, which nothing may touch."""
    return [asked(people.ILYA, by=people.LARISA, days_ago=2), asked(people.STRANGER, by=people.HANNAH, days_ago=1)]


@pytest.fixture
def enquiry(noise):
    """Maria asks about Andriy."""
    return asked(birth_place="Полтава")


@pytest.fixture
def accepted(enquiry, olha):
    actions.accept(enquiry, actor=olha, at=NOON)
    return enquiry


def snapshot() -> dict[object, tuple[object, ...]]:
    """Every enquiry's columns, to see that others' were left alone."""
    return {row[0]: row for row in Enquiry.objects.values_list()}
