"""What people mean by a word, in all languages at once: nobody must answer in the language of the question.

The words themselves lie in the languages' files in ``scripts``.

>>> command("/START"), command("Не знаю..."), command("Коваль Андрій")
('start', 'skip', '')
>>> relation("це мій син", language="uk")
Kin(relation='child', sex='m')
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kinline.intake import scripts

LONGEST_COMMAND = 60
MOST_WORDS = 6
MOST_DIGITS_OF_AGE, OLDEST, YOUNGEST_AS_BARE_NUMBER = 3, 120, 10
INVERSE = {"child": "parent", "parent": "child"}
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´‘ʹ", "'") | {"ё": "е"})
# Letters of which one alone tells the language.
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ]"), re.compile("[ыэъё]")
_CYRILLIC, _LATIN = re.compile("[а-яіїєґё]"), re.compile("[a-z]")


@dataclass(frozen=True)
class Kin:
    """A relation that was named, and the sex of the person sought where the word says it."""

    relation: str
    sex: str = ""


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
    """The relation that a short text names; None where it names none or more than one.

    Whoever says who they themselves are, "I am his mother", means a child.
    """
    said = plain(text).replace("'s ", " ").split()
    if len(said) > MOST_WORDS:
        return None
    own, others = _relations(language), _every_relation()
    named = [found for word in said if (found := own.get(word) or others.get(word))]
    if len({each.relation for each in named}) != 1:
        return _whole(plain(text))
    if _says_themselves(plain(text)):
        return Kin(INVERSE.get(named[0].relation, named[0].relation))
    return named[0]


def age(text: str) -> int | None:
    """The years of an age, such as "about 30 years", "йому 30 років", "лет 30", "30"; None if it is none.

    A bare number counts from ten on: below that it may be a key pressed by chance.

    >>> age("ему примерно 30 лет"), age("5 років"), age("5"), age("2001 рік"), age("30 марта")
    (30, 5, None, None, None)
    """
    years, beside = _age_words()
    said = [word for word in plain(text).split() if word not in beside]
    numbers = [word for word in said if word.isdecimal()]
    rest = [word for word in said if not word.isdecimal()]
    if len(numbers) != 1 or len(numbers[0]) > MOST_DIGITS_OF_AGE or any(word not in years for word in rest):
        return None
    found = int(numbers[0])
    return found if YOUNGEST_AS_BARE_NUMBER <= found < OLDEST or (rest and 0 < found < OLDEST) else None


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
    return bool(plain(label)) and plain(text) == plain(label)


@cache
def _commands() -> Mapping[str, str]:
    return {
        plain(said): name
        for language in scripts.LANGUAGES
        for name, every in scripts.words(language).commands.items()
        for said in every
    }


@cache
def _age_words() -> tuple[frozenset[str], frozenset[str]]:
    tables = [scripts.words(language) for language in scripts.LANGUAGES]
    years = frozenset(plain(word) for table in tables for word in table.years)
    return years, frozenset(plain(word) for table in tables for word in table.beside_years)


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


def _whole(text: str) -> Kin | None:
    """A relation of more than one word, such as "someone else"."""
    return _every_relation().get(text)


def _says_themselves(text: str) -> bool:
    """Whether it is "I am his mother"; "I am looking for mother" is not."""
    for language in scripts.LANGUAGES:
        table = scripts.words(language)
        for beginning in table.myself:
            if text.startswith(f"{plain(beginning)} "):
                between = text.removeprefix(f"{plain(beginning)} ").split()[:-1]
                return all(word in {plain(whose) for whose in table.whose} for word in between)
    return False
