"""One index that processes share: opened quickly, brought up to date exactly, and refused when it is damaged."""

from datetime import timedelta

import pytest

from kinline.ledger import actions as ledger
from kinline.ledger import queries as entries
from kinline.matching import actions, engine
from kinline.matching.engine import shelf
from kinline.matching.engine.saved import Folder
from kinline.registry import actions as registry
from kinline.registry.drafts import NameDraft, Statement
from kinmatch import Person
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON
from tests.rooms.matching.conftest import case_of
from tests.rooms.registry.conftest import LIST, draft_of

ANDRIY = Person("", full_name="Koval Andrii Petrovych", birth_date=people.ANDRIY.born)


@pytest.fixture
def large(monkeypatch, settings, tmp_path):
    """Any register is too large for a page to build an index of it; indexes are saved in a folder of this test."""
    monkeypatch.setattr(shelf, "SMALL", 2)
    monkeypatch.setitem(settings.STORAGES["index"]["OPTIONS"], "location", tmp_path)
    settings.STORAGES = {**settings.STORAGES}
    return tmp_path


def first_hit(person: Person) -> str:
    return engine.index().search(person)[0].record


def test_a_page_never_builds_a_large_index_and_says_so(register, large):
    with pytest.raises(Refused) as refused:
        engine.index()

    assert refused.value.code == "match.index-building"
    assert not engine.is_ready()


def test_what_the_worker_built_every_process_opens(andriy, large):
    held = engine.renew()
    engine.forget()

    assert held == {"register": len(people.PERSONS), "cases": 0}
    assert engine.is_ready()
    assert first_hit(ANDRIY) == str(andriy.pk)


def test_a_new_record_is_found_by_the_next_search_of_every_process(register, daryna, large):
    engine.renew()
    engine.forget()
    before = len(engine.index())

    andriy = registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON)

    assert len(engine.index()) == before + 1
    assert first_hit(ANDRIY) == str(andriy.pk)
    engine.forget()
    assert first_hit(ANDRIY) == str(andriy.pk)


def test_a_record_written_with_an_earlier_moment_is_not_lost(register, daryna, large):
    engine.renew()
    registry.record(draft_of(people.STRANGER), report=LIST, actor=daryna, at=NOON + timedelta(hours=2))
    engine.index()

    late = registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON - timedelta(hours=2))

    assert first_hit(ANDRIY) == str(late.pk)


def test_a_further_report_is_searched_with_too(andriy, daryna, large):
    engine.renew()
    said = Statement(names=(NameDraft(written="Мудрагель Святослав"),))

    registry.add_report(andriy, said, report=LIST, actor=daryna, at=NOON)

    assert first_hit(Person("", full_name="Mudrahel Sviatoslav")) == str(andriy.pk)


def test_a_report_that_was_set_aside_is_forgotten(andriy, daryna, large):
    said = Statement(names=(NameDraft(written="Мудрагель Святослав"),))
    report = registry.add_report(andriy, said, report=LIST, actor=daryna, at=NOON)
    engine.renew()
    assert engine.index().search(Person("", full_name="Мудрагель Святослав"))[0].score > 10

    registry.withdraw_report(report, reason="read wrongly", actor=daryna, at=NOON)

    assert all(hit.score < 10 for hit in engine.index().search(Person("", full_name="Мудрагель Святослав")))


def test_a_damaged_index_is_refused_and_the_worker_builds_it_anew(andriy, large):
    engine.renew()
    engine.forget()
    for path in (large / "register").rglob("*.bin"):
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(Refused) as refused:
        engine.index()

    assert refused.value.code == "match.index-building"
    assert not engine.is_ready()
    engine.renew()
    engine.forget()
    assert engine.is_ready()
    assert first_hit(ANDRIY) == str(andriy.pk)


@pytest.mark.parametrize(
    "told", ["", "{", '{"format": 0}', '{"format": 1}', "[]", '{"format": 1, "folder": 1, "place": []}']
)
def test_whatever_names_no_index_is_passed_over(register, large, told):
    folder = Folder("register")
    folder.path.mkdir()
    (folder.path / "newest.json").write_text(told)

    assert folder.newest() is None
    with pytest.raises(Refused):
        engine.index()


def test_an_index_of_another_register_is_not_searched(register, large):
    engine.renew()
    folder = Folder("register")
    told = (folder.path / "newest.json").read_text()
    (folder.path / "newest.json").write_text(told.replace(entries.last().digest, "0" * 64))
    engine.forget()

    assert not engine.is_ready()
    with pytest.raises(Refused):
        engine.index()


def test_what_was_added_is_saved_beside_and_later_made_one_piece(register, daryna, large, monkeypatch):
    engine.renew()
    first = Folder("register").newest()
    monkeypatch.setattr(shelf, "MOST_ADDED", 0)
    monkeypatch.setattr(shelf, "MERGED_FROM", 0.2)

    registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON)
    engine.renew()
    beside = Folder("register").newest()
    registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON)
    engine.renew()
    merged = Folder("register").newest()

    assert (beside.folder, beside.added) == (first.folder, 1)
    assert merged.folder > beside.folder
    assert (merged.records, merged.added) == (first.records + 2, 0)
    engine.forget()
    assert len(engine.index()) == merged.records


def test_a_small_register_needs_no_worker(register):
    assert engine.is_ready()
    assert len(engine.index()) == len(register)


def test_an_index_forgets_what_was_never_committed(register, daryna):
    before = len(engine.index())
    newest = entries.last()
    registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON)
    assert len(engine.index()) == before + 1

    # As after a transaction that was taken back: the entry the index went up to is not in the ledger any more.
    shelf._REGISTER._place = shelf.Place(newest.seq + 1, "taken back")

    assert len(engine.index()) == before + 1
    assert shelf._REGISTER._place.digest == entries.last().digest


def test_the_index_of_cases_follows_what_families_add(case, taras, large):
    assert len(engine.cases(build=True)) == 1
    case_of("Zhuravelskyi Ostap")  # no entry says so yet
    other = case_of("Mudrahel Sviatoslav")
    ledger.append(kind="tracing_case.describe", subject=ledger.reference(other), actor=taras, at=NOON)

    assert str(other.pk) in engine.cases(build=True)


def test_a_case_that_was_only_searched_is_not_indexed_again(andriy, case):
    upto = entries.last().seq
    actions.search_due(at=NOON)

    assert entries.last().seq > upto
    assert len(shelf._CASES.source.changes(after=upto, upto=entries.last().seq)) == 0


def test_a_case_that_was_decided_leaves_the_index_of_cases(proposal, case, taras, petro):
    assert str(case.pk) in engine.cases()
    actions.decide(proposal, actions.Decision.SAME, actor=taras, at=NOON, version=1)
    actions.decide(proposal, actions.Decision.SAME, actor=petro, at=NOON, version=1)

    assert str(case.pk) not in engine.cases()


def test_compiling_is_safe_to_ask_for_twice():
    seen: list[tuple[int, int]] = []

    engine.warm(lambda done, whole: seen.append((done, whole)))
    engine.warm(lambda done, whole: seen.append((done, whole)))

    assert all(done <= whole for done, whole in seen)
