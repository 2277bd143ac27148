"""Another process writes for longer than this one waits: nobody is told that anything was kept, and nothing is lost."""

import pytest

from kinline.enquiries import codes
from kinline.enquiries.models import Enquiry
from kinline.ledger.models import Entry
from tests import people
from tests.bureau import signed_in
from tests.hardship.straits import sentences, somebody_writes
from tests.rooms.enquiries.conftest import families_site, family  # noqa: F401 - fixtures
from tests.rooms.enquiries.desk.conftest import asked

pytestmark = pytest.mark.django_db(transaction=True)
SAYS = {
    "en": "Our computer is busy with something large and did not answer in time. It is not your fault.",
    "uk": "Наш комп’ютер зайнятий великою роботою і не відповів вчасно. Ви в цьому не винні.",
    "ru": "Наш компьютер занят большой работой и не ответил вовремя. Вы в этом не виноваты.",
}


def test_a_family_is_answered_with_its_draft_code_and_sends_the_same_page_again(family):  # noqa: F811
    visit = family("en").ask()
    draft_code = visit.code
    with somebody_writes():
        visit.go("send")
        refused, code, kept, made = visit.page, visit.code, visit.note, Enquiry.objects.count()

    visit.post("enquiry", **kept)
    first = visit.code
    visit.post("enquiry", **kept)

    assert (refused.status_code, code, made) == (503, draft_code, 0)
    assert SAYS["en"] in sentences(refused.content)
    assert (visit.page.status_code, first, visit.code, Enquiry.objects.count()) == (200, draft_code, draft_code, 1)


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_an_answer_half_way_through_the_questions_is_not_lost(family, language):  # noqa: F811
    visit = family(language)
    visit.post("enquiry")
    with somebody_writes():
        visit.go(name=people.ANDRIY.name_ru)
    refused = visit.page

    visit.post("enquiry", **visit.note)

    assert refused.status_code == 503
    assert SAYS[language] in sentences(refused.content)
    assert 'name="year"' in visit.text
    visit.go("who")
    assert people.ANDRIY.name_ru in visit.text


def test_a_wrong_code_is_not_judged_while_its_try_cannot_be_counted(family):  # noqa: F811
    visit = family("en")
    visit.client.raise_request_exception = False
    with somebody_writes():
        visit.post("case", code=codes.new(), check="x", go="open")

    assert visit.page.status_code == 503
    assert SAYS["en"] in sentences(visit.page.content)


@pytest.mark.urls("kinline.sites.desk")
def test_an_officer_keeps_the_words_and_sends_them_again(db):
    enquiry, browser = asked(), signed_in(people.OLHA)
    browser.raise_request_exception = False
    browser.get("/")
    said = {"words": "Двічі не відповіли.\r\nЩе раз <у п’ятницю>.", "version": enquiry.version}
    before = Entry.objects.count()
    with somebody_writes():
        refused = browser.post(f"/enquiries/{enquiry.pk}/reason/set_aside/", said)
        unread = browser.get(f"/enquiries/{enquiry.pk}/")
        enquiry.refresh_from_db()
        untouched = (enquiry.state, Entry.objects.count())
    answer = browser.post(f"/enquiries/{enquiry.pk}/reason/set_aside/", said)
    enquiry.refresh_from_db()

    assert (refused.status_code, unread.status_code, untouched) == (503, 503, ("received", before))
    assert SAYS["en"] in sentences(refused.content)
    assert "Двічі не відповіли.\r\nЩе раз &lt;у п’ятницю&gt;." in refused.content.decode()
    assert people.ANDRIY.surname not in unread.content.decode()
    assert (answer.status_code, enquiry.state) == (302, "set_aside")


@pytest.mark.urls("kinline.sites.desk")
def test_a_page_is_not_called_lost_because_the_session_could_not_be_renewed(db):
    browser = signed_in(people.OLHA)
    browser.get("/")
    session = browser.session
    session["seen"] = 0
    session.save()
    with somebody_writes():
        page = browser.get("/search/")

    assert page.status_code == 200
    assert browser.session["seen"] == 0
