"""Recording: nothing is required, nothing is overwritten, nothing is lost, and every record has its entry."""

import time
import uuid
from dataclasses import replace
from datetime import date

import pytest

from kinline.ledger import queries as ledger
from kinline.registry import actions, numbers, queries
from kinline.registry.drafts import (
    AliasDraft,
    EventDraft,
    FactDraft,
    NameDraft,
    RecordDraft,
    ReportDraft,
    Statement,
)
from kinline.registry.models import AssertedName, Fact, Record
from kinrules.refusal import Refused
from kinrules.terms import (
    AliasKind,
    Category,
    CustodyEventKind,
    EvidenceKind,
    FactKind,
    IdentityState,
    InformationCredibility,
    Provenance,
    SourceReliability,
)
from tests import people
from tests.bureau import NOON, acting
from tests.rooms.registry.conftest import LIST, draft_of

CARD = ReportDraft(
    kind=EvidenceKind.CAPTURE_CARD, received_on=date(2026, 11, 21), reliability=SourceReliability.COMPLETELY
)


def test_a_person_who_states_nothing_is_recorded_too(daryna):
    draft = RecordDraft(category=Category.PRISONER_OF_WAR, statement=Statement(), identity_state=IdentityState.REFUSED)

    record = actions.record(draft, report=LIST, actor=daryna, at=NOON)

    assert record.number == "ZZ-PW-0000001-" + record.number[-1]
    assert queries.sheet(record).names == ()


def test_a_record_number_names_power_and_category_and_checks_itself(andriy):
    assert andriy.number.startswith("RU-PW-")
    assert numbers.read(andriy.number) == andriy.number


def test_numbers_run_on_and_are_never_given_twice(daryna, others, andriy):
    given = {record.number for record in [*others, andriy]}

    assert len(given) == len(people.PERSONS)


def test_every_record_has_an_entry_that_names_nobody(andriy):
    (entry,) = ledger.of(f"captive_record:{andriy.pk}")

    assert entry.kind == "captive_record.record"
    assert set(entry.facts) == {"number", "state", "report"}
    assert people.ANDRIY.surname not in str(entry.facts)


def test_only_a_registry_officer_on_duty_records(db):
    for actor in (acting(people.TARAS), acting(people.DARYNA, on_duty=False)):
        with pytest.raises(Refused, match=r"permission\.record\.write"):
            actions.record(draft_of(people.ANDRIY), report=LIST, actor=actor, at=NOON)


def test_a_name_is_kept_as_written_and_taken_apart_beside_it(andriy, daryna):
    latin = Statement(names=(NameDraft(written="KOVAL  Andrii Petrovych"),))

    actions.add_report(andriy, latin, report=CARD, actor=daryna, at=NOON)

    name = AssertedName.objects.get(record=andriy, script="Latn")
    assert name.written == "KOVAL  Andrii Petrovych"
    assert (name.surname, name.given, name.patronymic) == ("KOVAL", "Andrii", "Petrovych")


def test_a_second_report_overwrites_nothing_and_the_conflict_is_shown(andriy, daryna):
    card = Statement(
        facts=(
            FactDraft(
                kind=FactKind.BIRTH_DATE,
                written="2001-03-15",
                provenance=Provenance.SELF_DECLARED,
                credibility=InformationCredibility.CONFIRMED,
            ),
        )
    )

    actions.add_report(andriy, card, report=CARD, actor=daryna, at=NOON)

    row = queries.sheet(andriy).fact(FactKind.BIRTH_DATE)
    assert row.conflict
    assert (row.best.value, row.best.grade) == ("2001-03-15", "A1")
    assert [(said.value, said.grade) for said in row.others] == [("2001-03-14", "B2")]


def test_a_year_alone_does_not_contradict_the_day(andriy, daryna):
    year = Statement(facts=(FactDraft(kind=FactKind.BIRTH_DATE, written="2001"),))

    actions.add_report(andriy, year, report=CARD, actor=daryna, at=NOON)

    assert not queries.sheet(andriy).fact(FactKind.BIRTH_DATE).conflict


def test_one_town_in_two_alphabets_is_no_conflict(andriy, daryna):
    town = Statement(facts=(FactDraft(kind=FactKind.BIRTH_PLACE, written="Poltava, Poltavska oblast"),))

    actions.add_report(andriy, town, report=CARD, actor=daryna, at=NOON)

    assert not queries.sheet(andriy).fact(FactKind.BIRTH_PLACE).conflict


def test_what_was_declined_is_kept_as_declined_and_contradicts_nothing(andriy, daryna):
    declined = Statement(facts=(FactDraft(kind=FactKind.RANK, declined=True),))

    actions.add_report(andriy, declined, report=CARD, actor=daryna, at=NOON)

    row = queries.sheet(andriy).fact(FactKind.RANK)
    assert row.best.written == people.ANDRIY.rank
    assert [said.declined for said in row.others] == [True]
    assert not row.conflict


def test_a_date_that_has_not_come_is_refused_and_nothing_is_written(daryna, others):
    draft = draft_of(replace(people.ANDRIY, born="2031-01-01"))

    with pytest.raises(Refused, match="date-in-future"):
        actions.record_many([draft_of(people.ANDRIY), draft], report=LIST, actor=daryna, at=NOON)

    assert Record.objects.count() == len(others)


def test_a_text_too_long_is_refused_never_cut(andriy, daryna):
    long_name = Statement(names=(NameDraft(surname="К" * 121),))

    with pytest.raises(Refused, match="text-too-long"):
        actions.add_report(andriy, long_name, report=CARD, actor=daryna, at=NOON)

    assert not AssertedName.objects.filter(record=andriy, report__kind="capture_card").exists()


def test_a_foreign_number_is_given_once_however_it_is_written(andriy, daryna):
    number = AliasDraft(kind=AliasKind.INTERNMENT_SERIAL_NUMBER, written="ISN 12/345")
    again = AliasDraft(kind=AliasKind.INTERNMENT_SERIAL_NUMBER, written="isn-12345")

    actions.add_report(andriy, Statement(aliases=(number,)), report=CARD, actor=daryna, at=NOON)
    actions.add_report(andriy, Statement(aliases=(again,)), report=CARD, actor=daryna, at=NOON)

    assert [alias.written for alias in queries.sheet(andriy).aliases] == ["ISN 12/345"]


def test_two_active_records_with_one_number_raise_an_alarm(andriy, daryna):
    twice = actions.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON)

    assert queries.sheet(andriy).same_number == (twice,)


def test_no_record_begins_as_withdrawn_or_in_an_unknown_state(daryna):
    for state in ("withdrawn", "lost"):
        with pytest.raises(Refused, match="no-such-beginning"):
            actions.record(draft_of(people.ANDRIY, state=state), report=LIST, actor=daryna, at=NOON)


def test_further_reports_come_with_the_record(daryna):
    card = Statement(names=(NameDraft(written=people.ANDRIY.name),))

    record = actions.record(draft_of(people.ANDRIY, further=((CARD, card),)), report=LIST, actor=daryna, at=NOON)

    assert [report.kind for report in queries.sheet(record).reports] == ["nib_list", "capture_card"]


def test_events_stand_in_the_order_in_which_they_happened(daryna):
    events = (
        EventDraft(kind=CustodyEventKind.INTERNMENT, happened_on="2026-11-10", to_place="Camp 4"),
        EventDraft(kind=CustodyEventKind.CAPTURE, happened_on="2026-11-05"),
    )
    draft = draft_of(people.ANDRIY, state="interned")

    record = actions.record(
        replace(draft, statement=replace(draft.statement, events=events)), report=LIST, actor=daryna, at=NOON
    )

    assert [event.kind for event in queries.sheet(record).events] == ["capture", "internment"]


def test_two_thousand_records_are_written_within_seconds(daryna):
    drafts = [draft_of(people.PERSONS[number % len(people.PERSONS)]) for number in range(2_000)]
    actions.record_many(drafts[:10], report=LIST, actor=daryna, at=NOON)
    begun = time.process_time()

    written = actions.record_many(drafts, report=LIST, actor=daryna, at=NOON, batch=uuid.uuid4())

    assert len(written) == 2_000
    assert Fact.objects.filter(record=written[-1]).exists()
    assert time.process_time() - begun < 4.0
