"""Record numbers such as ``UA-PW-0001234-C``, and foreign numbers brought to one form for searching.

Detaining power (ISO 3166-1 alpha-2, ``ZZ`` where unknown), category, sequence, and a check character over all of it. A
number is given once, says nothing of name or place, and is never used again.

Source: ISO/IEC 7064:2003, mod 37-2; practice of internment serial numbers (AR 190-8).

>>> written("UA", "PW", 1)
'UA-PW-0000001-C'
>>> read("ua pw 1 c"), read("UA-PW-0000002-C")
('UA-PW-0000001-C', '')
"""

import re
import unicodedata

from kinrules.check_digits import mod_37_2

UNKNOWN_POWER = "ZZ"
_FORM = re.compile(r"([A-Z]{2})[\s\-–—]*([A-Z]{2})[\s\-–—]*([0-9]{1,9})[\s\-–—]*([0-9A-Z*])")
# Capital letters of the other alphabet that are typed in the belief that they are these.
_LOOKALIKES = str.maketrans("АВЕІКМНОРСТХУ", "ABEIKMHOPCTXY")


def written(detaining_power: str, category: str, sequence: int) -> str:
    """The number as it is shown and spoken."""
    parts = (detaining_power or UNKNOWN_POWER, category, f"{sequence:07d}")
    return "-".join((*parts, mod_37_2("".join(parts))))


def read(text: str) -> str:
    """The record number that ``text`` is meant to be, or empty if it is none or a sign in it is wrong."""
    found = _FORM.fullmatch(unicodedata.normalize("NFKC", text).strip().upper().translate(_LOOKALIKES))
    if found is None:
        return ""
    number = written(found[1], found[2], int(found[3]))
    return number if number[-1] == found[4] else ""


def canonical(text: str) -> str:
    """Capital letters and digits only: how a foreign number is searched, whoever put the hyphens.

    >>> canonical("№ ab-123/45")
    'AB12345'
    """
    shown = unicodedata.normalize("NFKC", text.replace("№", "")).upper()
    return "".join(sign for sign in shown if sign.isalnum())
