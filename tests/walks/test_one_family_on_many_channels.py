"""One family begins on Telegram, goes on by telephone and by mail with its code, and is one thread at the desk.

The worker is a process of its own, as it is served; the family presses buttons on the page of the stand-ins.
"""

import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from html import unescape

import pytest
from django.utils import timezone

from kinline.demo.devices import server
from kinline.demo.devices.standing import standing
from kinline.intake import threads
from kinline.intake.models import Conversation
from tests import people
from tests.servers import environment

# Both engines keep what two processes write; that is tried in tests/hardship. Here it is the way of a family.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

PATIENCE = 60
CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


@pytest.fixture
def family():
    """The page of a family's devices, in front of a worker that reads and answers."""
    with standing(clock=timezone.now) as devices, server.serving(devices, port=0, desk="http://localhost:1") as page:
        settings = {name: value for device in devices for name, value in device.settings.items()}
        command = [sys.executable, "-m", "kinline.sites.cli", "worker"]
        worker = subprocess.Popen(command, env=environment(KINLINE_SITE="desk", **settings))
        try:
            yield Family(f"{page}/uk/17")
        finally:
            worker.terminate()
            worker.wait()


class Family:
    """Somebody before the page, who waits for each answer."""

    def __init__(self, page: str) -> None:
        self.page = page

    def sees(self, device: str) -> str:
        """All that stands on the screen of a device."""
        with urllib.request.urlopen(f"{self.page}/{device}") as answer:
            return unescape(re.sub(r"<[^>]*>", " ", answer.read().decode()))

    def says(self, device: str, until: str, **form: str) -> str:
        """Send the form of a device, and wait until these words stand on its screen."""
        said = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(f"{self.page}/{device}", said):
            pass
        deadline = time.monotonic() + PATIENCE
        while until not in (shown := self.sees(device)) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert until in shown
        return shown


def test_a_family_begins_on_telegram_calls_with_its_code_writes_a_letter_and_is_one_thread(family):
    family.says("telegram", "мову", words="/start")
    family.says("telegram", "Кого ви шукаєте?", press="1 Українська")
    family.says("telegram", "Коли народилася", words=people.ANDRIY.name)
    family.says("telegram", "Ким вам є", press="1 Пропустити")
    family.says("telegram", "Як з вами", press="1 Мій син або донька")
    family.says("telegram", "Усе правильно?", words="+380501234567")
    chat = family.says("telegram", "Ваш код справи", press="1 Так, надіслати")
    code, word = CODE.search(chat), re.search(r"слово безпеки: (\S+)", chat)
    family.says("telephone", "For English, press 3.", press="call")
    family.says("telephone", "будь-коли натисніть 0", press="1")
    family.says("telephone", "шістнадцять цифр", press="2")
    family.says("telephone", "рік народження", words=code[0].replace(" ", ""))
    family.says("telephone", "Отримано", words="0501234567#")
    family.says("telephone", "", press="end")
    family.says("email", "Напишіть слово безпеки", subject=f"Код {code[0]}", words="Пишу з пошти: телефон зламався.")
    family.says("email", "Ви у своїй справі", words=word[1])

    on_telegram, by_telephone, by_mail = Conversation.objects.order_by("pk")
    thread = threads.together(by_mail)
    assert on_telegram.enquiry == by_telephone.enquiry == by_mail.enquiry
    assert {piece.channel for piece in thread} == {"telegram", "telephone", "email"}
    assert "Пишу з пошти" in " ".join(piece.words for piece in thread)
    assert thread == threads.together(on_telegram)
