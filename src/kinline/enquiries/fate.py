"""Whether free words may tell what became of a person. Then no reply carries them: a person tells, by voice.

>>> may_be_told_by("Ваш син у полоні")
True
>>> may_be_told_by("Дякуємо за ваш лист.")
False
"""

import re
import tomllib
from functools import cache
from importlib import resources


def may_be_told_by(words: str) -> bool:
    """Whether ``words`` hold the beginning of a word that tells fate, in any of the bureau's languages."""
    return _pattern().search(words.casefold()) is not None


@cache
def _pattern() -> re.Pattern[str]:
    file = resources.files("kinline.enquiries.replies").joinpath("fate.toml")
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    beginnings = "|".join(sorted(re.escape(word) for words in lists.values() for word in words))
    return re.compile(rf"\b(?:{beginnings})")
