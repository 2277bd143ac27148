"""The registry's pages as an officer meets them."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from kinline.ledger import queries as ledger
from kinline.registry import actions, forms, messages, queries
from kinline.registry.drafts import FactDraft, NameDraft, Statement
from kinline.registry.models import Record
from kinrules import terms
from kinrules.rules.required_items import MAY_BE_REQUIRED
from kinrules.terms import FactKind
from tests import people
from tests.bureau import NOON, TODAY, signed_in
from tests.rooms.registry.conftest import LIST

HOSTILE = "Ко\u202eваль<script>alert(1)</script>"
HEAVIEST = 30 * 1024
FIVE = {"surname_how": "unknown", "given_how": "unknown", "rank_how": "declined", "service_number_how": "unknown"}


class Text(HTMLParser):
    """The words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)

    def __contains__(self, words: str) -> bool:
        return words in " ".join(" ".join(self.words).split())


@pytest.fixture
def desk(db):
    return signed_in(people.DARYNA)


def page(response, status: int = 200) -> str:
    """The body of a page that has come as it should."""
    assert response.status_code == status
    return response.content.decode()


def test_the_list_shows_records_and_stays_light(desk, andriy):
    body = page(desk.get(reverse("registry_index")))

    assert andriy.number in body
    assert len(body.encode()) < HEAVIEST


def test_a_filter_is_a_link_that_keeps_the_others(desk, andriy):
    body = page(desk.get(reverse("registry_index"), {"power": "RU"}))

    assert andriy.number not in body
    assert "power=RU&amp;" in body or "&amp;power=RU" in body


def test_a_name_is_searched_in_the_body_and_stands_in_no_address(desk, andriy):
    response = desk.post(reverse("registry_search"), {"q": "koval andrii"})

    assert andriy.number in page(response)
    assert "koval" not in response.request["PATH_INFO"] + response.request["QUERY_STRING"]


def test_reading_a_record_is_written_down_before_it_is_shown(desk, andriy):
    page(desk.get(reverse("registry_record", args=[andriy.pk])))

    assert [entry.kind for entry in ledger.of(f"captive_record:{andriy.pk}")][-1] == "viewed"


def test_who_reads_no_records_sees_none(andriy):
    response = signed_in(people.OLHA).get(reverse("registry_record", args=[andriy.pk]))

    assert andriy.number not in page(response, 403)


def test_a_conflict_is_shown_with_both_values_and_grades(desk, andriy, daryna):
    other = Statement(facts=(FactDraft(kind=FactKind.BIRTH_DATE, written="2001-03-15"),))
    actions.add_report(andriy, other, report=LIST, actor=daryna, at=NOON)

    text = Text(page(desk.get(reverse("registry_record", args=[andriy.pk]))))

    assert "Conflict" in text
    assert "2001-03-14" in text
    assert "2001-03-15" in text
    assert "B6" in text


def test_hidden_signs_are_shown_and_nothing_runs(desk, andriy, daryna):
    name = Statement(names=(NameDraft(written=HOSTILE),), facts=(FactDraft(kind=FactKind.NOTE, written=HOSTILE),))
    actions.add_report(andriy, name, report=LIST, actor=daryna, at=NOON)

    body = page(desk.get(reverse("registry_record", args=[andriy.pk])))

    assert "U+202E" in body
    assert "\u202e" not in body
    assert "<script>alert" not in body


def test_only_the_five_items_are_asked_for_and_each_may_be_declined(desk, others):
    form = forms.NewRecordForm({"received_on": "2026-11-22"}, initial={"received_on": TODAY})

    assert set(form.errors) == set(MAY_BE_REQUIRED)
    assert not any(field.required for field in form.fields.values())

    response = desk.post(reverse("registry_new"), {**FIVE, "birth_date_how": "declined"})

    record = Record.objects.exclude(pk__in=[other.pk for other in others]).get()
    assert response.url == reverse("registry_record", args=[record.pk])
    assert {row.kind for row in queries.sheet(record).facts if row.best.declined} == {
        FactKind.RANK,
        FactKind.BIRTH_DATE,
    }


def test_a_slip_in_a_date_keeps_what_was_typed(desk):
    response = desk.post(
        reverse("registry_new"), {**FIVE, "birth_date": "14.3.2001", "source": "the letter of a friend"}
    )

    body = page(response, 422)
    assert "the letter of a friend" in body
    assert "14.3.2001" in body
    assert "2001-03-14" in body
    assert not Record.objects.exists()


def test_a_report_is_added_beside_the_others(desk, andriy):
    sent = {"kind": "letter", "surname": "Koval", "given": "Andriy", "received_on": "2026-11-21"}

    response = desk.post(reverse("registry_report", args=[andriy.pk]), sent, follow=True)

    text = Text(page(response))
    assert "Koval Andriy" in text
    assert "Коваль Андрей Петрович" in text


def test_a_step_is_taken_with_words_where_there_is_no_document(desk, andriy):
    address = reverse("registry_step", args=[andriy.pk, "capture"])
    assert "report of a unit" in page(desk.get(address))

    sent = {"version": "1", "brought_kind": "unit_report", "brought_words": "seen", "happened_on": "2026-11-19"}
    response = desk.post(address, sent, follow=True)

    assert "captured" in Text(page(response))
    assert Record.objects.get(pk=andriy.pk).state == "captured"


def test_a_step_without_a_document_comes_back_with_a_sentence_and_what_was_typed(desk, andriy):
    sent = {"version": "1", "brought_kind": "unit_report", "happened_on": "2026-11-19", "to_place": "Camp 4"}

    body = page(desk.post(reverse("registry_step", args=[andriy.pk, "capture"]), sent), 409)

    assert "A document this rests on is missing" in body
    assert "Camp 4" in body


def test_a_step_that_is_not_possible_now_has_no_page(desk, andriy):
    assert desk.get(reverse("registry_step", args=[andriy.pk, "release"])).status_code == 404


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbfnumber"), ("xlsx", b"PK"), ("jsonl", b'{"number"')])
def test_an_export_is_written_down_and_holds_the_records(desk, andriy, form, start):
    response = desk.post(reverse("registry_export"), {"form": form, "power": "UA"})

    body = b"".join(response.streaming_content)
    assert body.startswith(start)
    entry = ledger.of("registry").last()
    assert entry.facts["form"] == form
    assert entry.facts["power"] == "UA"


def test_cards_that_are_due_have_a_page(desk, andriy):
    assert "No card is due." in page(desk.get(reverse("registry_due")))


def test_a_report_is_set_aside_with_a_reason(desk, andriy):
    report = queries.sheet(andriy).reports[0]

    desk.post(reverse("registry_set_aside", args=[report.pk]), {"reason": "about somebody else"})

    assert queries.sheet(andriy).names == ()


@pytest.mark.parametrize(
    ("vocabulary", "words"),
    [
        (terms.Category, messages.CATEGORIES),
        (terms.IdentityState, messages.IDENTITY),
        (terms.Provenance, messages.PROVENANCE),
        (terms.FactKind, messages.FACTS),
        (terms.AliasKind, messages.ALIASES),
        (terms.CustodyEventKind, messages.EVENTS),
        (terms.NameKind, messages.NAMES),
        (terms.EvidenceKind, messages.EVIDENCE),
        (terms.SourceReliability, messages.RELIABILITY),
        (terms.InformationCredibility, messages.CREDIBILITY),
    ],
)
def test_every_word_of_a_vocabulary_can_be_shown(vocabulary, words):
    assert set(words) == set(vocabulary)
