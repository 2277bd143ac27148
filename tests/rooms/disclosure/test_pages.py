"""The desk's pages: the number appears only behind open gates, and no title or list says what is to be told."""

import re
from hashlib import sha256

import pytest
from django.test import Client

from kinline.correspondence.models import Letter
from kinline.disclosure import actions, queries
from kinline.disclosure.models import Disclosure, Telling
from kinline.enquiries import fate
from kinline.ledger.models import Entry
from kinline.staff.models import DutySession, Officer
from kinrules.states import disclosure as states
from kinrules.terms import AnswerKind
from tests import people
from tests.bureau import NOON, signed_in
from tests.rooms.disclosure.conftest import choice_for, phone_of

PHONE = people.MARIA.telephone


@pytest.fixture
def desk(db) -> Client:
    """The disclosure officer's browser."""
    return signed_in(people.SOFIIA)


@pytest.fixture
def head(db) -> Client:
    """The head of shift's browser."""
    return signed_in(people.MARKO)


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    """The doors read this moment; hours and days of the tests stand still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def title_of(answer) -> str:
    return re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)[1]


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    assert not fate.may_be_told_by(title_of(answer))
    assert len(answer.content) < 90_000
    return answer.content.decode()


def send(client: Client, address: str, **form: str):
    answer = client.post(address, form)
    assert answer.status_code == 302, (answer.status_code, answer.content.decode()[:6000])
    return answer["Location"]


def form_for(enquiry, **changes: str) -> dict[str, str]:
    return {
        "fate": "alive_in_custody",
        "recipient": "next_of_kin",
        "wish": "named_this_kin",
        "agency": "made",
        "agency_words": "T-2026-17",
        "means": "voice",
        "contact": str(phone_of(enquiry).pk),
        "language": "uk",
        "may_say": "Лист він уже написав.",
    } | changes


def test_two_officers_lead_a_family_through_the_whole_desk(proposal, kin, desk, head):
    page = shown(desk, "/disclosure/")
    assert f"/disclosure/propose/{proposal.pk}/{kin.pk}/" in page

    address = send(desk, f"/disclosure/propose/{proposal.pk}/{kin.pk}/", **form_for(kin))
    page = shown(desk, address)
    assert PHONE not in page
    assert "Approve</button>" not in page

    page = shown(head, address)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)[1]
    send(head, f"{address}approve/", seen=seen)

    assert PHONE in shown(desk, address)
    line = send(desk, f"{address}begin/")
    assert people.MARIA.telephone not in shown(desk, line)
    count = len(Disclosure.objects.get().lines)
    for number in range(1, count + 1):
        page = shown(desk, f"{address}aloud/{number}/")
        assert 'class="aloud"' in page
        line = send(desk, f"{address}aloud/{number}/said/")
    assert line == f"{address}outcome/?said={count}"
    shown(desk, line)
    send(
        desk,
        f"{address}outcome/",
        told="yes",
        lines_said=str(count),
        present="sister",
        next_day="2026-11-23",
        next_hour="10:00",
    )

    assert Disclosure.objects.get().state == states.TOLD
    assert Telling.objects.get().lines_said == count
    assert PHONE not in shown(desk, address)

    shown(desk, f"{address}letter/")
    words = dict.fromkeys(
        ("addressee", "told_on", "told_by", "facts_known", "facts_not_known", "how_to_write", "next_news", "support"),
        "Слово.",
    )
    letter = send(desk, f"{address}letter/", **words)
    assert "Sign the letter" not in shown(desk, letter)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown(head, letter))[1]
    assert sha256(head.get(f"{letter}read/").content).hexdigest() == seen
    send(head, f"{letter}sign/", seen=seen)
    send(desk, f"{letter}hand-over/", way="post")
    assert Letter.objects.get().state == "handed_over"
    assert "Letter after a conversation" in shown(desk, letter)


def test_the_number_is_shown_to_nobody_while_a_gate_is_shut(approved, desk):
    approved.contact.checked_at = None
    approved.contact.save()

    page = shown(desk, f"/disclosure/{approved.pk}/")

    assert PHONE not in page
    assert "Begin the call" not in page
    assert "Nobody has checked that this phone is theirs" in page


def test_reading_the_page_is_an_entry(approved, desk):
    shown(desk, f"/disclosure/{approved.pk}/")

    assert Entry.objects.filter(kind="viewed", subject=f"disclosure:{approved.pk}").exists()


def test_no_line_is_read_aloud_before_the_call_begins(approved, desk):
    answer = desk.get(f"/disclosure/{approved.pk}/aloud/1/")

    assert answer.status_code == 409


def test_a_form_with_a_gap_comes_back_with_what_was_written(proposal, kin, desk):
    answer = desk.post(f"/disclosure/propose/{proposal.pk}/{kin.pk}/", form_for(kin, fate="", may_say="Пишу довго."))

    assert answer.status_code == 422
    assert "Пишу довго." in answer.content.decode()
    assert "Error:" in title_of(answer)


def test_stopping_in_the_middle_leads_to_the_outcome(approved, desk, sofiia):
    actions.begin_call(approved, actor=sofiia, at=NOON)

    line = send(desk, f"/disclosure/{approved.pk}/aloud/3/stopped/")

    assert line.endswith("outcome/?said=2")


def test_withholding_and_retracting_have_their_pages(told, desk, head):
    shown(head, f"/disclosure/{told.pk}/retract/")
    send(head, f"/disclosure/{told.pk}/retract/", why="namesake", what_was_wrong="Це була інша людина.")
    page = shown(desk, "/disclosure/")
    assert "Call these families now" in page
    page = shown(desk, f"/disclosure/{told.pk}/aloud/6/")
    assert "неправильна" in page
    send(desk, f"/disclosure/{told.pk}/outcome/", told="yes", next_day="2026-11-23", next_hour="10:00")

    assert "Call these families now" not in shown(desk, "/disclosure/")


def test_an_officer_of_another_desk_does_not_come_in(approved):
    stranger = signed_in(people.OLHA)

    assert stranger.get("/disclosure/").status_code == 403
    assert stranger.get(f"/disclosure/{approved.pk}/").status_code == 403


def test_off_duty_nothing_is_shown(approved, desk):
    DutySession.objects.update(ended_at=NOON)

    assert desk.get(f"/disclosure/{approved.pk}/").status_code == 302


def test_withheld_reads_the_same_from_outside(proposed, head):
    form = {"because": "detriment_to_kin", "words": "threats", "agency_words": "T-1", "review_on": "2027-01-01"}
    shown(head, f"/disclosure/{proposed.pk}/withhold/")

    send(head, f"/disclosure/{proposed.pk}/withhold/", **form)

    answer = queries.tellings(proposed).count(), Disclosure.objects.get().state
    assert answer == (0, states.WITHHELD)
    assert AnswerKind.CANNOT_SHARE == "cannot_share"


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_pages_are_drawn_in_every_language(approved, desk, sofiia, language):
    Officer.objects.filter(pk=sofiia.human).update(language=language)

    page = shown(desk, f"/disclosure/{approved.pk}/")

    assert f'lang="{language}"' in page
    shown(desk, "/disclosure/")
    shown(desk, "/letters/")
    shown(desk, f"/disclosure/{approved.pk}/change/")


def test_choice_is_built_from_the_record_by_hand(kin):
    assert choice_for(kin).fate.value == "alive_in_custody"
