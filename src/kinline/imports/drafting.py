"""From a row that was read to a person to be recorded. Pure: nothing here touches the database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from kinline.imports.assessing import DATES, Assessed
from kinline.registry.drafts import AliasDraft, EventDraft, FactDraft, NameDraft, RecordDraft, ReportDraft, Statement
from kinline.tables.values import Reading
from kinmatch.person import Person
from kinrules.terms import (
    AliasKind,
    Category,
    CustodyEventKind,
    EvidenceKind,
    FactKind,
    IdentityState,
    InformationCredibility,
    NameKind,
    SourceReliability,
)

FACTS = {
    "birth_date": FactKind.BIRTH_DATE,
    "birth_place": FactKind.BIRTH_PLACE,
    "sex": FactKind.SEX,
    "rank": FactKind.RANK,
    "service_number": FactKind.SERVICE_NUMBER,
    "unit": FactKind.UNIT,
    "nationality": FactKind.NATIONALITY,
    "father_given_name": FactKind.FATHER_GIVEN_NAME,
    "mother_maiden_name": FactKind.MOTHER_MAIDEN_NAME,
    "person_to_be_informed": FactKind.PERSON_TO_BE_INFORMED,
    "address_of_family": FactKind.ADDRESS_OF_FAMILY,
    "correspondence_address": FactKind.CORRESPONDENCE_ADDRESS,
    "capture_date": FactKind.CAPTURE_DATE,
    "capture_place": FactKind.CAPTURE_PLACE,
    "last_seen": FactKind.LAST_SEEN,
    "health": FactKind.HEALTH,
    "distinguishing_mark": FactKind.DISTINGUISHING_MARK,
    "death_date": FactKind.DEATH_DATE,
    "death_place": FactKind.DEATH_PLACE,
    "cause_of_death": FactKind.CAUSE_OF_DEATH,
    "burial_place": FactKind.BURIAL_PLACE,
    "note": FactKind.NOTE,
}
ALIASES = {
    "isn": AliasKind.INTERNMENT_SERIAL_NUMBER,
    "file_number": AliasKind.FILE,
    "disc_number": AliasKind.IDENTITY_DISC,
}
BESIDE = ("phone", "missing_since", "held_at", "source")
"""Fields that have no place of their own in a record and are kept as a note with their heading."""

# What an officer decided about a doubt; see messages.FIXES.
SUGGESTION, UNKNOWN, KEEP, TYPED = "suggestion", "unknown", "keep", "typed"
LEAVE_OUT, NEW_PERSON, SAME, MENDED = "leave_out", "new_person", "same", "mended"
LONGEST_PLACE = 200


@dataclass(frozen=True)
class About:
    """What the officer says of the whole register: whom it lists, who holds them, from whom it came, how reliable."""

    category: str = Category.PRISONER_OF_WAR.value
    detaining_power: str = ""
    power_of_origin: str = ""
    source: str = ""
    reference: str = ""
    reliability: str = SourceReliability.CANNOT_BE_JUDGED.value
    kind: str = EvidenceKind.NIB_LIST.value
    received_on: str = ""
    ages_on: str = ""

    def as_json(self) -> dict[str, str]:
        """The form in which it is kept."""
        return asdict(self)

    def report(self, *, on: date) -> ReportDraft:
        """The report from which every row of the register speaks."""
        return ReportDraft(
            kind=EvidenceKind(self.kind),
            received_on=date.fromisoformat(self.received_on) if self.received_on else on,
            reliability=SourceReliability(self.reliability),
            source=self.source,
            reference=self.reference,
        )

    @property
    def age_day(self) -> date | None:
        """The day on which ages in the register were true, if the officer knows it."""
        return date.fromisoformat(self.ages_on) if self.ages_on else None


@dataclass(frozen=True)
class Settlement:
    """What a person decided about one doubt."""

    kind: str
    field: str
    settled: str
    suggestion: str = ""
    typed: str = ""


def settle(found: Assessed, decided: Iterable[Settlement]) -> Assessed:
    """The row with the decisions in place of the doubts. What was written stays as it was."""
    for each in decided:
        if each.settled == SUGGESTION and each.suggestion and each.field:
            found.readings[each.field] = Reading(each.suggestion, "suggestion accepted")
        elif each.settled == TYPED and each.field:
            found.readings[each.field] = Reading(each.typed, "typed by an officer")
        elif each.settled == UNKNOWN and each.field:
            found.readings.pop(each.field, None)
            found.others.append((each.field, found.written.pop(each.field, "")))
    return found


def person(found: Assessed, *, key: str) -> Person:
    """The row as the matching engine compares it."""
    return Person(
        id=key,
        full_name=found.value("full_name") or ("" if found.value("surname") else found.value("name_latin")),
        surname=found.value("surname"),
        given=found.value("given_name"),
        patronymic=found.value("patronymic"),
        sex=_reading(found, "sex"),
        birth_date=_reading(found, "birth_date") or _reading(found, "age"),
        birth_place=found.value("birth_place"),
        father=found.value("father_given_name"),
        mother_maiden=found.value("mother_maiden_name"),
        unit=found.value("unit"),
        service_number=found.value("service_number"),
    )


def draft(found: Assessed, *, about: About, headings: Mapping[str, str]) -> RecordDraft:
    """The person to be recorded. ``headings`` names fields as the sheet does, for notes."""
    names = tuple(_names(found))
    statement = Statement(
        names=names,
        facts=tuple(_facts(found, headings)),
        aliases=tuple(
            AliasDraft(kind=kind, written=found.value(key)) for key, kind in ALIASES.items() if found.value(key)
        ),
        events=tuple(_events(found, about)),
    )
    return RecordDraft(
        category=Category(about.category),
        statement=statement,
        detaining_power=about.detaining_power,
        power_of_origin=about.power_of_origin,
        identity_state=IdentityState.STATED if names else IdentityState.UNIDENTIFIED,
    )


def _reading(found: Assessed, key: str) -> str:
    reading = found.readings.get(key)
    return reading.value if reading is not None else ""


def _names(found: Assessed) -> Iterator[NameDraft]:
    parts = {
        part: found.value(key)
        for part, key in (("surname", "surname"), ("given", "given_name"), ("patronymic", "patronymic"))
    }
    if any(parts.values()):
        yield NameDraft(surname=parts["surname"], given=parts["given"], patronymic=parts["patronymic"])
        if found.value("full_name"):
            yield NameDraft(written=found.value("full_name"))
    elif found.value("full_name"):
        yield NameDraft(written=found.value("full_name"))
    if found.value("name_latin"):
        yield NameDraft(written=found.value("name_latin"), kind=NameKind.ALSO_KNOWN_AS)
    if found.value("maiden_name"):
        yield NameDraft(
            surname=found.value("maiden_name"),
            given=parts["given"],
            patronymic=parts["patronymic"],
            kind=NameKind.MAIDEN,
        )
    if found.value("call_sign"):
        yield NameDraft(written=found.value("call_sign"), kind=NameKind.CALL_SIGN)


def _facts(found: Assessed, headings: Mapping[str, str]) -> Iterator[FactDraft]:
    for key, kind in FACTS.items():
        words, value = found.written.get(key, ""), _reading(found, key)
        if not words or (key in found.readings and not value):
            continue
        if key in DATES or key == "sex":
            if value:
                yield FactDraft(kind=kind, written=words, value=value)
        else:
            yield FactDraft(kind=kind, written=value or words)
    if "birth_date" not in found.written and _reading(found, "age"):
        yield FactDraft(kind=FactKind.BIRTH_DATE, written=found.written["age"], value=_reading(found, "age"))
    notes = [(key, found.written[key]) for key in BESIDE if found.written.get(key)]
    said = [(headings.get(heading, heading), text) for heading, text in [*notes, *found.others]]
    lines = [f"{heading}: {text}" if heading else text for heading, text in said if text]
    if lines:
        yield FactDraft(
            kind=FactKind.NOTE, written="\n".join(lines), credibility=InformationCredibility.CANNOT_BE_JUDGED
        )


def _events(found: Assessed, about: About) -> Iterator[EventDraft]:
    captured, place = _reading(found, "capture_date"), found.value("capture_place")
    if captured and about.category == Category.PRISONER_OF_WAR.value:
        fits = place if len(place) <= LONGEST_PLACE else ""
        yield EventDraft(kind=CustodyEventKind.CAPTURE, happened_on=captured, to_place=fits)
