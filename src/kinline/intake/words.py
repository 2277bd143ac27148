"""What people mean by a word, in all languages at once: nobody must answer in the language of the question.

The words themselves lie in the languages' files in ``scripts``.

>>> command("/START"), command("Не знаю..."), command("Коваль Андрій")
('start', 'skip', '')
>>> relation("це мій син", language="uk")
Kin(relation='child', sex='m', is_whole=True)
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kinline.intake import scripts

LONGEST_COMMAND, LONGEST_LABEL = 60, 120
MOST_WORDS = 6
MOST_DIGITS_OF_AGE, OLDEST, YOUNGEST_AS_BARE_NUMBER = 3, 120, 10
INVERSE = {"child": "parent", "parent": "child"}
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´‘ʹ", "'") | {"ё": "е"})
# Letters of which one alone tells the language.
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ]"), re.compile("[ыэъё]")
_CYRILLIC, _LATIN = re.compile("[а-яіїєґё]"), re.compile("[a-z]")


@dataclass(frozen=True)
class Kin:
    """A relation that was named, and the sex of the person sought where the word says it.

    ``is_whole`` says that the text named nothing else; else the family's own words must stay beside it.
    """

    relation: str
    sex: str = ""
    is_whole: bool = True


def plain(text: str) -> str:
    """Words in small letters with single blanks, without signs, so that spellings agree.

    >>> plain(" Змінити  ім’я! ")
    "змінити ім'я"
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return " ".join(re.findall(r"\w+(?:['-]\w+)*", folded))


def command(text: str) -> str:
    """The command that the whole of ``text`` is, or ""."""
    return _commands().get(plain(text), "") if len(text) <= LONGEST_COMMAND else ""


def relation(text: str, *, language: str) -> Kin | None:
    """The relation that a short text names; None where it names none, more than one, or somebody's: "son of a friend".

    Whoever says who they themselves are, "I am his mother", means a child.
    """
    whole = plain(text)
    if found := _every_relation().get(whole):
        return _relations(language).get(whole, found)
    said = whole.replace("'s ", " ").split()
    own, others = _relations(language), _every_relation()
    named = [found for word in said if (found := own.get(word) or others.get(word))]
    if len(said) > MOST_WORDS or len(named) != 1 or said[-1] not in others:
        return None
    beside = said[:-1]
    if (before := _themselves(whole)) and all(word in _beside_relation() for word in beside[len(before.split()) :]):
        return Kin(INVERSE.get(named[0].relation, named[0].relation))
    return replace(named[0], is_whole=all(word in _beside_relation() for word in beside))


def age(text: str) -> int | None:
    """The years of an age, such as "about 30 years", "йому 30 років", "лет 30", "30"; None if it is none.

    A bare number counts from ten on: below that it may be a key pressed by chance.

    >>> age("ему примерно 30 лет"), age("5 років"), age("5"), age("2001 рік"), age("30 марта")
    (30, 5, None, None, None)
    """
    tables = [scripts.words(language) for language in scripts.LANGUAGES]
    beside = {plain(word) for table in tables for word in table.beside_years}
    said = [word for word in plain(text).split() if word not in beside]
    if len(said) > 1 and said[0] in {word for table in tables for word in table.before_age}:
        said = [*said[1:], said[0]]
    years = {plain(word) for table in tables for word in table.years}
    if not said or not said[0].isdecimal() or len(said[0]) > MOST_DIGITS_OF_AGE or not years.issuperset(said[1:]):
        return None
    found = int(said[0])
    return found if (0 if said[1:] else YOUNGEST_AS_BARE_NUMBER - 1) < found < OLDEST else None


def language_of(text: str, *, hint: str = "") -> str:
    """The language that ``text`` is written in; the hint, or Ukrainian, where its letters do not tell.

    >>> language_of("Шукаю сина, його звати Андрій"), language_of("Ищу мужа, вот сын"), language_of("Looking for him")
    ('uk', 'ru', 'en')
    """
    folded = unicodedata.normalize("NFC", text[:5000]).casefold()
    ukrainian, russian = len(_UKRAINIAN.findall(folded)), len(_RUSSIAN.findall(folded))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    if hint in scripts.LANGUAGES:
        return hint
    return "en" if len(_LATIN.findall(folded)) > len(_CYRILLIC.findall(folded)) else "uk"


def same(text: str, label: str) -> bool:
    """Whether ``text`` is the words of a button."""
    return len(text) <= LONGEST_LABEL and bool(plain(label)) and plain(text) == plain(label)


@cache
def _commands() -> Mapping[str, str]:
    return {
        plain(said): name
        for language in scripts.LANGUAGES
        for name, every in scripts.words(language).commands.items()
        for said in every
    }


@cache
def _relations(language: str) -> Mapping[str, Kin]:
    table = scripts.words(language).relations
    return {
        plain(said): Kin(name, "" if sex == "any" else sex)
        for name, by_sex in table.items()
        for sex, every in by_sex.items()
        for said in every
    }


@cache
def _every_relation() -> Mapping[str, Kin]:
    return {word: kin for language in reversed(scripts.LANGUAGES) for word, kin in _relations(language).items()}


def _themselves(text: str) -> str:
    """The words with which a text begins that says who the family is, such as "I am"; or ""."""
    beginnings = [plain(each) for language in scripts.LANGUAGES for each in scripts.words(language).myself]
    return next((each for each in beginnings if text.startswith(f"{each} ")), "")


@cache
def _beside_relation() -> frozenset[str]:
    return frozenset(plain(word) for language in scripts.LANGUAGES for word in scripts.words(language).beside_relation)
