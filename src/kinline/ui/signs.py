"""Signs that cannot be seen but change what is read: made visible, so that nobody is deceived by a name.

Source: Unicode 15, categories Cc, Cf, Co, Cs, Zl, Zp; UAX #9 (directional formatting characters);
"Trojan Source" (CVE-2021-42574) for what they can do.
"""

import unicodedata

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
PLAIN = frozenset("\n")
# Blank letters: they are no control signs, and yet nothing is seen.
BLANK = frozenset(
    "\u00a0\u115f\u1160\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u3164\uffa0"
)


def hidden(sign: str) -> bool:
    """Whether a reader would not see ``sign``, or not know what it does to its neighbours."""
    return sign not in PLAIN and (unicodedata.category(sign) in HIDDEN or sign in BLANK)


def has_hidden(text: str) -> bool:
    """Whether ``text`` holds any sign that a reader would not see."""
    return any(hidden(sign) for sign in text)


def visible(text: str) -> SafeString:
    """``text`` as markup: isolated from its surroundings, each hidden sign shown as its number.

    >>> str(visible("Ко\\u202eваль"))
    '<bdi>Ко<span class="mark">U+202E</span>валь</bdi>'
    """
    pieces = ((_piece(sign),) for sign in text)
    return format_html("<bdi>{}</bdi>", format_html_join("", "{}", pieces))


def _piece(sign: str) -> str | SafeString:
    if not hidden(sign):
        return sign
    return format_html('<span class="mark">U+{}</span>', f"{ord(sign):04X}")
