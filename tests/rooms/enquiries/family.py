"""A family at the pages of the families' site: presses buttons, fills fields, sees what stands there."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from kinline.enquiries import safe_words
from tests import people

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


class Family:
    """One browser. ``page`` is the last answer, ``note`` what the page carries hidden for the next one."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client()
        self.language = language
        self.page: Any = None

    def post(self, where: str, **fields: str) -> HttpResponse:
        """Send a form as it stands."""
        self.page = self.client.post(f"/{self.language}/{where}/", fields)
        return self.page

    def get(self, where: str = "") -> HttpResponse:
        """Open an address."""
        self.page = self.client.get(f"/{self.language}/{where}")
        return self.page

    @property
    def text(self) -> str:
        """What the page says, as markup."""
        return str(self.page.content.decode())

    @property
    def note(self) -> dict[str, str]:
        """The hidden fields of the page's main form."""
        main = self.text[self.text.index("<main") :]
        return {name: html.unescape(value) for name, value in HIDDEN.findall(main)}

    def go(self, go: str = "on", **fields: str) -> HttpResponse:
        """Press a button of the conversation, with ``fields`` filled in."""
        return self.post("enquiry", **self.note, **fields, go=go)

    def ask(self, **changes: str) -> "Family":
        """Answer everything up to the page on which answers are checked."""
        said = {
            "name": people.ANDRIY.latin,
            "year": "2001",
            "relation": "child",
            "phone": "+380 50 123 45 67",
        } | changes
        self.post("enquiry")
        self.go(name=said["name"])
        self.go(**{part: said[part] for part in ("day", "month", "year", "age") if part in said})
        self.go(relation=said["relation"])
        self.go(**{way: said[way] for way in ("phone", "email", "telegram", "page_only", "sms") if way in said})
        return self

    def send(self) -> "Family":
        """Send what was checked."""
        self.go("send")
        return self

    @property
    def code(self) -> str:
        """The case code on the page of the sent enquiry, or the draft code in small print."""
        card = re.search(r'class="code"><bdi dir="ltr">(.*?)</bdi>', self.text)
        small = re.search(r'draft code:.*?<bdi dir="ltr">(.*?)</bdi>', self.text, re.DOTALL)
        found = card or small
        assert found, self.text
        return re.sub(r"\D", "", re.sub(r"<.*?>", "", found[1]))

    @property
    def word(self) -> str:
        """The safe word on the page."""
        found = re.search(r'class="word"><bdi[^>]*>(\w+)</bdi>', self.text)
        assert found
        assert found[1] in safe_words.words(self.language)
        return found[1]
