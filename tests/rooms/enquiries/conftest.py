"""The families' site, and other people's rows around what a test looks at."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kinline.enquiries import actions
from kinline.enquiries.intake import Intake, Way
from kinline.staff.queries import FAMILY
from kinrules.terms import Channel
from tests import people
from tests.rooms.enquiries.family import Family

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def families_site(settings: object, db: None) -> None:
    """Serve the families' addresses."""
    settings.ROOT_URLCONF = "kinline.sites.public"  # type: ignore[attr-defined]
    settings.IS_DESK = False  # type: ignore[attr-defined]


@pytest.fixture
def family(families_site: None) -> Callable[..., Family]:
    """Opens a browser: ``family()`` or ``family("uk")``."""
    return Family


@pytest.fixture
def stranger_asks(db: None) -> None:
    """Another family's enquiry, which nobody here may ever see."""
    way = Way(Channel.TELEPHONE, "+380 67 000 00 01")
    intake = Intake(name=people.STRANGER.name, born="1995", language="uk", ways=(way,))
    actions.receive(intake, actor=FAMILY, at=NOON)
