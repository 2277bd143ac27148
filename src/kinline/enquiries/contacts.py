"""Ways to reach a family, in the one form by which they are found again.

Source: ITU-T E.164 for telephone numbers.

>>> canonical("telephone", "+380 (50) 123-45-67")
'+380501234567'
>>> canonical("email", " Maria.Koval@Example.ORG ")
'maria.koval@example.org'
"""

import unicodedata

from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, format_number, number_type, parse

from kinrules.terms import Channel

BY_NUMBER = frozenset({Channel.TELEPHONE, Channel.SMS})
MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
TAIL = 7
"""So many last digits of a telephone number are enough to look for it."""


def canonical(channel: str, value: str) -> str:
    """E.164 for a number given with its country, digits alone for one without; lower case for everything else."""
    folded = unicodedata.normalize("NFKC", value).strip()
    if channel not in BY_NUMBER:
        return folded.casefold()
    international = f"+{folded[2:]}" if folded.startswith("00") else folded
    try:
        return format_number(parse(international, None), PhoneNumberFormat.E164)
    except NumberParseException:
        return digits(folded)


def is_mobile(value: str) -> bool:
    """Whether a number, given with its country, is one to which an SMS can go.

    >>> is_mobile("+380 50 123 45 67"), is_mobile("+380 44 123 45 67"), is_mobile("101")
    (True, False, False)
    """
    try:
        return number_type(parse(canonical(Channel.SMS, value), None)) in MOBILE
    except NumberParseException:
        return False


def digits(text: str) -> str:
    """The decimal digits in ``text``, from whatever script, as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def tail(text: str) -> str:
    """The last digits by which a telephone number is sought, "" if there are too few to be one."""
    found = digits(text).lstrip("0")
    return found[-9:] if len(found) >= TAIL else ""
