"""The case code: sixteen digits that open a family's own mailbox, and nothing else.

Fourteen digits are drawn by chance, two check them. It is never kept: only its hash is, made slow by Argon2id and
useless without the pepper, which lies in a file beside the database.

Source: ISO/IEC 7064:2003, mod 97-10 (check digits); RFC 9106 (Argon2id); OWASP Password Storage Cheat Sheet (costs).
"""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from argon2.low_level import Type, hash_secret_raw

from kinrules import check_digits

LENGTH = 16
_BY_CHANCE = 14
_PASSES, _KIBIBYTES, _LANES = 2, 19_456, 1
_BETWEEN = frozenset(" .,-_/\u2013\u2014\u00a0\u202f\u2009\u200e\u200f\t\n\r")


class Flaw(StrEnum):
    """What is the matter with a code that was typed."""

    MISSING = "missing"
    LETTERS = "letters"
    LENGTH = "length"
    MISTYPED = "mistyped"


@dataclass(frozen=True)
class Typed:
    """A code as somebody typed it: its sixteen digits, or what is the matter and how many digits there were."""

    digits: str = ""
    flaw: Flaw | None = None
    count: int = 0


def new() -> str:
    """A code that nobody has."""
    return check_digits.with_mod_97_10(f"{secrets.randbelow(10**_BY_CHANCE):0{_BY_CHANCE}d}")


def read(text: str) -> Typed:
    """The code in ``text``: blanks, dots and hyphens are passed over, digits of any script are read.

    Letters that look like digits are asked about, never guessed.

    >>> read("4821-0937 5612.3474").digits
    '4821093756123474'
    >>> read("4821 0937 5612 3475").flaw
    <Flaw.MISTYPED: 'mistyped'>
    """
    signs = [sign for sign in unicodedata.normalize("NFKC", text) if sign not in _BETWEEN]
    digits = "".join(str(unicodedata.decimal(sign)) for sign in signs if sign.isdecimal())
    if not signs:
        return Typed(flaw=Flaw.MISSING)
    if len(digits) != len(signs):
        return Typed(flaw=Flaw.LETTERS, count=len(digits))
    if len(digits) != LENGTH:
        return Typed(flaw=Flaw.LENGTH, count=len(digits))
    if not check_digits.holds_mod_97_10(digits):
        return Typed(flaw=Flaw.MISTYPED, count=LENGTH)
    return Typed(digits=digits, count=LENGTH)


def hashed(code: str, *, pepper: bytes) -> str:
    """What is kept of ``code``: 64 hexadecimal digits, the same each time, so that a case can be found by it.

    The salt is the bureau's, not the row's: without that no row could be found. The pepper makes up for it.
    """
    keyed = hmac.digest(pepper, code.encode(), "sha256")
    salt = hmac.digest(pepper, b"salt of case codes", "sha256")[:16]
    return hash_secret_raw(keyed, salt, _PASSES, _KIBIBYTES, _LANES, hash_len=32, type=Type.ID).hex()
