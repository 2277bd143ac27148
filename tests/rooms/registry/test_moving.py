"""Steps of a record: the machine decides, the event is written, the clock of the capture card runs, an undo undoes."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from kinline.ledger import queries as ledger
from kinline.registry import actions, queries
from kinline.registry.drafts import Brought, EventDraft, NameDraft, RecordDraft, ReportDraft, Statement
from kinline.registry.models import AssertedName, Record
from kinrules.refusal import Refused
from kinrules.terms import CustodyEventKind, EvidenceKind
from tests import people
from tests.bureau import NOON, TODAY, acting
from tests.rooms.registry.conftest import LIST, draft_of

REPORT = Brought(EvidenceKind.UNIT_REPORT, words="taken prisoner near the river")


def taken(kind: CustodyEventKind = CustodyEventKind.CAPTURE, **parts) -> EventDraft:
    """An event of that kind."""
    return EventDraft(kind=kind, **parts)


def interned_on(day: str, person: people.InventedPerson = people.ANDRIY) -> RecordDraft:
    """A record that begins interned since ``day``."""
    draft = draft_of(person, state="interned")
    arrival = taken(CustodyEventKind.INTERNMENT, happened_on=day, to_place="Camp 4")
    return replace(draft, statement=replace(draft.statement, events=(arrival,)))


def test_a_capture_moves_the_record_and_writes_the_event(andriy, daryna):
    actions.advance(andriy, "capture", actor=daryna, at=NOON, brought=[REPORT], event=taken(happened_on="2026-11-19"))

    sheet = queries.sheet(Record.objects.get(pk=andriy.pk))
    assert sheet.record.state == "captured"
    assert [(event.kind, event.happened_on) for event in sheet.events] == [("capture", "2026-11-19")]
    assert [entry.kind for entry in ledger.of(f"captive_record:{andriy.pk}")] == [
        "captive_record.record",
        "exhibit.attest",
        "captive_record.capture",
    ]


def test_without_a_document_the_step_is_refused_and_nothing_is_written(andriy, daryna):
    with pytest.raises(Refused, match="no-evidence"):
        actions.advance(andriy, "capture", actor=daryna, at=NOON, event=taken())

    assert queries.sheet(Record.objects.get(pk=andriy.pk)).events == ()


def test_an_event_that_has_not_come_is_refused(andriy, daryna):
    with pytest.raises(Refused, match="date-in-future"):
        actions.advance(
            andriy, "capture", actor=daryna, at=NOON, brought=[REPORT], event=taken(happened_on="2027-01-01")
        )

    assert Record.objects.get(pk=andriy.pk).state == "reported"


def test_a_page_that_is_out_of_date_overwrites_nothing(andriy, daryna):
    actions.advance(andriy, "capture", actor=daryna, at=NOON, brought=[REPORT], version=1)

    with pytest.raises(Refused, match="stale"):
        actions.advance(andriy, "evacuate", actor=daryna, at=NOON, version=1)


def test_who_reviews_matches_moves_no_record(andriy):
    with pytest.raises(Refused, match="permission"):
        actions.advance(andriy, "capture", actor=acting(people.PETRO), at=NOON, brought=[REPORT])


def test_only_possible_steps_are_offered(andriy):
    verbs = {move.verb for move in queries.sheet(andriy).moves}

    assert {"capture", "register", "record_death", "withdraw"} == verbs


def test_a_card_is_due_a_week_after_the_arrival_and_overdue_after_that(daryna, others):
    actions.record_many(
        [interned_on("2026-11-17"), interned_on("2026-11-10", people.BOHDAN)], report=LIST, actor=daryna, at=NOON
    )

    cards = queries.due_cards(on=TODAY)

    assert [(card.arrived_on, card.due_on, card.late) for card in cards] == [
        (date(2026, 11, 10), date(2026, 11, 17), True),
        (date(2026, 11, 17), date(2026, 11, 24), False),
    ]


def test_a_card_that_came_ends_the_clock_and_a_transfer_starts_it_anew(daryna):
    record = actions.record(interned_on("2026-11-10"), report=LIST, actor=daryna, at=NOON)
    card = ReportDraft(kind=EvidenceKind.CAPTURE_CARD, received_on=date(2026, 11, 16))
    name = Statement(names=(NameDraft(written=people.ANDRIY.name),))
    actions.add_report(record, name, report=card, actor=daryna, at=NOON)
    assert queries.due_cards(on=TODAY) == []

    actions.advance(record, "transfer_out", actor=daryna, at=NOON, event=taken(happened_on="2026-11-18"))
    actions.advance(record, "transfer_in", actor=daryna, at=NOON, event=taken(happened_on="2026-11-19"))

    assert [card.arrived_on for card in queries.due_cards(on=TODAY)] == [date(2026, 11, 19)]


def test_an_undone_import_takes_its_records_and_its_words_back_and_no_others(andriy, daryna, others):
    batch = uuid.uuid4()
    (imported,) = actions.record_many([draft_of(people.STRANGER)], report=LIST, actor=daryna, at=NOON, batch=batch)
    more = Statement(names=(NameDraft(written="Koval Andrzej"),))
    actions.add_report(andriy, more, report=LIST, actor=daryna, at=NOON, batch=batch)

    undone = actions.withdraw_batch(batch, reason="the wrong file", actor=daryna, at=NOON)

    assert undone == actions.Undone(withdrawn=1, kept=())
    assert Record.objects.get(pk=imported.pk).state == "withdrawn"
    assert queries.records().count() == len(others) + 1
    assert [row.name.written for row in queries.sheet(andriy).names] == ["Коваль Андрей Петрович"]
    assert AssertedName.objects.filter(record=andriy).count() == 2


def test_an_undo_twice_does_nothing_the_second_time(daryna, others):
    batch = uuid.uuid4()
    actions.record_many([draft_of(people.STRANGER)], report=LIST, actor=daryna, at=NOON, batch=batch)
    actions.withdraw_batch(batch, reason="the wrong file", actor=daryna, at=NOON)

    assert actions.withdraw_batch(batch, reason="again", actor=daryna, at=NOON).withdrawn == 0
    assert actions.withdraw_batch(uuid.uuid4(), reason="unknown", actor=daryna, at=NOON).withdrawn == 0


def test_one_report_can_be_set_aside_with_its_reason(andriy, daryna):
    wrong = Statement(names=(NameDraft(written="Koval Andrzej"),))
    report = actions.add_report(andriy, wrong, report=LIST, actor=daryna, at=NOON)

    actions.withdraw_report(report, reason="it is about somebody else", actor=daryna, at=NOON)

    assert [row.name.written for row in queries.sheet(andriy).names] == ["Коваль Андрей Петрович"]
    assert [entry.kind for entry in ledger.of(f"report:{report.pk}")] == ["exhibit.attest", "report.withdraw"]
