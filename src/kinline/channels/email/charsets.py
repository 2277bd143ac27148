"""From bytes to text, whatever the label says: KOI8-U/R, windows-1251, UTF-16, wrong labels and none at all.

A label is a claim. It is believed unless the bytes contradict it: text of another Cyrillic table reads as a rare
sequence of letters and of capitals inside words, and UTF-8 is hardly ever anything else by chance.

Source: RFC 2978 (labels); RFC 2319 (KOI8-U); RFC 2781 (UTF-16, big-endian where nothing says).
"""

import codecs
import re

_CYRILLIC = ("koi8-u", "cp1251", "iso8859-5", "cp866", "mac-cyrillic")
_WESTERN = ("cp1252", "iso8859-1", "iso8859-2", "iso8859-15", "cp1250", "latin-1", "ascii", "cp437", "cp850")
# Text codecs of Python that no letter is written in.
_NOT_CHARSETS = {"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem", "utf-7"}
_ALIASES = {
    "koi8-r": "koi8-u",  # the same letters, and four more
    "koi8-ru": "koi8-u",
    "koi8": "koi8-u",
    "koi-8": "koi8-u",
    "iso8859-1": "cp1252",  # as every browser reads it; WHATWG Encoding, 4.2
    "us-ascii": "ascii",
    "ks-c-5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift-jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-cyrillic": "mac-cyrillic",
    "mac-cyrillic": "mac-cyrillic",
    "cp-866": "cp866",
    "ibm866": "cp866",
}
_LABEL = re.compile(r"^(?:x-)?(?:win(?:dows)?|cp|ms)[-_]?(\d{3,4})$")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# How often a letter stands in Ukrainian and Russian text, roughly, in thousandths.
_OFTEN = dict(zip("оаиенітрвслкдмпуязьбгчйхжшюцщфєїґыэъё", range(37, 0, -1), strict=True))
# Two letters that often stand together.
_TOGETHER = (
    "ай ал ам ан ат бо бр ва ви во ві го да де дн до др ді ел ен ер ет еі же за зн ив ий ик ин ис ич ищ иі ка ко "
    "ку ла ле ли ло ль ма ми мо му на не ни но ну ня ні об ов ог ол ом ор от пе по пр ра ре ри ро рі св си со ст "
    "сы ся та ти то тр ть уж ук хт че чо шу що щу як із ін іх їх її"
)
_PAIRS = frozenset(_TOGETHER.split())
_LOOKED_AT = 4_000
_CLEARLY = 12.0


def decode(raw: bytes, label: str = "") -> str:
    """Return the text of ``raw``, which claims to be in ``label``. Never raises; signs that none can read become �.

    >>> decode("Шукаю сина".encode("koi8-u"), "koi8-r"), decode("Шукаю сина".encode("koi8-u"), "us-ascii")
    ('Шукаю сина', 'Шукаю сина')
    """
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(charset, "replace")
    claimed = known(label)
    if claimed.startswith("utf-16"):
        return raw.decode(claimed if claimed[-2:] in {"le", "be"} else _order(raw), "replace")
    if _is_wide(raw):
        return raw.decode(_order(raw), "replace")
    if claimed and not _is_single(claimed):
        text = _strictly(raw, claimed)
        if text is not None:
            return text
    text = _strictly(raw, "utf-8")
    return text if text is not None else _by_letters(raw, claimed)


def known(label: str) -> str:
    """Return the name Python knows ``label`` by, or "" where it is no charset.

    >>> known("Windows-1251"), known("x-cp1251"), known("unknown-8bit"), known("rot13")
    ('cp1251', 'cp1251', '', '')
    """
    name = label.strip().strip("'\"").lower().replace("_", "-").partition("*")[0]
    if match := _LABEL.match(name):
        name = f"cp{match[1]}"
    name = _ALIASES.get(name, name)
    if not name or not name.isascii() or name in _NOT_CHARSETS:
        return ""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    is_text = getattr(found, "_is_text_encoding", False)
    return _ALIASES.get(found.name, found.name) if is_text and found.name not in _NOT_CHARSETS else ""


def _strictly(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except (UnicodeError, LookupError, ValueError):
        return None


def _is_single(charset: str) -> bool:
    """Whether each byte is a letter of its own, so that any bytes can claim it."""
    return charset in _CYRILLIC or charset in _WESTERN or charset.startswith(("iso8859", "cp125", "koi8"))


def _by_letters(raw: bytes, claimed: str) -> str:
    """Believe the label, or else the table in which the bytes are plainly more like Ukrainian or Russian."""
    sample = raw[:_LOOKED_AT]
    scores = {charset: _score(sample.decode(charset, "replace")) for charset in _CYRILLIC}
    best = max(scores, key=lambda charset: scores[charset])
    if claimed in scores and scores[best] < scores[claimed] + _CLEARLY:
        best = claimed
    elif claimed and claimed not in scores and not _is_cyrillic(sample, scores[best]):
        best = claimed if _is_single(claimed) else "cp1252"
    elif not claimed and not _is_cyrillic(sample, scores[best]):
        best = "utf-8" if _is_torn_utf_8(raw) else "cp1252"
    if claimed in {"utf-8", ""} and _is_torn_utf_8(raw):
        best = "utf-8"
    return raw.decode(best if best != "ascii" else "cp1252", "replace")


def _score(text: str) -> float:
    """How like Ukrainian or Russian the letters beyond ASCII are, on average: 37 for "о" alone, below 0 for rubbish."""
    total, count, before = 0.0, 0, " "
    for sign in text:
        if sign > "\x7f":
            small = sign.lower()
            total += _OFTEN.get(small, -30)
            # A capital after a small letter is not how anybody writes.
            if sign != small and before.isalpha() and before == before.lower():
                total -= 40
            elif sign != small and before.isalpha():
                total -= 7
            total += 20 * ((before + sign).lower() in _PAIRS)
            count += 1
        before = sign
    return total / count if count else 0.0


def _is_cyrillic(sample: bytes, score: float) -> bool:
    """Whether the bytes beyond ASCII come in runs, as words do, and score as words would. ``naïve café`` does not."""
    runs = re.findall(rb"[\x80-\xff]{3,}", sample)
    high = sum(byte > 0x7F for byte in sample)
    return score > _CLEARLY and sum(map(len, runs)) * 2 > high


def _is_torn_utf_8(raw: bytes) -> bool:
    """Whether all but a few signs are UTF-8: somebody cut it in the middle of a letter."""
    text = raw.decode("utf-8", "replace")
    whole = sum(sign > "\x7f" and sign != "\ufffd" for sign in text)
    return whole > 9 * text.count("\ufffd")


def _is_wide(raw: bytes) -> bool:
    """Whether this is UTF-16 without a mark: every second byte is the same small one, mostly."""
    sample = raw[:_LOOKED_AT]
    if len(sample) < 4 or len(raw) % 2:
        return False
    return max(_small(sample[0::2]), _small(sample[1::2])) > 0.8 * (len(sample) // 2)


def _order(raw: bytes) -> str:
    """Which byte of each pair is the high one: 0 for Latin, 4 for Cyrillic letters."""
    sample = raw[:_LOOKED_AT]
    return "utf-16-le" if _small(sample[1::2]) > _small(sample[0::2]) else "utf-16-be"


def _small(half: bytes) -> int:
    return half.count(0) + half.count(4)
