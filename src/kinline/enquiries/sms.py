"""How many parts an SMS has: 160 signs of the GSM alphabet in one, or 70 of any other.

Source: 3GPP TS 23.038 (default alphabet and extension), TS 23.040 (concatenated messages).

>>> parts("NIB: we are still looking.")
1
>>> parts("я" * 71)
2
"""

from math import ceil

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
_ONE, _EACH = (160, 70), (153, 67)


def length(text: str) -> int:
    """Signs as the network counts them: an extended sign counts twice, a sign beyond the basic plane as two."""
    if _is_gsm(text):
        return sum(2 if sign in _EXTENDED else 1 for sign in text)
    return len(text.encode("utf-16-be")) // 2


def parts(text: str) -> int:
    """How many parts ``text`` is sent in; 0 for nothing."""
    wide = not _is_gsm(text)
    signs = length(text)
    return min(signs, 1) if signs <= _ONE[wide] else ceil(signs / _EACH[wide])


def _is_gsm(text: str) -> bool:
    return all(sign in _BASIC or sign in _EXTENDED for sign in text)
