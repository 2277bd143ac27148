"""Invented persons as the drafts that the registry records: what each report says, with its grade."""

from collections.abc import Iterator
from datetime import date

from kinline.demo.custody import Situation
from kinline.demo.people import Asserted, Person
from kinline.registry.drafts import (
    AliasDraft,
    EventDraft,
    FactDraft,
    NameDraft,
    RecordDraft,
    ReportDraft,
    Statement,
)
from kinrules.states import captive_record as state
from kinrules.terms import (
    AliasKind,
    CustodyEventKind,
    EvidenceKind,
    FactKind,
    InformationCredibility,
    Provenance,
    SourceReliability,
)

_STATES = {
    Situation.REPORTED: state.CAPTURED,
    Situation.INTERNED: state.INTERNED,
    Situation.HOSPITALISED: state.HOSPITALISED,
    Situation.DIED_IN_CUSTODY: state.DEAD,
    Situation.DEAD: state.DEAD,
    Situation.MISSING: state.REPORTED,
}
_ENDS = {
    CustodyEventKind.EXCHANGE: state.EXCHANGED,
    CustodyEventKind.REPATRIATION: state.REPATRIATED,
    CustodyEventKind.RELEASE: state.RELEASED,
}
_BESIDE = {Provenance.DOCUMENT: EvidenceKind.IDENTITY_DOCUMENT, Provenance.RELATIVE: EvidenceKind.RELATIVE_STATEMENT}
_SURE = InformationCredibility.CONFIRMED


def register(number: int, *, received_on: date) -> ReportDraft:
    """The invented list with which many persons came."""
    return ReportDraft(
        kind=EvidenceKind.NIB_LIST,
        received_on=received_on,
        reliability=SourceReliability.USUALLY,
        source="DEMO: invented list",
        reference=f"DEMO-LIST-{number:03d}",
    )


def draft(person: Person) -> RecordDraft:
    """One invented person: what the list says, and beside it the person's own card and papers, where there are any."""
    credibility = InformationCredibility(person.grade[1])
    statement = Statement(
        names=(_name(person.names[0], credibility),),
        facts=tuple(_facts(person, credibility)),
        aliases=(AliasDraft(kind=AliasKind.FILE, written=person.mark),),
        events=tuple(_events(person)),
    )
    return RecordDraft(
        category=person.category,
        statement=statement,
        detaining_power=person.detaining_power,
        power_of_origin=person.power,
        state=_ENDS[person.events[-1].kind] if person.situation is Situation.RETURNED else _STATES[person.situation],
        further=tuple(_further(person)),
    )


def _name(asserted: Asserted, credibility: InformationCredibility) -> NameDraft:
    return NameDraft(
        surname=asserted.surname,
        given=asserted.given,
        patronymic=asserted.patronymic,
        kind=asserted.kind,
        language=asserted.language,
        provenance=asserted.provenance,
        credibility=credibility,
    )


def _facts(person: Person, credibility: InformationCredibility) -> Iterator[FactDraft]:
    written = {
        FactKind.BIRTH_DATE: person.born,
        FactKind.BIRTH_PLACE: person.birth_place,
        FactKind.SEX: person.truth.sex,
        FactKind.RANK: person.rank.name.in_("uk" if person.power == "UA" else "ru") if person.rank else "",
        FactKind.SERVICE_NUMBER: person.service_number,
        FactKind.UNIT: person.unit,
        FactKind.MOTHER_MAIDEN_NAME: person.mother_maiden_name,
    }
    for kind, text in written.items():
        if text:
            yield FactDraft(kind=kind, written=text, credibility=credibility)


def _events(person: Person) -> Iterator[EventDraft]:
    for event in person.events:
        yield EventDraft(kind=event.kind, happened_on=event.on.isoformat(), to_place=event.place)


def _further(person: Person) -> Iterator[tuple[ReportDraft, Statement]]:
    for asserted in person.names[1:]:
        if asserted.provenance is Provenance.SELF_DECLARED and person.card_on is not None:
            yield _card(person, asserted, person.card_on)
        else:
            kind = _BESIDE[asserted.provenance]
            said = Statement(names=(_name(asserted, InformationCredibility.PROBABLY_TRUE),))
            yield ReportDraft(kind=kind, received_on=person.reported_on, reference=person.mark), said


def _card(person: Person, asserted: Asserted, came_on: date) -> tuple[ReportDraft, Statement]:
    """The capture card that the person wrote: the name in the own language, and the full date of birth."""
    heading = ReportDraft(
        kind=EvidenceKind.CAPTURE_CARD,
        received_on=came_on,
        reliability=SourceReliability.COMPLETELY,
        reference=person.mark,
    )
    born = FactDraft(
        kind=FactKind.BIRTH_DATE,
        written=person.truth.born.isoformat(),
        provenance=Provenance.SELF_DECLARED,
        credibility=_SURE,
    )
    return heading, Statement(names=(_name(asserted, _SURE),), facts=(born,))
