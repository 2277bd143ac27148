"""Check digits and characters that catch what telephones and pens do to numbers.

Source: ISO/IEC 7064:2003, mod 97-10 (two digits, numeric) and mod 37-2 (one character, alphanumeric).

>>> with_mod_97_10("48210937561234")
'4821093756123474'
>>> holds_mod_97_10("4821093756123474")
True
>>> holds_mod_97_10("4821093756132474")
False
"""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"


def with_mod_97_10(digits: str) -> str:
    """Append the two mod 97-10 check digits to ``digits``.

    Raises:
        ValueError: something other than the digits 0 to 9 was given.
    """
    _require_digits(digits)
    check = 98 - int(digits + "00") % 97
    return f"{digits}{check:02d}"


def holds_mod_97_10(number: str) -> bool:
    """Whether the last two digits of ``number`` check the digits before them."""
    if not (number.isascii() and number.isdigit() and len(number) > 2):
        return False
    return int(number) % 97 == 1 and 2 <= int(number[-2:]) <= 98


def mod_37_2(text: str) -> str:
    """The check character for ``text`` of digits and capital letters; it may be ``*``.

    Raises:
        ValueError: a character outside 0-9 and A-Z was given.

    >>> mod_37_2("UAPW0000001")
    'C'
    """
    remainder = 0
    for sign in text:
        value = _ALPHABET[:36].find(sign)
        if value < 0:
            raise ValueError(f"only 0-9 and A-Z can be checked, got {sign!r}")
        remainder = (remainder + value) * 2 % 37
    return _ALPHABET[(38 - remainder) % 37]


def _require_digits(digits: str) -> None:
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("only the digits 0 to 9 can be given check digits")
