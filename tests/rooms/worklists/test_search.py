"""The search box: why first, then at most ten of each kind, and every search is written down."""

import pytest

from kinline.enquiries import actions as enquiries
from kinline.enquiries.intake import Intake
from kinline.ledger.models import Entry
from kinline.registry import actions as registry
from kinline.staff.queries import FAMILY
from kinline.worklists import actions
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, acting, signed_in
from tests.rooms.registry.conftest import LIST, draft_of


@pytest.fixture
def taras(db):
    """Traces: sees enquiries and records."""
    return acting(people.TARAS)


@pytest.fixture
def record(db):
    """Andriy's record, beside his brother's."""
    daryna = acting(people.DARYNA)
    registry.record(draft_of(people.BOHDAN), report=LIST, actor=daryna, at=NOON)
    return registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=NOON)


def look(text, officer):
    """Search for a reason."""
    return actions.search(text, purpose="casework", actor=officer, at=NOON)


@pytest.mark.parametrize("spelling", ["Коваль Андрій Петрович", "Коваль Андрей", "Andriy Koval", "KOVAL ANDRII"])
def test_a_name_in_any_alphabet_finds_enquiry_and_record(enquiry, record, taras, spelling):
    found = look(spelling, taras)

    assert [each.pk for each in found.enquiries] == [enquiry.pk]
    assert [row.record.pk for row in found.records] == [record.pk]


def test_a_case_code_finds_its_enquiry_and_nothing_else(noise, record, taras):
    received = enquiries.receive(Intake(name="Коваль", language="uk"), actor=FAMILY, at=NOON)
    code = " ".join(received.code[start : start + 4] for start in range(0, 16, 4))

    found = look(code, taras)

    assert [each.pk for each in found.enquiries] == [received.enquiry.pk]
    assert found.records == ()


def test_a_code_with_a_slip_is_said_to_be_one(enquiry, taras):
    found = look("4821 0937 5612 3475", taras)

    assert (found.way, found.slip, found.enquiries) == ("code", True, ())


def test_a_record_number_a_personal_number_a_phone_and_a_reference_find(enquiry, record, taras):
    by_number = look(record.number, taras)
    by_personal = look("TEST-140301", taras)
    by_phone = look("555 00 14", taras)
    by_reference = look(enquiry.short, taras)

    assert [row.record.pk for row in by_number.records] == [record.pk]
    assert [row.record.pk for row in by_personal.records] == [record.pk]
    assert [each.pk for each in by_personal.enquiries] == [enquiry.pk]
    assert [each.pk for each in by_phone.enquiries] == [enquiry.pk]
    assert [each.pk for each in by_reference.enquiries] == [enquiry.pk]


def test_who_may_not_see_records_finds_none(enquiry, record, olha):
    found = look("Коваль Андрій", olha)

    assert [each.pk for each in found.enquiries] == [enquiry.pk]
    assert found.records == ()


def test_who_may_not_see_families_finds_none(enquiry, record):
    found = look("Коваль Андрій", acting(people.DARYNA))

    assert found.enquiries == ()
    assert [row.record.pk for row in found.records] == [record.pk]


def test_more_than_ten_are_not_shown(olha):
    for number in range(12):
        intake = Intake(name="Коваль Андрій", language="uk")
        enquiries.receive(intake, actor=FAMILY, at=NOON, code=f"{number:016d}", code_hash=f"{number:064d}")

    found = look("Koval", olha)

    assert (len(found.enquiries), found.more_enquiries) == (10, True)


def test_every_search_is_written_down_with_its_purpose_and_without_its_words(enquiry, olha):
    look("Коваль Андрій", olha)

    entry = Entry.objects.get(kind="search")
    assert entry.facts == {"purpose": "casework", "way": "name", "enquiries": 1, "records": 0}
    assert entry.subject == olha.reference


def test_no_search_without_a_purpose(enquiry, olha):
    with pytest.raises(Refused) as refused:
        actions.search("Коваль", purpose="", actor=olha, at=NOON)

    assert refused.value.code == "search.no-purpose"


def test_the_page_asks_why_before_it_shows_anything(enquiry, desk):
    asked = desk.post("/search/", {"q": "Коваль Андрій"}).content.decode()
    shown = desk.post("/search/", {"q": "Коваль Андрій", "purpose": "caller", "asked": "1"}).content.decode()

    assert "Why do you search?" in asked
    assert enquiry.short not in asked
    assert enquiry.short in shown
    assert "Read as a name, in any alphabet." in shown


@pytest.mark.parametrize("text", ["", " ", "\x00", "'; DROP TABLE", "%", "_", "🙂" * 50, "\u202e", "‮ا", "0" * 300])
def test_nothing_that_is_typed_breaks_the_search(enquiry, desk, text):
    response = desk.post("/search/", {"q": text, "purpose": "caller", "asked": "1"})

    assert response.status_code in (200, 422)


def test_an_auditor_finds_nobody(enquiry, record):
    page = signed_in(people.NADIIA).post("/search/", {"q": "Коваль", "purpose": "complaint", "asked": "1"})

    assert "Nothing was found." in page.content.decode()
