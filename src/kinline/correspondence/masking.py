"""Case codes and letter codes inside a text, made unreadable: a code opens a family's mailbox, and lies nowhere longer
than it is needed.

Source: ISO/IEC 7064, mod 97-10; docs/decisions/0020-codes-do-not-stay.md.
"""

import re
import unicodedata

from kinrules import check_digits

HIDDEN = "•••• •••• •••• ••••"
_BETWEEN = r"[\s.,\-_/\u2013\u2014\u200e\u200f]{0,3}"
_SIXTEEN = re.compile(rf"(?<!\d)(?=(\d(?:{_BETWEEN}\d){{15}})(?!\d))")


def without_codes(text: str) -> str:
    """``text`` with every code made unreadable; other numbers stay.

    >>> without_codes("4821 0937 5612 3474, 4. 8. 2. 1. 0937 5612 3474, 4821 0937 5612 3475")
    '•••• •••• •••• ••••, •••• •••• •••• ••••, 4821 0937 5612 3475'
    """
    shown, end = [], 0
    for match in _SIXTEEN.finditer(text):
        if match.start() >= end and check_digits.holds_mod_97_10(_digits(match[1])):
            shown += [text[end : match.start()], HIDDEN]
            end = match.end(1)
    return "".join([*shown, text[end:]])


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())
