"""A registry with Andriy among his brother, father and namesake, and a case that seeks him."""

import pytest

from kinline.enquiries.models import TracingCase
from kinline.matching import actions, engine
from kinline.matching.models import Proposal
from kinline.registry import actions as registry
from tests import people
from tests.bureau import NOON, acting, signed_in
from tests.rooms.registry.conftest import LIST, draft_of


@pytest.fixture(autouse=True)
def _fresh_index():
    engine.forget()
    yield
    engine.forget()


@pytest.fixture
def taras(db):
    return acting(people.TARAS)


@pytest.fixture
def petro(db):
    return acting(people.PETRO)


@pytest.fixture
def daryna(db):
    return acting(people.DARYNA)


@pytest.fixture
def register(daryna):
    """Everybody but Andriy."""
    drafts = [draft_of(person) for person in people.PERSONS if person is not people.ANDRIY]
    return registry.record_many(drafts, report=LIST, actor=daryna, at=NOON)


@pytest.fixture
def andriy(daryna, register):
    """Andriy's record."""
    return registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON)


def case_of(name: str = people.ANDRIY.latin, **facts: str) -> TracingCase:
    """A person sought, as a family gives them."""
    return TracingCase.objects.create(sought_name=name, opened_at=NOON, facts_changed_at=NOON, **facts)


@pytest.fixture
def case(db):
    return case_of(born=people.ANDRIY.born, birth_place="Poltava")


@pytest.fixture
def proposal(andriy, case):
    actions.search_case(case, at=NOON)
    return Proposal.objects.get(case=case, record=andriy)


@pytest.fixture
def at_taras(db):
    """The browser of a tracing officer."""
    return signed_in(people.TARAS)


@pytest.fixture
def at_petro(db):
    """The browser of a match reviewer."""
    return signed_in(people.PETRO)
