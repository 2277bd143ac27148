"""A paper on a record is opened as it came, by whoever may read the record, and the reading is written down."""

import uuid

import pytest

from kinline.ledger import actions as ledger
from kinline.ledger.models import Entry
from kinrules.terms import EvidenceKind
from tests import people
from tests.bureau import NOON, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kinline.sites.desk")]
CARD = ledger.Document(b"%PDF <script>alert(1)</script>", "card\u202e <b>.html", "text/html")


@pytest.fixture
def paper(andriy, daryna):
    return ledger.attach(EvidenceKind.NIB_LIST, CARD, subject=andriy, actor=daryna, at=NOON)


def test_a_paper_is_downloaded_as_it_came_and_the_opening_is_an_entry(andriy, paper):
    browser = signed_in(people.DARYNA)
    page = browser.get(f"/register/{andriy.pk}/").content.decode()
    address = f"/register/{andriy.pk}/exhibits/{paper.pk}/"

    answer = browser.get(address)

    assert f'href="{address}"' in page
    assert answer.content == CARD.content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "<" not in answer["Content-Disposition"]
    assert Entry.objects.filter(kind="exhibit.open", facts={"exhibit": str(paper.pk)}).count() == 1
    assert Entry.objects.filter(kind="viewed", subject=ledger.reference(andriy)).count() == 2


def test_a_paper_of_another_record_is_not_opened_through_this_one(andriy, others, paper):
    browser = signed_in(people.DARYNA)

    answers = [
        browser.get(f"/register/{pk}/exhibits/{key}/")
        for pk, key in [(others[0].pk, paper.pk), (andriy.pk, uuid.uuid4())]
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Entry.objects.filter(kind="exhibit.open").exists()
