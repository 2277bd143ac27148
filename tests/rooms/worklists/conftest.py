"""Officers at the inbox, and families' enquiries that wait."""

import pytest

from tests import people
from tests.bureau import acting, signed_in
from tests.rooms.enquiries.desk.conftest import asked


@pytest.fixture
def olha(db):
    """Works at the enquiries desk."""
    return acting(people.OLHA)


@pytest.fixture
def desk(olha):
    """Olha's browser."""
    return signed_in(people.OLHA)


@pytest.fixture
def noise(db):
    """Other families' enquiries."""
    return [asked(people.ILYA, by=people.LARISA, days_ago=2), asked(people.STRANGER, by=people.HANNAH, days_ago=1)]


@pytest.fixture
def enquiry(noise):
    """Maria asks about Andriy."""
    return asked(service_number="TEST-140301")
