"""A registry with other people in it, so that no test mistakes the only row for the right one."""

from datetime import date

import pytest

from kinline.registry import actions
from kinline.registry.drafts import FactDraft, NameDraft, RecordDraft, ReportDraft, Statement
from kinrules.terms import Category, EvidenceKind, FactKind, InformationCredibility, SourceReliability
from tests import people
from tests.bureau import NOON, acting

LIST = ReportDraft(
    kind=EvidenceKind.NIB_LIST,
    received_on=date(2026, 11, 20),
    reliability=SourceReliability.USUALLY,
    source="List of the other side's bureau",
    reference="TEST-L-1",
)


def draft_of(person: people.InventedPerson, *, category: Category = Category.PRISONER_OF_WAR, **changes) -> RecordDraft:
    """The person as a list of the detaining side gives them, in Russian spelling."""
    facts = {
        FactKind.BIRTH_DATE: person.born,
        FactKind.BIRTH_PLACE: person.birth_place,
        FactKind.RANK: person.rank,
        FactKind.SERVICE_NUMBER: person.service_number,
        FactKind.UNIT: person.unit,
        FactKind.SEX: person.sex,
    }
    probably = InformationCredibility.PROBABLY_TRUE
    statement = Statement(
        names=(
            NameDraft(
                surname=person.surname_ru, given=person.given_ru, patronymic=person.patronymic_ru, credibility=probably
            ),
        ),
        facts=tuple(FactDraft(kind=kind, written=text, credibility=probably) for kind, text in facts.items() if text),
    )
    known = {"detaining_power": person.detaining_power, "power_of_origin": person.power}
    return RecordDraft(category=category, statement=statement, **(known | changes))


@pytest.fixture
def daryna(db):
    return acting(people.DARYNA)


@pytest.fixture
def others(daryna):
    """Everybody but Andriy."""
    drafts = [draft_of(person) for person in people.PERSONS if person is not people.ANDRIY]
    return actions.record_many(drafts, report=LIST, actor=daryna, at=NOON)


@pytest.fixture
def andriy(daryna, others):
    """Andriy's record, among others."""
    return actions.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON)
