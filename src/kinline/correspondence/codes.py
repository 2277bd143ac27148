"""Letter codes: 14 random digits and two check digits, four groups of four, the same form as a case code.

Source: ISO/IEC 7064, mod 97-10; HOUSE decision "case code".

>>> read(" 4821-0937 5612.3474 ")
'4821093756123474'
>>> read("4821 0937 5612 3475") is None
True
"""

import secrets
import unicodedata

from kinrules import check_digits

LENGTH = 16
_RANDOM = LENGTH - 2
_BETWEEN = frozenset(" \t\n.-‐‑‒–—·/\u00a0\u2009\u202f\u200e\u200f")


def draw() -> str:
    """A new letter code, from the operating system's randomness."""
    return check_digits.with_mod_97_10(f"{secrets.randbelow(10**_RANDOM):0{_RANDOM}d}")


def read(typed: str) -> str | None:
    """The 16 digits of what somebody typed in any digits and grouping, or None if it is no letter code."""
    digits = "".join(_digit(sign) for sign in typed if sign not in _BETWEEN)
    if len(digits) != LENGTH or not digits.isascii() or not check_digits.holds_mod_97_10(digits):
        return None
    return digits


def grouped(code: str) -> str:
    """A code as it is read aloud.

    >>> grouped("4821093756123474")
    '4821 0937 5612 3474'
    """
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _digit(sign: str) -> str:
    """The ASCII digit for a digit of any script; another sign stays, and so spoils the code."""
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)
