"""Andriy's record, confirmed by two readers to be the man his mother seeks; his wife's enquiry stands beside it as noise."""

from datetime import timedelta
from hashlib import sha256

import pytest

from kinline.correspondence import actions as correspondence
from kinline.disclosure import actions, queries
from kinline.disclosure.models import Disclosure
from kinline.enquiries import actions as enquiries
from kinline.enquiries.actions import kinship
from kinline.enquiries.intake import Intake, Way
from kinline.enquiries.models import EnquirerContact, Enquiry
from kinline.matching import actions as matching
from kinline.matching import engine
from kinline.matching.models import Proposal
from kinline.registry import actions as registry
from kinline.staff.queries import FAMILY
from kinrules.rules.consent import Wish
from kinrules.states import captive_record
from kinrules.terms import Category, Channel, EvidenceKind, Fate, KinLevel, Recipient, Relation
from tests import people
from tests.bureau import NOON, acting, enrolled
from tests.rooms.registry.conftest import LIST, draft_of

TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh_index():
    engine.forget()
    yield
    engine.forget()


@pytest.fixture
def sofiia(db):
    return acting(people.SOFIIA)


@pytest.fixture
def marko(db):
    return acting(people.MARKO)


def received(person=people.MARIA, **changes) -> Enquiry:
    """An enquiry as a family sends it by telephone, accepted."""
    intake = Intake(
        name=people.ANDRIY.name,
        language=person.language,
        born=people.ANDRIY.born,
        relation=Relation(person.relation),
        ways=(Way(Channel.TELEPHONE, person.telephone or "+000 555 00 99"),),
        enquirer_name=person.name,
        **{"details": {"sex": "m", "birth_place": people.ANDRIY.birth_place}} | changes,
    )
    enquiry = enquiries.receive(intake, actor=FAMILY, at=NOON).enquiry
    enquiries.accept(enquiry, actor=acting(people.OLHA), at=NOON)
    return enquiry


def with_record(state: str, **changes):
    """Andriy's record in a state, among everybody else's."""
    daryna = acting(people.DARYNA)
    others = [draft_of(person) for person in people.PERSONS if person is not people.ANDRIY]
    registry.record_many(others, report=LIST, actor=daryna, at=NOON)
    return registry.record(draft_of(people.ANDRIY, state=state, **changes), report=LIST, actor=daryna, at=NOON)


def confirmed(enquiry: Enquiry, record) -> Proposal:
    """The proposal, read as the same person by two readers."""
    matching.search_case(enquiry.case, at=NOON)
    proposal = Proposal.objects.get(case=enquiry.case, record=record)
    for reader in (people.TARAS, people.PETRO):
        proposal.refresh_from_db()
        same = matching.Decision.SAME
        matching.decide(proposal, same, actor=acting(reader), at=NOON, version=proposal.version)
    enquiry.refresh_from_db()
    return Proposal.objects.get(pk=proposal.pk)


def show_kinship(enquiry: Enquiry) -> None:
    """The whole ladder: the phone, a paper of identity, the prisoner's own word."""
    iryna = acting(people.IRYNA)
    kinship.check_contact(enquiry, phone_of(enquiry), "called back, the safe word came back", actor=iryna, at=NOON)
    for level, kind in (
        (KinLevel.IDENTITY_SEEN, EvidenceKind.IDENTITY_DOCUMENT),
        (KinLevel.KIN_SHOWN, EvidenceKind.NAMED_BY_PRISONER),
    ):
        exhibit = kinship.note_shown(enquiry, kind, "seen", actor=iryna, at=NOON)
        judgement = kinship.Judgement(level=level, decision=kinship.Decision.ACCEPT)
        kinship.judge(enquiry, exhibit, judgement, actor=iryna, at=NOON)


def phone_of(enquiry: Enquiry) -> EnquirerContact:
    return EnquirerContact.objects.get(enquirer=enquiry.enquirer, channel=Channel.TELEPHONE)


def choice_for(enquiry: Enquiry, fate: Fate = Fate.ALIVE_IN_CUSTODY, **changes) -> actions.Choice:
    """What an officer would choose with everything in order."""
    wish = Wish.DEAD if fate is Fate.DEAD else Wish.NAMED_THIS_KIN
    settled = {"agency": "made", "agency_words": "T-2026-17", "may_say": "Рядок від офіцера."}
    chosen = {"language": "uk", "wish": wish, "contact": phone_of(enquiry), "recipient": Recipient.NEXT_OF_KIN}
    return actions.Choice(fate=fate, **(chosen | settled | changes))


@pytest.fixture
def record(db):
    return with_record(captive_record.INTERNED)


@pytest.fixture
def enquiry(db):

    return received()


@pytest.fixture
def proposal(enquiry, record):
    return confirmed(enquiry, record)


@pytest.fixture
def kin(enquiry, proposal):
    """The mother, whose kinship is shown."""
    show_kinship(enquiry)
    enquiry.refresh_from_db()
    return enquiry


@pytest.fixture
def proposed(proposal, kin, sofiia) -> Disclosure:
    return actions.propose(proposal, enquiry=kin, choice=choice_for(kin), actor=sofiia, at=NOON)


@pytest.fixture
def approved(proposed, marko) -> Disclosure:
    actions.approve(proposed, seen=queries.digest(proposed), actor=marko, at=NOON)
    return Disclosure.objects.get(pk=proposed.pk)


@pytest.fixture
def told(approved, sofiia) -> Disclosure:
    tell_now(approved, sofiia)
    return Disclosure.objects.get(pk=approved.pk)


def tell_now(disclosure: Disclosure, actor, *, at=NOON) -> None:
    actions.begin_call(disclosure, actor=actor, at=at)
    outcome = actions.Outcome(lines_said=9, present="sister", asked_for="a letter", next_call_at=at + timedelta(days=1))
    actions.tell(disclosure, outcome, actor=actor, at=at)


def the_dead(marko, sofiia, *, at=NOON) -> Disclosure:
    """An approved disclosure of a death, with nobody beside the caller yet."""
    enquiry = received()
    proposal = confirmed(enquiry, with_record(captive_record.DEAD, category=Category.DEAD))
    show_kinship(enquiry)
    enquiry.refresh_from_db()
    chosen = choice_for(enquiry, Fate.DEAD)
    disclosure = actions.propose(proposal, enquiry=enquiry, choice=chosen, actor=sofiia, at=at)
    actions.approve(disclosure, seen=queries.digest(disclosure), actor=marko, at=at)
    return Disclosure.objects.get(pk=disclosure.pk)


@pytest.fixture
def dead(marko, sofiia) -> Disclosure:
    return the_dead(marko, sofiia)


@pytest.fixture
def second(db):
    """An officer to sit beside the caller."""
    return enrolled(people.MARKO)


def seal(letter, *, actor, at=NOON):
    seen = sha256(correspondence.preview(letter, actor=actor, on=at.date())).hexdigest()
    return correspondence.seal(letter, seen=seen, actor=actor, at=at, on=at.date())
