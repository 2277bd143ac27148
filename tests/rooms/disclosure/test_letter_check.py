"""The families' page to check a letter: the date and nothing else, the same bytes for every code that counts for nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from kinline.correspondence import actions, codes
from kinline.correspondence.models import CheckableLetter, FailedChecks, Letter
from kinline.enquiries import fate
from kinline.enquiries.models import TracingCase
from kinrules import limits
from tests import people
from tests.bureau import NOON, TODAY, acting
from tests.rooms.correspondence.conftest import WORDS
from tests.rooms.disclosure.conftest import seal

LANGUAGES = ("uk", "ru", "en")


@pytest.fixture(autouse=True)
def _families_site(settings, monkeypatch):
    settings.ROOT_URLCONF = "kinline.sites.public"
    settings.IS_DESK = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def family() -> Client:
    return Client()


@pytest.fixture
def sealed(db) -> Letter:
    """A signed letter of the kind that only follows a conversation, among nothing else."""
    olha = acting(people.OLHA)
    wording = actions.Wording("nothing_known_yet", "uk", WORDS)
    letter = actions.draft(wording, about=somebody_sought(), actor=olha, at=NOON, on=TODAY)
    seal(letter, actor=acting(people.MARKO))
    return Letter.objects.get(pk=letter.pk)


def somebody_sought():
    return TracingCase.objects.create(sought_name=people.ANDRIY.name, opened_at=NOON, facts_changed_at=NOON)


def answer(family: Client, code: str, language: str = "en") -> bytes:
    return family.post(f"/{language}/letter-check/", {"code": code}).content


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_code_shows_the_date_and_a_neutral_name(family, sealed, language):
    page = answer(family, codes.grouped(sealed.code), language).decode()

    assert '<time datetime="2026-11-22">' in page
    assert people.MARIA.name not in page
    assert people.ANDRIY.name not in page
    assert sealed.kind not in page
    assert sealed.code not in page


def test_codes_that_count_for_nothing_are_answered_in_the_same_bytes(family, sealed):
    unknown = codes.draw()
    expired = CheckableLetter.objects.create(
        code=codes.draw(), dated_on=TODAY - timedelta(days=4000), valid_until=TODAY - timedelta(days=1)
    )
    void = CheckableLetter.objects.create(
        code=codes.draw(), dated_on=TODAY, valid_until=TODAY + timedelta(days=9), void=True
    )
    draft = actions.draft(
        actions.Wording("nothing_known_yet", "uk", WORDS),
        about=somebody_sought(),
        actor=acting(people.OLHA),
        at=NOON,
        on=TODAY,
    )

    pages = {answer(family, code) for code in (unknown, expired.code, void.code, draft.code)}

    assert len(pages) == 1
    assert b"We know no letter with this code" in pages.pop()


def test_every_letter_of_a_day_is_answered_in_the_same_bytes(family, sealed):
    other = CheckableLetter.objects.create(code=codes.draw(), dated_on=TODAY, valid_until=TODAY + timedelta(days=9))

    assert answer(family, sealed.code) == answer(family, other.code)


@pytest.mark.parametrize("typed", ["", "4821", "4821 0937 5612 3475", "<b>", "\u202e1234", "x" * 60, "٣" * 16])
def test_a_mistyped_code_comes_back_and_is_not_counted(family, db, typed):
    reply = family.post("/en/letter-check/", {"code": typed})

    assert reply.status_code == 422
    assert b"One of the digits does not fit" in reply.content
    assert not FailedChecks.objects.exists()


def test_when_somebody_guesses_everybody_waits_a_minute_and_keeps_the_code(family, sealed):
    most = limits.on(TODAY, "letter_checks_per_minute")
    for _guess in range(most):
        answer(family, codes.draw())

    reply = family.post("/en/letter-check/", {"code": codes.grouped(sealed.code)})

    assert reply.status_code == 429
    assert reply["Retry-After"] == "60"
    assert codes.grouped(sealed.code) in reply.content.decode()
    assert actions.check(sealed.code, at=NOON + timedelta(minutes=1), on=TODAY) == TODAY


def test_nothing_is_answered_to_an_address(family, sealed):
    asked = family.get("/en/letter-check/", {"code": sealed.code})

    assert b"2026-11-22" not in asked.content
    assert sealed.code.encode() not in asked.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_small_has_no_script_and_no_cookie(family, sealed, language):
    reply = family.post(f"/{language}/letter-check/", {"code": sealed.code}, headers={"accept-encoding": "gzip"})

    assert len(reply.content) <= 14_000
    assert not reply.cookies
    assert "no-store" in reply["Cache-Control"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_nobody_s_fate(family, sealed, language):
    page = family.get(f"/{language}/letter-check/").content.decode()
    main = page.partition("<main")[2].partition('<p class="box warn">')[0]

    assert "<script" not in page
    assert not fate.may_be_told_by(main)
