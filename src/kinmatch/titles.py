"""What stands beside a name and is no part of it: ranks, forms of address, call-signs.

Source: data/titles.toml.
"""

import re
from functools import cache

from kinmatch.tables import table

QUOTED = re.compile(r"[\"«»“”„‟]([^\"«»“”„‟]{1,60})[\"«»“”„‟]|\(([^()]{1,60})\)")
QUOTES = frozenset('"«»“”„‟(')
LETTER = re.compile(r"[^\W\d_]")


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(table("titles")["ranks"]), frozenset(table("titles")["titles"])


@cache
def _marks() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    marks = table("titles")["call_sign_words"]
    spelt = "|".join(map(re.escape, sorted(marks, key=len, reverse=True)))
    return (
        frozenset(mark[:4] for mark in marks),
        re.compile(rf"(?i)(?<!\w)(?:{spelt})(?!\w)[:\s.-]*([\w-]+)"),
        re.compile(rf"(?i)(?<!\w)(?:{spelt})(?!\w):?"),
    )


def is_title(word: str) -> bool:
    """Return whether a word of a name as written is a rank or a form of address."""
    bare = word.lower().rstrip(".")
    ranks, titles = _words()
    return bare in ranks or (bare in titles and (len(bare) > 1 or (word.endswith(".") and word.islower())))


def without_call_sign(text: str) -> tuple[str, str]:
    """Return the text without its call-sign, and the call-sign: words in quotation marks, or after a mark for one."""
    quoted = QUOTED.search(text) if not QUOTES.isdisjoint(text) else None
    beginnings, marked, marks = _marks()
    if quoted:
        rest = marks.sub(" ", f"{text[: quoted.start()]} {text[quoted.end() :]}")
        found = quoted[1] or quoted[2]
        return (rest, found.strip()) if LETTER.search(rest) else (found, "")
    lowered = text.lower()
    if any(beginning in lowered for beginning in beginnings) and (found := marked.search(text)):
        rest = text[: found.start()] + text[found.end() :]
        return (rest, found[1]) if LETTER.search(rest) else (text, "")
    return text, ""
