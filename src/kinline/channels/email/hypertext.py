"""The words of an HTML mail as plain text: nothing is fetched, run or shown; what was quoted is marked as such.

Every sign is looked at a fixed number of times, so that no mail can keep the reader busy: tags left open, nested a
hundred thousand deep or begun a million times cost no more than their length.
"""

import re
from html import unescape

_UNREAD = {"script", "style", "head", "title", "template", "svg", "math", "object", "noscript"}
_BLOCKS = {
    "p",
    "div",
    "table",
    "ul",
    "ol",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "form",
    "section",
    "article",
    "header",
    "footer",
    "address",
    "figure",
    "fieldset",
}
_LINES = {"br", "tr", "li", "dt", "dd", "hr", "option", "caption", "legend"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'){0,2000}+)>")
_HREF = re.compile(r"""\bhref\s*=\s*["']?\s*(https?://[^\s"'<>]{1,500}|mailto:[^\s"'<>?]{1,200})""", re.IGNORECASE)
_QUOTE = ("blockquote",)


def words(source: str) -> str:
    """Return the text of ``source``; paragraphs and table rows become lines, quotations begin with ``>``.

    >>> words("<p>Шукаю <b>сина</b>&nbsp;&mdash; Андрія</p><blockquote>We have<br>your message</blockquote>")
    'Шукаю сина — Андрія\\n\\n> We have\\n> your message'
    """
    page = _Page()
    at, length = 0, len(source)
    ends = _Ends(source)
    while at < length:
        tag = source.find("<", at)
        if tag < 0:
            tag = length
        page.say(source[at:tag])
        if tag == length:
            break
        at = _after(source, tag, page, ends)
    return page.text()


class _Ends:
    """Where a sign comes next; once it does not come again, the rest is never searched for it a second time."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._small = source.lower()
        self._gone: set[str] = set()

    def find(self, sign: str, start: int) -> int:
        if sign in self._gone:
            return -1
        found = self._small.find(sign, start) if sign.isascii() else -1
        if found < 0:
            self._gone.add(sign)
        return found


class _Page:
    """The lines written so far, and how deep in quotations the words stand."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0
        self._is_kept = False
        self._link = ""
        self._lists: list[int | None] = []  # the last number of each list that is open; none where it has no numbers

    def say(self, source: str) -> None:
        if source:
            words = unescape(source)
            self._line.append(words if self._is_kept else re.sub(r"[\s\u00a0]+", " ", words))

    def open(self, name: str, rest: str) -> None:
        if name in _QUOTE:
            self._end(apart=True)
            self._depth = min(self._depth + 1, 9)
        elif name == "a":
            found = _HREF.search(rest)
            self._link = found[1].removeprefix("mailto:") if found else ""
        elif name == "td" or name == "th":
            self._line.append(" ")
        else:
            self._border(name)
            self._is_kept = self._is_kept or name == "pre"
            if name in {"ol", "ul"}:
                self._lists = [*self._lists[-9:], 0 if name == "ol" else None]
            elif name == "li":
                self._line.append(self._mark())

    def close(self, name: str) -> None:
        if name in _QUOTE:
            self._end(apart=True)
            self._depth = max(self._depth - 1, 0)
        elif name == "a":
            self._end_link()
        elif name not in {"br", "hr"}:
            self._border(name)
            self._is_kept = self._is_kept and name != "pre"
            if name in {"ol", "ul"}:
                self._lists = self._lists[:-1]

    def text(self) -> str:
        self._end()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _border(self, name: str) -> None:
        if name in _BLOCKS or name in _LINES:
            self._end(apart=name in {"p", "table", "ul", "ol"} or (name[0] == "h" and name[1:].isdigit()))

    def _mark(self) -> str:
        """What stands before an item: its number, by which answers to our questions are known, or a dash."""
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _end_link(self) -> None:
        """The address of a link, where its words do not say it already."""
        if self._link and self._link.rstrip("/") not in "".join(self._line):
            self._line.append(f" <{self._link}>")
        self._link = ""

    def _end(self, *, apart: bool = False) -> None:
        mark = "> " * self._depth
        whole = "".join(self._line)
        self._line.clear()
        for each in whole.split("\n") if self._is_kept else [whole.strip()]:
            if each.strip(" -") or (each and self._is_kept):
                self._lines.append(mark + each.rstrip())
        if apart and self._lines and self._lines[-1].strip("> "):
            self._lines.append("")


def _after(source: str, tag: int, page: _Page, ends: _Ends) -> int:
    """Take what begins at ``tag`` and return where to go on; a sign that begins nothing is a sign."""
    if source.startswith("<!--", tag):
        return _past(ends.find("-->", tag + 4), 3, otherwise=tag + 4)
    if source.startswith(("<!", "<?"), tag):
        return _past(ends.find(">", tag), 1, otherwise=tag + 2)
    found = _TAG.match(source, tag)
    if found is None:
        page.say("<")
        return tag + 1
    closing, name, rest = found[1], found[2].lower(), found[3]
    if closing:
        page.close(name)
    elif name in _UNREAD and not rest.endswith("/"):
        return _past(ends.find(f"</{name}", found.end()), 0, otherwise=found.end())
    else:
        page.open(name, rest)
        if name == "br":
            page.close("div")
    return found.end()


def _past(found: int, length: int, *, otherwise: int) -> int:
    return found + length if found >= 0 else otherwise
