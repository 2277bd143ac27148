"""Every page of the desk: light enough, whole without a script, and nothing for axe to say, in any light or direction."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kinline.disclosure import actions as disclosures
from kinline.disclosure import queries
from kinline.matching import actions as matching
from kinline.matching import engine
from kinline.matching.models import Proposal
from kinline.staff.models import Officer
from kinrules.states import captive_record
from tests import axe, people
from tests.bureau import NOON, acting, enrolled, signed_in
from tests.rooms.disclosure.conftest import choice_for, confirmed, received, show_kinship, with_record
from tests.rooms.imports.conftest import GOOD, added, checked, daryna  # noqa: F401 - fixtures
from tests.rooms.intake.desk import VOICE, dead, hears, unreadable
from tests.rooms.intake.spoken import calls
from tests.rooms.ui import pseudo

pytestmark = [pytest.mark.house, pytest.mark.django_db]

ROOT = Path(__file__).parents[2]
HEAVIEST = 30 * 1024
STAFF = (
    people.OLHA,
    people.IRYNA,
    people.DARYNA,
    people.TARAS,
    people.PETRO,
    people.SOFIIA,
    people.MARKO,
    people.NADIIA,
    people.ROMAN,
)


@pytest.fixture
def addresses(checked, added) -> dict[str, tuple[people.InventedOfficer, str]]:  # noqa: F811 - asked for by name
    """A bureau at work: who opens which page, by the page's name."""
    engine.forget()
    record = with_record(captive_record.INTERNED)
    enquiry = received()
    proposal = confirmed(enquiry, record)
    show_kinship(enquiry)
    other = received(people.LARISA)
    matching.search_case(other.case, at=NOON)
    unread = Proposal.objects.filter(case=other.case).first()
    enquiry.refresh_from_db()
    proposed = disclosures.propose(
        proposal, enquiry=enquiry, choice=choice_for(enquiry), actor=acting(people.SOFIIA), at=NOON
    )
    disclosures.approve(proposed, seen=queries.digest(proposed), actor=acting(people.MARKO), at=NOON)
    disclosures.begin_call(proposed, actor=acting(people.SOFIIA), at=NOON)
    officer = enrolled(people.OLHA)
    doubtful = checked([*GOOD, [4, "Живолуп", "Тарас", "Олегович", "32.13.1979", "капітан", "АА-100003", None]])
    finished = added([[1, "Ладижець", "Остап", "Ілліч", "14.03.1991", "солдат", "АА-100004", None]])
    unreadable()
    calls("1", "1", "")
    unsent = dead()
    held = hears("дуже довго погрожують " * 300, attachments=(VOICE,))
    return {
        "conversations": (people.OLHA, "/conversations/"),
        "conversation": (people.OLHA, f"/conversations/{held.pk}/"),
        "conversation reply": (people.OLHA, f"/conversations/{held.pk}/reply/"),
        "conversation join": (people.OLHA, f"/conversations/{held.pk}/join/"),
        "recordings": (people.OLHA, "/conversations/recordings/"),
        "post": (people.OLHA, "/conversations/post/"),
        "unsent": (people.OLHA, "/conversations/unsent/"),
        "unsent message": (people.OLHA, f"/conversations/unsent/{unsent.pk}/"),
        "start": (people.OLHA, "/"),
        "inbox": (people.OLHA, "/inbox/mine/"),
        "inbox unclaimed": (people.OLHA, "/inbox/unclaimed/"),
        "duty end": (people.OLHA, "/duty/end/"),
        "search": (people.OLHA, "/search/"),
        "preferences": (people.OLHA, "/preferences/"),
        "enquiry": (people.OLHA, f"/enquiries/{enquiry.pk}/"),
        "enquiry new": (people.OLHA, "/enquiries/new/"),
        "replies": (people.OLHA, f"/enquiries/{enquiry.pk}/reply/"),
        "reply": (people.OLHA, f"/enquiries/{enquiry.pk}/reply/still_looking/"),
        "reason": (people.OLHA, f"/enquiries/{other.pk}/reason/set_aside/"),
        "new code": (people.OLHA, f"/enquiries/{enquiry.pk}/new-code/"),
        "facts": (people.OLHA, f"/enquiries/{enquiry.pk}/facts/"),
        "join": (people.OLHA, f"/enquiries/{enquiry.pk}/join/"),
        "kinship waiting": (people.IRYNA, "/enquiries/kinship/"),
        "kinship": (people.IRYNA, f"/enquiries/{other.pk}/kinship/"),
        "register": (people.DARYNA, "/register/"),
        "record": (people.DARYNA, f"/register/{record.pk}/"),
        "register new": (people.DARYNA, "/register/new/"),
        "register due": (people.DARYNA, "/register/due/"),
        "register report": (people.DARYNA, f"/register/{record.pk}/report/"),
        "imports": (people.DARYNA, "/imports/"),
        "import columns": (people.DARYNA, f"/imports/{doubtful.pk}/columns/"),
        "import checked": (people.DARYNA, f"/imports/{doubtful.pk}/"),
        "import here already": (people.DARYNA, f"/imports/{doubtful.pk}/same/"),
        "import added": (people.DARYNA, f"/imports/{finished.pk}/"),
        "matches": (people.TARAS, "/matching/"),
        "match": (people.TARAS, f"/matching/{unread.pk}/"),
        "match confirmed": (people.TARAS, f"/matching/{proposal.pk}/"),
        "match case": (people.PETRO, f"/matching/case/{other.case_id}/?number={record.number}"),
        "disclosures": (people.SOFIIA, "/disclosure/"),
        "gate": (people.MARKO, f"/disclosure/{proposed.pk}/"),
        "aloud": (people.SOFIIA, f"/disclosure/{proposed.pk}/aloud/1/"),
        "outcome": (people.SOFIIA, f"/disclosure/{proposed.pk}/outcome/"),
        "letters": (people.SOFIIA, "/letters/"),
        "officers": (people.ROMAN, "/oversight/officers/"),
        "officer": (people.ROMAN, f"/oversight/officers/{officer.pk}/"),
        "ledger": (people.NADIIA, "/oversight/ledger/"),
        "no such page": (people.OLHA, "/nowhere/"),
    }


def drawn(addresses: dict[str, tuple[people.InventedOfficer, str]], *, language: str) -> dict[str, str]:
    """Each page as it is sent, in one language."""
    clients = {}
    for invented in STAFF:
        clients[invented.sign_in] = signed_in(invented)
    Officer.objects.update(language=language)
    pages = {}
    for name, (invented, address) in addresses.items():
        response = clients[invented.sign_in].get(address)
        assert response.status_code == (404 if name == "no such page" else 200), (name, response.status_code)
        pages[name] = response.content.decode()
    return pages


_IN_ENGLISH: dict[str, str] = {}


@pytest.fixture
def pages(request) -> dict[str, str]:
    """All pages in English, drawn once: the tests only read them."""
    if not _IN_ENGLISH:
        _IN_ENGLISH.update(drawn(request.getfixturevalue("addresses"), language="en"))
    return _IN_ENGLISH


@pytest.fixture
def mirrored(addresses, settings, tmp_path) -> dict[str, str]:
    """All pages in the pseudo-language, from right to left."""
    folder = pseudo.catalogue(ROOT / "src" / "kinline", tmp_path)
    settings.LOCALE_PATHS = [folder, *settings.LOCALE_PATHS]
    settings.LANGUAGES = [*settings.LANGUAGES, (pseudo.CODE, "Pseudo")]
    return drawn(addresses, language=pseudo.CODE)


def found_by_axe(browser: Browser, pages: dict[str, str]) -> dict[str, str]:
    """What axe says of each page in light and in the dark, and pages that must be scrolled sideways."""
    found = {}
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        for name, markup in pages.items():
            page.set_content(markup.replace(' src="/', ' data-src="/'))
            if said := axe.faults_in_both_lights(page):
                found[name] = said
            page.set_viewport_size({"width": 360, "height": 740})
            if page.evaluate("document.documentElement.scrollWidth") > 360:
                found[f"{name}, on a phone"] = "scrolls sideways"
            page.set_viewport_size({"width": 1280, "height": 800})
    return found


def test_every_page_of_the_desk_keeps_the_budget(pages):
    weights = {name: len(gzip.compress(page.encode(), 6)) for name, page in pages.items()}

    assert {name: weight for name, weight in weights.items() if weight > HEAVIEST} == {}


def test_no_page_of_the_desk_needs_a_script_or_holds_a_style(pages):
    for name, page in pages.items():
        assert not re.search(r"\sstyle=|\son[a-z]+=\"", page), name
        assert re.findall(r"<script[^>]*src=\"([^\"]*)\"", page) in ([], ["/static/ui/keys.js"]), name


@pytest.mark.browser
def test_axe_has_nothing_to_say_of_any_page_of_the_desk_in_light_and_dark(browser, pages):
    assert found_by_axe(browser, pages) == {}


@pytest.mark.browser
def test_axe_has_nothing_to_say_from_right_to_left(browser, mirrored):
    assert all('dir="rtl"' in page for name, page in mirrored.items() if name != "no such page")
    assert found_by_axe(browser, mirrored) == {}
