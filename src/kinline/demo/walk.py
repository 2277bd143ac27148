"""The whole line of work with one invented family, through the real actions: asked, searched, confirmed, shown, told.

Each step is yielded with the ledger entries it left, so that whoever watches sees what is kept and what is not.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kinline.demo import load, officers, papers
from kinline.demo.custody import Situation
from kinline.demo.people import Person, people
from kinline.demo.spelling import latin
from kinline.disclosure import actions as disclosure
from kinline.disclosure import queries as disclosures
from kinline.disclosure.models import Disclosure
from kinline.enquiries import actions as enquiries
from kinline.enquiries.intake import Intake, Way
from kinline.enquiries.models import EnquirerContact, Enquiry
from kinline.ledger import actions as ledger
from kinline.ledger import queries as entries
from kinline.ledger.models import Entry
from kinline.matching import actions as matching
from kinline.matching.models import Proposal
from kinline.registry import queries as registry
from kinline.staff.queries import ENGINE, FAMILY, Acting
from kinrules.permissions import Role
from kinrules.refusal import Refused
from kinrules.rules.consent import Wish
from kinrules.terms import Category, Channel, EvidenceKind, Fate, KinLevel, Recipient, Relation

_WALKED = "demo.walk"
_AMONG = 2_000
"""The person sought is one of the first so many invented persons."""


@dataclass(frozen=True)
class Step:
    """One step of the walk, in words, with the entries it left in the ledger."""

    words: str
    entries: tuple[Entry, ...]


@dataclass
class _Walk:
    """What the steps hand on to each other. ``at`` is an hour at which a family may be called."""

    at: datetime
    person: Person
    staff: dict[Role, Acting]
    enquiry: Enquiry = field(init=False)
    code: str = field(init=False)
    proposal: Proposal = field(init=False)
    disclosure: Disclosure = field(init=False)


def walk(*, at: datetime, on: date) -> Iterator[Step]:
    """Walk the line once more, with another family each time, and yield each step when it is done.

    ``at`` must be an hour at which families are called, ``on`` the day on which the officers' roles are read.

    Raises:
        Refused: ``demo.not-loaded``, or ``demo.walk-lost`` where the search does not offer the person sought.
    """
    if not load.is_loaded():
        raise Refused("demo.not-loaded", "there is no demonstration here")
    with ExitStack() as duty:
        staff = {one.role: duty.enter_context(officers.on_duty(one, at=at, on=on)) for one in officers.OFFICERS}
        state = _Walk(at=at, person=_somebody(on), staff=staff)
        for words, step in _STEPS:
            last = entries.last()
            step(state)
            yield Step(words, tuple(Entry.objects.filter(seq__gt=last.seq if last else 0)))
        ledger.append(kind=_WALKED, subject=ledger.reference(state.enquiry), actor=ENGINE, at=at)


def _somebody(on: date) -> Person:
    """The next invented captive whom nobody has walked for: held, in good order, with a card of their own."""
    walked = Entry.objects.filter(kind=_WALKED).count()
    fit = (
        person
        for person in people(on=on, count=_AMONG)
        if person.situation is Situation.INTERNED
        and person.category is Category.PRISONER_OF_WAR
        and person.power == "UA"
        and person.truth.sex == "m"
        and person.card_on is not None
        and not person.kin_of
        and registry.by_alias(person.mark).exists()
    )
    for _number, person in zip(range(walked + 1), fit, strict=False):
        chosen = person
    return chosen


def _ask(walk: _Walk) -> None:
    who = walk.person.truth
    name = " ".join(
        latin(word.uk, habit="plain", language="uk") for word in (who.surname.man, who.given.name, who.patronymic)
    )
    intake = Intake(
        name=name,
        language="uk",
        born=who.born.isoformat(),
        relation=Relation.CHILD,
        ways=(Way(Channel.TELEPHONE, f"+000 {walk.person.mark.removeprefix('DEMO-')}"),),
        enquirer_name=f"{who.surname.woman.uk} Марія (DEMO)",
        details={"birth_place": who.birth_place.name.uk},
    )
    received = enquiries.receive(intake, actor=FAMILY, at=walk.at)
    walk.enquiry, walk.code = received.enquiry, received.code


def _accept(walk: _Walk) -> None:
    enquiries.accept(walk.enquiry, actor=walk.staff[Role.ENQUIRY_OPERATOR], at=walk.at)


def _search(walk: _Walk) -> None:
    walk.enquiry.refresh_from_db()
    matching.search_case(walk.enquiry.case, at=walk.at)
    sought = registry.by_alias(walk.person.mark).get()
    proposal = Proposal.objects.filter(case=walk.enquiry.case, record=sought).first()
    if proposal is None:
        raise Refused("demo.walk-lost", "the search does not offer the invented person")
    walk.proposal = proposal


def _read(walk: _Walk, role: Role) -> None:
    walk.proposal.refresh_from_db()
    same, version = matching.Decision.SAME, walk.proposal.version
    matching.decide(walk.proposal, same, actor=walk.staff[role], at=walk.at, version=version)


def _read_first(walk: _Walk) -> None:
    _read(walk, Role.TRACING_OFFICER)


def _read_second(walk: _Walk) -> None:
    _read(walk, Role.MATCH_REVIEWER)


def _show_kinship(walk: _Walk) -> None:
    verifier, kinship = walk.staff[Role.KIN_VERIFIER], enquiries.kinship
    walk.enquiry.refresh_from_db()
    kinship.check_contact(walk.enquiry, _phone(walk), "DEMO: called back", actor=verifier, at=walk.at)
    for level, kind in (
        (KinLevel.IDENTITY_SEEN, EvidenceKind.IDENTITY_DOCUMENT),
        (KinLevel.KIN_SHOWN, EvidenceKind.KINSHIP_DOCUMENT),
    ):
        paper = papers.kinship(walk.person.mark)
        exhibit = kinship.attach_paper(walk.enquiry, kind, paper, actor=verifier, at=walk.at)
        accepted = kinship.Judgement(level=level, decision=kinship.Decision.ACCEPT)
        kinship.judge(walk.enquiry, exhibit, accepted, actor=verifier, at=walk.at)


def _propose(walk: _Walk) -> None:
    walk.enquiry.refresh_from_db()
    walk.proposal.refresh_from_db()
    choice = disclosure.Choice(
        fate=Fate.ALIVE_IN_CUSTODY,
        language="uk",
        recipient=Recipient.NEXT_OF_KIN,
        wish=Wish.NAMED_THIS_KIN,
        contact=_phone(walk),
        agency="made",
        agency_words=walk.person.mark,
    )
    officer = walk.staff[Role.DISCLOSURE_OFFICER]
    walk.disclosure = disclosure.propose(walk.proposal, enquiry=walk.enquiry, choice=choice, actor=officer, at=walk.at)


def _approve(walk: _Walk) -> None:
    seen = disclosures.digest(walk.disclosure)
    disclosure.approve(walk.disclosure, seen=seen, actor=walk.staff[Role.HEAD_OF_SHIFT], at=walk.at)


def _tell(walk: _Walk) -> None:
    officer = walk.staff[Role.DISCLOSURE_OFFICER]
    disclosure.begin_call(walk.disclosure, actor=officer, at=walk.at)
    outcome = disclosure.Outcome(lines_said=1, next_call_at=walk.at + timedelta(days=1))
    disclosure.tell(walk.disclosure, outcome, actor=officer, at=walk.at)


def _phone(walk: _Walk) -> EnquirerContact:
    return EnquirerContact.objects.get(enquirer=walk.enquiry.enquirer, channel=Channel.TELEPHONE)


_STEPS: tuple[tuple[str, Callable[[_Walk], None]], ...] = (
    ("A family asks on the public page, in Latin letters.", _ask),
    ("The enquiries desk accepts the enquiry.", _accept),
    ("The register is searched, and the engine proposes with its reasons.", _search),
    ("A tracing officer reads the proposal: one person.", _read_first),
    ("A second officer, who does not see the first reading, confirms it.", _read_second),
    ("Kinship is shown: the phone, a paper of identity, a paper of kinship.", _show_kinship),
    ("A disclosure officer proposes what this family may be told.", _propose),
    ("The head of shift approves exactly that, and a call is offered.", _approve),
    ("A person calls and tells the family. No machine has told anybody anything.", _tell),
)
