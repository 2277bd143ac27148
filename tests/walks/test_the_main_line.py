"""A mother asks at night; the register is searched; two people confirm; kinship is shown; a person tells her."""

from datetime import timedelta

import pytest

from kinline.disclosure import actions as disclosure
from kinline.disclosure import queries as disclosures
from kinline.enquiries import actions as enquiries
from kinline.enquiries.intake import Intake, Way
from kinline.enquiries.models import Enquiry
from kinline.enquiries.queries import families
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry
from kinline.matching import actions as matching
from kinline.matching import engine
from kinline.matching.models import Proposal
from kinline.staff.queries import FAMILY
from kinrules.refusal import Refused
from kinrules.rules.consent import Wish
from kinrules.states import captive_record
from kinrules.terms import Channel, PublicState, Relation
from tests import people
from tests.bureau import NOON, acting
from tests.rooms.disclosure.conftest import choice_for, show_kinship, tell_now, with_record

NIGHT = NOON - timedelta(hours=9)


@pytest.fixture(autouse=True)
def _fresh_index():
    engine.forget()
    yield
    engine.forget()


def ask() -> enquiries.Received:
    """The mother's enquiry, as her Latin-writing phone sent it."""
    intake = Intake(
        name=people.ANDRIY.latin,
        language="uk",
        born=people.ANDRIY.born,
        relation=Relation.CHILD,
        ways=(Way(Channel.TELEPHONE, people.MARIA.telephone),),
        details={"birth_place": "Poltava"},
    )
    return enquiries.receive(intake, actor=FAMILY, at=NIGHT)


def confirm(enquiry: Enquiry) -> Proposal:
    """The search, and two readers who each find one person."""
    matching.search_due(at=NOON)
    for reader in (people.TARAS, people.PETRO):
        proposal = Proposal.objects.filter(case=enquiry.case).first()
        matching.decide(proposal, matching.Decision.SAME, actor=acting(reader), at=NOON, version=proposal.version)
    return Proposal.objects.get(pk=proposal.pk)


def seen_by_machine(enquiry: Enquiry) -> PublicState:
    """What the status page says."""
    return families.standing(Enquiry.objects.get(pk=enquiry.pk)).state


@pytest.mark.django_db
def test_a_mother_is_told_by_a_person():
    with_record(captive_record.INTERNED)
    received = ask()
    enquiry = families.by_code(received.code)
    assert seen_by_machine(enquiry) is PublicState.RECEIVED

    enquiries.accept(enquiry, actor=acting(people.OLHA), at=NOON)
    proposal = confirm(enquiry)
    assert seen_by_machine(enquiry) is PublicState.BEING_LOOKED_FOR

    show_kinship(enquiry)
    enquiry.refresh_from_db()
    sofiia, marko = acting(people.SOFIIA), acting(people.MARKO)
    proposed = disclosure.propose(proposal, enquiry=enquiry, choice=choice_for(enquiry), actor=sofiia, at=NOON)
    disclosure.approve(proposed, seen=disclosures.digest(proposed), actor=marko, at=NOON)
    assert seen_by_machine(enquiry) is PublicState.WE_WOULD_LIKE_TO_TALK

    tell_now(proposed, sofiia)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.case.state) == ("answered", "informed")
    assert seen_by_machine(enquiry) is PublicState.FINISHED
    assert ledger.first_broken() is None


@pytest.mark.django_db
def test_nobody_is_told_what_may_harm():
    with_record(captive_record.INTERNED)
    enquiry = families.by_code(ask().code)
    enquiries.accept(enquiry, actor=acting(people.OLHA), at=NOON)
    proposal = confirm(enquiry)
    show_kinship(enquiry)
    enquiry.refresh_from_db()
    choice = choice_for(enquiry, wish=Wish.OBJECTS)
    proposed = disclosure.propose(proposal, enquiry=enquiry, choice=choice, actor=acting(people.SOFIIA), at=NOON)

    with pytest.raises(Refused) as refused:
        disclosure.approve(proposed, seen=disclosures.digest(proposed), actor=acting(people.MARKO), at=NOON)

    assert refused.value.code == "disclosure.person-objects"
    assert seen_by_machine(enquiry) is PublicState.BEING_LOOKED_FOR


@pytest.mark.django_db
def test_the_ledger_of_the_whole_line_holds_no_name_address_or_word():
    test_a_mother_is_told_by_a_person()

    kept = " ".join(f"{entry.subject} {entry.actor} {entry.facts}" for entry in Entry.objects.all()).casefold()

    for person in (people.ANDRIY, people.BOHDAN):
        for word in (person.surname, person.given, person.surname_ru, person.given_ru, *person.latin.split()):
            assert word.casefold() not in kept
    assert people.MARIA.telephone not in kept
