"""Pages that are seen seldom, and mostly in a bad hour: light, whole, in three languages, and nothing for axe to say."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from kinline.correspondence import codes as letter_codes
from kinline.disclosure import actions as disclosures
from kinline.enquiries import codes
from kinline.enquiries.models import Enquiry
from kinline.imports.models import Batch
from kinline.staff.models import Account, Officer
from kinline.ui import unwritten
from kinrules import limits
from tests import people
from tests.bureau import NOON, TODAY, acting, signed_in
from tests.reading import english
from tests.rooms.disclosure.conftest import (  # noqa: F401 - fixtures
    approved,
    enquiry,
    kin,
    marko,
    proposal,
    proposed,
    record,
    sofiia,
    tell_now,
    told,
)
from tests.rooms.enquiries.conftest import families_site, family  # noqa: F401 - fixtures
from tests.rooms.imports.conftest import GOOD, checked, daryna  # noqa: F401 - fixtures
from tests.rooms.ui import pseudo
from tests.walks.test_every_desk_page import found_by_axe

pytestmark = [pytest.mark.house, pytest.mark.django_db]
ROOT = Path(__file__).parents[2]
HEAVIEST = {"desk": 30 * 1024, "public": 14 * 1024}
FULL, BUSY = OperationalError("database or disk is full"), OperationalError("database is locked")
LANGUAGES = ("uk", "ru", "en")
TOO_MANY_REQUESTS = 429
BLANKS = ("addressee", "person", "reference", "contact", "told_on", "told_by", "facts_known", "facts_not_known")
WORDS = dict.fromkeys((*BLANKS, "how_to_write", "next_news", "support"), "Слова.")
KNOWN = ("Kinline", "PDF", "UTC")
TOO_MANY = {
    "uk": ("З цієї мережі", "15 хвилин"),
    "ru": ("Из этой сети", "15 минут"),
    "en": ("From this network", "15 minutes"),
}


@pytest.fixture(autouse=True)
def _no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def at_the_desk(told, checked, settings) -> Callable[[str], dict[str, HttpResponse]]:  # noqa: F811
    """Draws the desk's pages in a language."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    drafted = disclosures.draft_letter(told, WORDS, actor=acting(people.SOFIIA), at=NOON, on=TODAY)
    cut_off = checked(GOOD)
    Batch.objects.update(state="checking")

    def draw(language: str) -> dict[str, HttpResponse]:
        officer, importer = signed_in(people.SOFIIA), signed_in(people.DARYNA)
        head = signed_in(people.MARKO)
        Officer.objects.update(language=language)
        outside = Client(headers={"accept-language": language})
        name, password = {"login": "sofiia"}, {"password": "long enough to be one"}
        pages = {
            "letter": officer.get(f"/disclosure/{told.pk}/letter/"),
            "letter, gaps": officer.post(f"/disclosure/{told.pk}/letter/", {}),
            "letter drafted": officer.get(f"/letters/{drafted.pk}/"),
            "letter to sign": head.get(f"/letters/{drafted.pk}/"),
            "letter changed": officer.get(f"/letters/{drafted.pk}/change/"),
            "change": officer.get(f"/disclosure/{told.pk}/change/"),
            "withhold": officer.get(f"/disclosure/{told.pk}/withhold/"),
            "withhold, gaps": officer.post(f"/disclosure/{told.pk}/withhold/", {}),
            "retract": head.get(f"/disclosure/{told.pk}/retract/"),
            "retract, gaps": head.post(f"/disclosure/{told.pk}/retract/", {}),
            "follow up": officer.get(f"/disclosure/{told.pk}/follow-up/"),
            "register cut off": importer.get(f"/imports/{cut_off.pk}/"),
            "account closed": outside.get("/sign-in/inactive/"),
        }
        outside.post("/sign-in/login/", {"login": "nobody", "password": "x"})
        pages["too many tries"] = outside.post("/sign-in/login/", name | password)
        return pages | not_kept(language, "/inbox/")

    return draw


@pytest.fixture
def of_families(family) -> Callable[[str], dict[str, HttpResponse]]:  # noqa: F811
    """Draws the families' pages in a language."""

    def draw(language: str) -> dict[str, HttpResponse]:
        pages: dict[str, HttpResponse] = {}
        visit = family(language)
        visit.post("enquiry")
        visit.go(name=people.ANDRIY.name)
        visit.go(year="2001")
        visit.go(relation="child")
        visit.go(page_only="on")
        form = visit.note
        visit.send()
        Enquiry.objects.update(code_hash="f" * 64)
        pages["code replaced"] = visit.post("enquiry", **form, go="send")
        unknown = codes.new()
        for _try in range(5):
            pages["wait"] = visit.post("case", code=unknown, check="x", go="open")
        for _try in range(3 * limits.on(TODAY, "letter_checks_per_minute")):  # a minute may end meanwhile
            pages["letters wait"] = visit.post("letter-check", code=letter_codes.draw())
            if pages["letters wait"].status_code == TOO_MANY_REQUESTS:
                break
        return pages | not_kept(language, f"/{language}/enquiry/")

    return draw


def not_kept(language: str, address: str) -> dict[str, HttpResponse]:
    """The pages that say that nothing was kept."""
    requests = RequestFactory()
    sent = requests.post(address, {"name": "Коваль <b>", "words": "один\nдва"})
    with translation.override(language):
        return {
            "disk full": unwritten.page(sent, FULL, draft_code="1" * 16),
            "busy": unwritten.page(sent, BUSY),
            "not answered": unwritten.page(requests.get(address), OperationalError("gone")),
            "password not kept": unwritten.page(requests.post(address, {"password": "secret words"}), FULL),
        }


def texts(pages: dict[str, HttpResponse]) -> dict[str, str]:
    return {name: page.content.decode() for name, page in pages.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desks_pages_are_light_and_whole_in_every_language(at_the_desk, language):
    pages = at_the_desk(language)

    statuses = {name: page.status_code for name, page in pages.items() if page.status_code not in {200, 422}}
    assert_light(pages, most=HEAVIEST["desk"])
    assert statuses.pop("too many tries") == TOO_MANY_REQUESTS
    assert TOO_MANY[language][0] in pages["too many tries"].content.decode()
    assert statuses == dict.fromkeys(("disk full", "busy", "not answered", "password not kept"), 503)
    assert_no_english(pages, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_families_pages_are_light_and_whole_in_every_language(of_families, language):
    pages = of_families(language)

    assert_light(pages, most=HEAVIEST["public"])
    assert (pages["letters wait"].status_code, pages["letters wait"]["Retry-After"]) == (TOO_MANY_REQUESTS, "60")
    assert (pages["wait"].status_code, pages["wait"]["Retry-After"]) == (TOO_MANY_REQUESTS, "900")
    assert TOO_MANY[language][1] in pages["wait"].content.decode()
    assert_no_english(pages, language)


def assert_light(pages: dict[str, HttpResponse], *, most: int) -> None:
    for name, page in pages.items():
        text = page.content.decode()
        assert len(gzip.compress(page.content, 6)) <= most, name
        assert text.count("<h1") == 1, name
        assert not re.search(r"\sstyle=|\son[a-z]+=\"", text), name
        assert "secret words" not in text, name


def assert_no_english(pages: dict[str, HttpResponse], language: str) -> None:
    if language != "en":
        known = " ".join([*KNOWN, *(account.officer.name for account in Account.objects.all())])
        ours = {name: re.sub(rb"(?s)<bdi.*?</bdi>", b"", page.content) for name, page in pages.items()}
        left = {name: english(page, besides=known) for name, page in ours.items()}
        assert {name: words for name, words in left.items() if words} == {}


@pytest.mark.once
@pytest.mark.browser
def test_axe_has_nothing_to_say_of_the_desks_pages_in_light_and_dark(browser, at_the_desk):
    pages = texts(at_the_desk("en"))

    assert found_by_axe(browser, pages) == {}


@pytest.mark.once
@pytest.mark.browser
def test_axe_has_nothing_to_say_of_the_desks_pages_from_right_to_left(browser, at_the_desk, settings, tmp_path):
    mirrored = texts(at_the_desk(mirror(settings, tmp_path)))

    assert all('dir="rtl"' in page for page in mirrored.values())
    assert found_by_axe(browser, mirrored) == {}


@pytest.mark.once
@pytest.mark.browser
def test_axe_has_nothing_to_say_of_the_families_pages_in_light_and_dark(browser, of_families):
    pages = texts(of_families("en"))

    assert found_by_axe(browser, pages) == {}


@pytest.mark.once
@pytest.mark.browser
def test_axe_has_nothing_to_say_of_the_families_pages_from_right_to_left(browser, of_families, settings, tmp_path):
    mirrored = texts(of_families(mirror(settings, tmp_path)))

    assert all('dir="rtl"' in page for page in mirrored.values())
    assert found_by_axe(browser, mirrored) == {}


def mirror(settings, folder: Path) -> str:
    """Bring in the pseudo-language, which runs from right to left."""
    settings.LOCALE_PATHS = [pseudo.catalogue(ROOT / "src" / "kinline", folder), *settings.LOCALE_PATHS]
    settings.LANGUAGES = [*settings.LANGUAGES, (pseudo.CODE, "Pseudo")]
    return str(pseudo.CODE)
