"""Text as every channel hands it on: kept by any database, shown on any screen, cut only where a reader would."""

import re
import unicodedata

# What no database keeps or no screen shows: controls except tab and new line, and halves of signs.
_UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufeff]")
_HALVES = re.compile("[\ud800-\udfff]")
_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85|\x0c")
_BORDERS = ("\n\n", "\n", ". ", " ")


def readable(text: str) -> str:
    r"""Return ``text`` without what cannot be kept or shown; the words stay as they are.

    >>> readable("a\x00b\r\nc\ud800")
    'ab\nc�'
    """
    return _HALVES.sub("\ufffd", _UNSAID.sub("", _ENDS.sub("\n", text)))


def line(text: str) -> str:
    """Return ``text`` as one line, for a header or a list: every run of blanks and line ends becomes one blank.

    >>> line(" a\\n b\\t c ")
    'a b c'
    """
    return " ".join(readable(text).split())


def pieces(text: str, *, longest: int) -> list[str]:
    """Cut ``text`` into parts of at most ``longest`` letters, at the end of a paragraph, line, sentence or word.

    Put together they are ``text`` again. An empty text is one empty part.

    >>> pieces("one two three", longest=8)
    ['one two ', 'three']
    """
    parts, rest = [], text
    while len(rest) > longest:
        end = _border(rest[:longest])
        parts.append(rest[:end])
        rest = rest[end:]
    return [*parts, rest]


def file_name(name: str, *, otherwise: str) -> str:
    r"""Return a name that harms no folder and hides nothing: no path, no sign that turns the writing round.

    >>> file_name("..\\..\\a/b\u202egpj.exe", otherwise="file")
    'bgpj.exe'
    """
    last = re.split(r"[\\/]", line(unicodedata.normalize("NFC", name)))[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    stem, dot, ending = kept.strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    return (stem[:100].strip() + dot + ending[:20].strip()) or otherwise


def _border(part: str) -> int:
    """How much of ``part`` to take: up to a border in its second half, else all."""
    for sign in _BORDERS:
        found = part.rfind(sign, len(part) // 2)
        if found >= 0:
            return found + len(sign)
    return len(part)
