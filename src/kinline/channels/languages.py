"""A hint of the language somebody writes in, by its own letters and its smallest words. A hint, never a decision.

Source: Ukrainian orthography 2019, section 1; Правила русской орфографии и пунктуации 2006, section 1.
"""

import re

_UKRAINIAN, _RUSSIAN = frozenset("іїєґ"), frozenset("ыэъё")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = {
    "uk": "що та не він вона його її мене мій моя сина чоловіка брата батька шукаю прошу допоможіть будь ласка добрий "
    "день зник зниклий народився немає дякую якщо або де як чи вже був була",
    "ru": "что не он она его меня мой моя сына мужа брата отца прошу помогите пожалуйста добрый день пропал "
    "родился нет спасибо если или где как уже был была ищу здравствуйте",
    "en": "the and my is are was were of to for in he she his her son husband brother father please help looking you "
    "name born we have not with this that",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_ENOUGH = 2


def hint(text: str) -> str:
    """Return ``uk``, ``ru`` or ``en``, or "" where the text does not tell.

    >>> hint("Шукаю сина, зник у березні"), hint("Ищу сына, он пропал"), hint("I am looking for my son"), hint("12 03")
    ('uk', 'ru', 'en', '')
    """
    head = text[:20_000].lower()
    words = _WORD.findall(head)
    cyrillic = sum("а" <= sign <= "ӿ" for sign in head)
    if cyrillic * 2 < sum(map(len, words)):
        return "en" if _count(words, "en") >= _ENOUGH else ""
    ukrainian = sum(sign in _UKRAINIAN for sign in head) + _count(words, "uk")
    russian = sum(sign in _RUSSIAN for sign in head) + _count(words, "ru")
    if ukrainian == russian:
        return ""
    return "uk" if ukrainian > russian else "ru"


def _count(words: list[str], language: str) -> int:
    return sum(word in _WORDS[language] for word in words)
