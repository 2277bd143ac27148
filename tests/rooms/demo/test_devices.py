"""A family's devices: what it sees and does on them, on this machine alone, for everybody to use."""

import smtplib
import urllib.error
import urllib.parse
import urllib.request
from email.message import EmailMessage

import pytest

from kinline.demo.devices import mail, server, telegram
from kinline.intake.models import Conversation
from tests import axe
from tests.bureau import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def clock():
    return NOON


@pytest.fixture
def brought():
    """The letters that were brought to the bureau."""
    return []


@pytest.fixture
def devices(brought):
    def bring(message_id, raw):
        brought.append(raw.decode())

    with telegram.standing(clock=clock) as chat, mail.standing(clock=clock, bring=bring) as post:
        yield chat, post


@pytest.fixture
def page(devices, monkeypatch):
    """The page's address. Nobody answers here, so nobody is waited for."""
    monkeypatch.setattr(server, "PATIENCE", 0.0)
    with server.serving(devices, port=0, desk="http://localhost:8001") as address:
        yield address


def letter_of_the_bureau(post, *, subject="[4821 0937 5612 3474] Ваш лист у нас") -> None:
    letter = EmailMessage()
    letter["Subject"], letter["Message-ID"] = subject, "<4711@bureau.example>"
    letter.set_content("Ваш лист у нас.")
    _scheme, _slashes, where = post.settings["KINLINE_MAIL_SMTP"].rpartition("//")
    with smtplib.SMTP(where) as wire:
        wire.send_message(letter, from_addr="bureau@bureau.example", to_addrs=[post.address(17)])


def asked(address, *, form=None, **fields):
    given = urllib.parse.urlencode(form).encode() if form else None
    with urllib.request.urlopen(urllib.request.Request(address, given, headers=fields)) as answer:
        return answer.read().decode()


def test_a_letter_goes_out_as_a_mail_program_sends_it(devices, brought):
    _chat, post = devices

    post.acts(17, {"subject": "Мій син\r\nBcc: x@example.org", "words": "Допоможіть"})

    assert "dmarc=pass header.from=family.example" in brought[0]
    assert "\nBcc:" not in brought[0]
    assert [(line.mine, line.words) for line in post.lines(17)] == [(True, "Допоможіть")]


def test_a_letter_of_the_bureau_is_seen_and_answered(devices, brought):
    _chat, post = devices
    letter_of_the_bureau(post)

    post.acts(17, {"words": "Дякую"})

    assert post.lines(17)[0].subject == "[4821 0937 5612 3474] Ваш лист у нас"
    assert post.lines(17)[1].subject == "Re: [4821 0937 5612 3474] Ваш лист у нас"
    assert "In-Reply-To: <4711@bureau.example>" in brought[0]
    assert post.lines(18) == []


def test_a_button_that_is_no_longer_there_is_written_instead(devices):
    chat, _post = devices

    chat.acts(17, {"press": "1 Пропустити"})

    assert [line.words for line in chat.lines(17)] == ["1 Пропустити"]


def test_what_the_family_writes_stands_on_its_screen_as_text(page):
    asked(f"{page}/uk/17/telegram", form={"words": "<b>Добрий день</b>"})

    assert "&lt;b&gt;Добрий день" in asked(f"{page}/uk/17/telegram")
    assert "Добрий день" not in asked(f"{page}/uk/18/telegram")


def test_beside_the_devices_stands_where_the_desk_reads_it(page):
    held = Conversation.objects.create(
        channel="telegram", account="4242", address="17", standing={}, begun_at=NOON, said_at=NOON
    )

    assert f"http://localhost:8001/conversations/{held.pk}/" in asked(f"{page}/en/17/desk")


@pytest.mark.parametrize("fields", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}], ids=str)
def test_a_page_from_elsewhere_can_do_nothing(page, devices, fields):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        asked(f"{page}/uk/17/telegram", form={"words": "Добрий день"}, **fields)

    assert devices[0].lines(17) == []


@pytest.mark.browser
@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_everybody_can_use_the_page_on_a_phone_and_on_a_desk(page, devices, visitor, language):
    letter_of_the_bureau(devices[1])
    devices[0].acts(17, {"words": "Добрий день"})
    for phone in (True, False):
        window = visitor(javascript=True, phone=phone).new_page()

        window.goto(f"{page}/{language}/17/")

        assert axe.faults_in_both_lights(window) == ""
        assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_the_page_works_with_and_without_javascript(page, devices, visitor):
    for javascript in (True, False):
        window = visitor(javascript=javascript).new_page()
        window.goto(f"{page}/uk/17/")

        window.locator("#telegram input").fill("Добрий день")
        window.locator("#telegram .write button").click()

        window.locator("#telegram .line.mine").first.wait_for()
        devices[0]._servers.chats.clear()
