"""The look: one small style sheet of our own, written into each page so that a page is one request.

The content security policy names the sheet by its digest, so no other style can be slipped into a page.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["public", "staff"]

_HERE = Path(__file__).parent
_SHEETS: dict[Kind, tuple[str, ...]] = {
    "public": ("tokens.css", "base.css"),
    "staff": ("tokens.css", "base.css", "staff.css"),
}


@cache
def css(kind: Kind = "public") -> str:
    """The whole style sheet for public or staff pages, without what only its authors read."""
    return "".join(minified((_HERE / name).read_text(encoding="utf-8")) for name in _SHEETS[kind])


@cache
def csp_source(kind: Kind = "public") -> str:
    """The sheet's digest as a source expression for ``style-src``.

    Source: W3C Content Security Policy Level 3, section 2.3.1 (hash-source).
    """
    digest = hashlib.sha256(css(kind).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def minified(sheet: str) -> str:
    """``sheet`` without comments and without white space that changes nothing.

    Meant for our own sheets, in which no string holds a comment or a brace.

    >>> minified("/* why */ a:focus , p > b { margin: 0 4px; color: red; }")
    'a:focus,p>b{margin:0 4px;color:red}'
    """
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"\s+", " ", sheet)
    sheet = re.sub(r"\s*([{};,>])\s*", r"\1", sheet)
    sheet = re.sub(r":\s+", ":", sheet)
    return sheet.replace(";}", "}").strip()
