"""A caller's number as networks say it, in the one form by which a family is found again."""

import re

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse

_DIGITS = re.compile(r"\+?[0-9]{3,15}")


def caller(said: str, *, country: str = "") -> str:
    """The number in the international form; as it is where nobody knows its country; "" where it is hidden.

    >>> caller("0501234567", country="UA"), caller("00380501234567"), caller("anonymous"), caller("101")
    ('+380501234567', '+380501234567', '', '101')
    """
    plain = re.sub(r"[\s().-]", "", said.replace("%2B", "+"))
    if not _DIGITS.fullmatch(plain):
        return ""
    international = f"+{plain[2:]}" if plain.startswith("00") else plain
    try:
        number = parse(international, country or None)
    except NumberParseException:
        return plain
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else plain
