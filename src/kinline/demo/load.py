"""Loading a demonstration: invented officers, persons and enquiries, through the actions that real ones go through.

A list of persons and a bundle of enquiries are one transaction each. Whoever is stopped half-way goes on where it
stopped; what is there is not loaded twice; and nothing invented is ever loaded beside what is not.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import TypeVar

from django.db import transaction

from kinline.demo import families, officers, papers, people, records
from kinline.demo.families import Asking
from kinline.demo.people import Person
from kinline.enquiries import actions as enquiries
from kinline.enquiries.intake import Intake, Way
from kinline.enquiries.models import Enquiry
from kinline.ledger import actions as ledger
from kinline.ledger.models import Entry
from kinline.registry import actions as registry
from kinline.registry.models import Record, Report
from kinline.staff.models import Officer
from kinline.staff.queries import ENGINE, FAMILY, Acting
from kinrules.permissions import Role
from kinrules.refusal import Refused
from kinrules.terms import Channel, EvidenceKind, Relation

LIST_LENGTH = 1_000
"""Persons that came with one invented list."""

UNANSWERED_DAYS = 3
"""Enquiries older than this have been answered "nothing known yet"."""

BUNDLE = 100
"""Enquiries received in one transaction."""

_BEGUN, _LOADED = "demo.begin", "demo.load"
_WORDS = "DEMO: nothing known yet."

Thing = TypeVar("Thing")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Loaded:
    """What is there now; ``already`` says that it was there before."""

    persons: int
    enquiries: int
    already: bool = False


def is_loaded() -> bool:
    """Whether a demonstration was loaded into this installation."""
    return Entry.objects.filter(kind=_LOADED).exists()


def load(
    *,
    at: datetime,
    on: date,
    persons: int = people.COUNT,
    asking: int = families.COUNT,
    progress: Progress | None = None,
) -> Loaded:
    """Load the demonstration as it stands on the day ``on``, unless it is there already.

    Raises:
        Refused: ``demo.not-empty``: there are officers, records or enquiries that are not invented.
    """
    if is_loaded():
        return Loaded(Record.objects.count(), Enquiry.objects.count(), already=True)
    begin(at=at, on=on, persons=persons)
    count = _Count(persons + asking, progress)
    for number, chunk in enumerate(_bundles(people.people(on=on, count=persons), LIST_LENGTH), start=1):
        _load_list(number, chunk, at=at, on=on)
        count.add(len(chunk))
    known = list(people.people(on=on, count=persons))  # made anew: cheaper than keeping them through the lists
    for bundle in _bundles(families.enquiries(known, on=on, count=asking), BUNDLE):
        _load_enquiries(bundle, at=at, on=on)
        count.add(len(bundle))
    facts = {"seed": people.SEED, "persons": persons, "enquiries": asking}
    ledger.append(kind=_LOADED, subject="demo", actor=ENGINE, at=at, facts=facts)
    return Loaded(persons, asking)


def begin(*, at: datetime, on: date, persons: int = people.COUNT) -> None:
    """Make the officers and record the first list of persons, unless they are there; ``load`` goes on from here.

    Raises:
        Refused: ``demo.not-empty``: there are officers, records or enquiries that are not invented.
    """
    if not Entry.objects.filter(kind=_BEGUN).exists():
        _begin(at=at, on=on)
    first = list(islice(people.people(on=on, count=persons), LIST_LENGTH))
    _load_list(1, first, at=at, on=on)


class _Count:
    """How far loading has come."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def add(self, more: int) -> None:
        self._done += more
        if self._progress is not None:
            self._progress(self._done, self._total)


@transaction.atomic
def _begin(*, at: datetime, on: date) -> None:
    if Officer.objects.exists() or Record.objects.exists() or Enquiry.objects.exists():
        raise Refused("demo.not-empty", "a demonstration is loaded into an empty installation only")
    ledger.append(kind=_BEGUN, subject="demo", actor=ENGINE, at=at)
    officers.appoint_all(at=at, on=on)


def _load_list(number: int, persons: Iterable[Person], *, at: datetime, on: date) -> None:
    """Record the persons of one invented list, unless they are there."""
    heading = records.register(number, received_on=on - timedelta(days=number % 9))
    if Report.objects.filter(reference=heading.reference).exists():
        return
    with officers.on_duty(officers.holder(Role.REGISTRY_OFFICER), at=at, on=on) as officer:
        registry.record_many(map(records.draft, persons), report=heading, actor=officer, at=at)


def _bundles(things: Iterable[Thing], length: int) -> Iterator[list[Thing]]:
    remaining = iter(things)
    while bundle := list(islice(remaining, length)):
        yield bundle


@transaction.atomic
def _load_enquiries(asking: Iterable[Asking], *, at: datetime, on: date) -> None:
    """Receive those enquiries of one bundle that are not there."""
    new = {_no_code(one.mark): one for one in asking}
    for code_hash in Enquiry.objects.filter(code_hash__in=new).values_list("code_hash", flat=True):
        del new[code_hash]
    with ExitStack() as duty:
        operator, verifier = (
            duty.enter_context(officers.on_duty(officers.holder(role), at=at, on=on))
            for role in (Role.ENQUIRY_OPERATOR, Role.KIN_VERIFIER)
        )
        for code_hash, one in new.items():
            asked_at = at - (on - one.asked_on)
            actor = FAMILY if one.channel is Channel.WEB else operator
            enquiry = enquiries.receive(_intake(one), actor=actor, at=asked_at, code_hash=code_hash).enquiry
            if on - one.asked_on >= timedelta(days=UNANSWERED_DAYS):
                _answer(enquiry, actor=operator, at=asked_at + timedelta(days=1))
            if one.relation is Relation.PARENT:
                paper = papers.kinship(one.mark)
                enquiries.kinship.attach_paper(
                    enquiry, EvidenceKind.KINSHIP_DOCUMENT, paper, actor=verifier, at=asked_at
                )


def _intake(one: Asking) -> Intake:
    ways = [Way(Channel.TELEPHONE, one.telephone)] if one.telephone else []
    ways += [Way(Channel.EMAIL, one.email)] if one.email else []
    details = {"birth_place": one.sought.birth_place, "unit": one.sought.unit}
    return Intake(
        name=one.sought.name,
        language=one.language,
        channel=one.channel,
        born=one.sought.born,
        relation=one.relation,
        ways=tuple(ways),
        enquirer_name=one.enquirer,
        details={column: words for column, words in details.items() if words},
    )


def _no_code(mark: str) -> str:
    """Stands where the hash of a case code stands; no code leads to it, so nobody can guess an invented one."""
    return sha256(f"no code: {mark}".encode()).hexdigest()


def _answer(enquiry: Enquiry, *, actor: Acting, at: datetime) -> None:
    enquiries.accept(enquiry, actor=actor, at=at)
    enquiries.answer_for_now(enquiry, words=_WORDS, actor=actor, at=at)
