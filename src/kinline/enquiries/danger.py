"""Words of danger: an enquiry in which one is heard goes to the top, and a person looks within minutes.

The lists are in danger.toml; a linguist extends them. Nothing is decided by them but the order of work.

>>> heard("Мені погрожують і вимагають гроші")
True
>>> heard("Востаннє писав у березні")
False
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

LONGEST = 20_000


def heard(*texts: str) -> bool:
    """Whether any of ``texts``, in any of the bureau's languages, holds a word or phrase of danger."""
    return any(_pattern().search(_plain(text)) for text in texts)


@cache
def _pattern() -> re.Pattern[str]:
    lists = tomllib.loads(resources.files(__package__).joinpath("danger.toml").read_text(encoding="utf-8"))
    beginnings = _alternatives(word for language in lists.values() for word in language["words"])
    phrases = _alternatives(phrase for language in lists.values() for phrase in language["phrases"])
    return re.compile(rf"\b(?:{beginnings}|(?:{phrases})\b)")


def _alternatives(pieces: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(_plain(piece)) for piece in pieces}))


def _plain(text: str) -> str:
    folded = text[:LONGEST].casefold().replace("ʼ", "'").replace("’", "'")
    return re.sub(r"[^\w']+", " ", folded)
