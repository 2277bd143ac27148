"""What a person reads on a page: its words, and which of them are left in English."""

import re
from html.parser import HTMLParser

SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description", "label")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:['’-][A-Za-z]+)*")
DIGEST = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b")  # a digest may spell words


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in {"style", "script"}
        self.words += [value or "" for name, value in attrs if name in SPOKEN or name.startswith("data-keys-")]

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.words.append(data)


def words(page: bytes) -> str:
    """Every word that is shown or read aloud, without markup."""
    parser = _Words()
    parser.feed(page.decode())
    return re.sub(r"\s+", " ", " ".join(parser.words)).strip()


def english(page: bytes, *, besides: str = "") -> set[str]:
    """Words in Latin letters on a page in another language, but for those in ``besides`` and the languages' own names."""
    known = {*ENGLISH.findall(besides), "English"}
    return set(ENGLISH.findall(DIGEST.sub("", words(page)))) - known
