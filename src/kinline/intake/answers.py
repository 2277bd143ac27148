"""Reading what people answer. What was read is kept under the names that the families' pages use for the same answers.

What is required, and how it is read, stands at one address: the forms of the enquiries' room. Nothing is ever thrown
away: what could not be read is said so, and the text stays with whoever asked for it to be read.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.utils import translation

from kinline.enquiries import codes, contacts
from kinline.enquiries.forms import families as forms
from kinline.enquiries.messages import families as sentences
from kinline.intake import scripts, words

LONGEST_NAME, LONGEST_DATE, LONGEST_RELATION = 300, 120, 200
LONGEST_TEXT, LONGEST_FREE, LONGEST_NUMBER = 20_000, 2_000, 12
# What the pages say of a date that was read and cannot be right; of one not read, the question says it better.
CHECKED = (sentences.DATE_FUTURE, sentences.DATE_IMPOSSIBLE, sentences.DATE_TOO_OLD)
RELATIONS = ("child", "spouse", "sibling", "parent", "other")
EMAIL = re.compile(r"[^\s,;<>()\"«»]{1,64}@[^\s,;<>()\"«»@]{1,190}")
TELEGRAM = re.compile(r"(?<![\w.])@\w{4,63}\b")
NUMBER = re.compile(r"\+?\d[\d\s().\-–]{3,30}\d")
_BETWEEN = r"[\s.,\-_/\u2013\u2014\u200e\u200f]{0,3}"
SIXTEEN = re.compile(rf"(?<!\d)(?=(\d(?:{_BETWEEN}\d){{15}})(?!\d))")
"""Where sixteen digits begin that may be a case code, however they are written."""
ITEM = re.compile(r"^[\s>*•]*(\d{1,2})\s*[.):]\s*(.*)$")
QUOTED = re.compile(r"^\s*>[\s>]*")


@dataclass(frozen=True)
class Read:
    """Answers by the names of their fields; or none, and why: ``problem`` is a sentence of the pages, "" for the
    question's own."""

    values: Mapping[str, str] = field(default_factory=dict)
    understood: bool = True
    problem: str = ""


NOT_READ = Read(understood=False)


def name(text: str) -> Read:
    """Whom the family seeks, as they wrote it."""
    written = " ".join(text.replace("\x00", "").split())
    form = forms.Who({"name": written})
    if not form.is_valid() or not any(sign.isalpha() for sign in written):
        return NOT_READ
    return Read({"name": str(form.cleaned_data["name"])})


def birth(text: str, *, on: date) -> Read:
    """A day, a month, a year or an age, in words or digits; their own words are kept beside what was read."""
    said = " ".join(text.replace("\x00", " ").split())
    if not said or len(said) > LONGEST_DATE:
        return NOT_READ
    age = words.age(said)
    form = forms.Born({"day": said} if age is None else {"age": str(age)}, on=on)
    if form.is_valid():
        return Read({"born": str(form.cleaned_data["born"]), "born_words": said})
    problems = [str(sentence) for errors in form.errors.values() for sentence in errors]
    return Read(understood=False, problem=next((each for each in problems if each in map(str, CHECKED)), ""))


def relation(text: str, *, language: str) -> Read:
    """Who the person is to the family: a number, a word, or anything else in their own words."""
    said = " ".join(text.replace("\x00", " ").split())
    number = as_number(said)
    if number is not None:
        return Read(chosen(RELATIONS[number - 1])) if 1 <= number <= len(RELATIONS) else NOT_READ
    if not said or len(said) > LONGEST_RELATION:
        return NOT_READ
    kin = words.relation(said, language=language)
    if kin is None:
        return Read(chosen("other") | {"relation_words": said})
    own_words = {} if kin.is_whole and kin.relation in RELATIONS else {"relation_words": said}
    return Read(chosen(kin.relation) | own_words | ({"sex": kin.sex} if kin.sex else {}))


def chosen(key: str) -> dict[str, str]:
    """The answer of a button under the question who the person is; what was said before of it is no longer true."""
    return {"relation": key, "relation_words": "", "sex": ""}


def contact(text: str) -> Read:
    """Telephone, e-mail and Telegram name, whichever stand in the text."""
    text = text.replace("\x00", " ")[:LONGEST_TEXT]
    found = {"email": EMAIL.search(text), "telegram": TELEGRAM.search(text)}
    values = {way: match[0].rstrip(".!?") for way, match in found.items() if match and len(match[0]) <= LONGEST_NAME}
    rest = TELEGRAM.sub(" ", EMAIL.sub(" ", text))
    if number := NUMBER.search(rest):
        values["phone"] = number[0].strip()
    form = forms.Contact(values)
    if not values or not form.is_valid():
        return NOT_READ
    return Read(values)


def free(text: str, *, question: str) -> Read:
    """Anything, in the family's own words, kept under the name of the question."""
    said = text.replace("\x00", " ").strip()
    return Read({question: said}) if 0 < len(said) <= LONGEST_FREE else NOT_READ


def code(text: str) -> Read:
    """A case code; never kept, and handed on at once."""
    typed = codes.read(text[:LONGEST_NAME])
    if typed.flaw is None:
        return Read({"code": typed.digits})
    return Read(understood=False, problem=str(sentences.CODE_FLAWS[typed.flaw.value]))


def code_in(subject: str) -> str:
    """The digits of the code in the subject of a letter, ours between brackets or one that the family typed; or "".

    >>> code_in("Re: [4821 0937 5612 3474] Your letter"), code_in("code 4821-0937-5612-3474"), code_in("4821 0937")
    ('4821093756123474', '4821093756123474', '')
    """
    typed = (codes.read(match[1]) for match in SIXTEEN.finditer(subject))
    return next((each.digits for each in typed if each.flaw is None), "")


def as_number(text: str) -> int | None:
    """The number that the whole text is: "2", "2.", "№2", "2️⃣"."""
    plain = words.plain(text) if len(text) <= LONGEST_NUMBER else ""
    return int(contacts.digits(plain)) if plain.isdecimal() and len(plain) <= 2 else None


def numbered(text: str, *, count: int) -> dict[int, str]:
    """What stands under the numbers 1 to ``count`` of a letter, also between lines that were quoted.

    Our own words before the answer are left out; an answer may stand on the lines below its number.

    >>> numbered("1. Full name: Koval Andrii\\n2)\\n14.03.2001\\n\\nThank you", count=4)
    {1: 'Koval Andrii', 2: '14.03.2001'}
    """
    found: dict[int, list[str]] = {}
    place = 0
    for line in text[:LONGEST_TEXT].splitlines():
        item = ITEM.match(line)
        if item and 1 <= int(item[1]) <= count and int(item[1]) not in found:
            place = int(item[1])
            found[place] = [_without_label(item[2])]
        elif place:
            found[place].append(QUOTED.sub("", line).strip())
    return {number: answer for number, lines in found.items() if (answer := _first_lines(lines))}


def split(text: str, longest: int) -> tuple[str, ...]:
    """``text`` in pieces of at most ``longest`` signs, cut where a line or a word ends."""
    pieces = []
    while len(text) > longest:
        cut = max(text.rfind("\n", 1, longest), text.rfind(" ", 1, longest))
        cut = cut if cut > longest // 2 else longest
        pieces.append(text[:cut].strip())
        text = text[cut:].strip()
    return tuple(piece for piece in [*pieces, text] if piece)


def _without_label(text: str) -> str:
    """The answer without our own words before it, also where somebody shortened them."""
    label, colon, answer = text.strip().partition(":")
    first = words.plain(label).split()[:1]
    return answer.strip(" *") if colon and first and first[0] in _first_words_of_labels() else text.strip()


@cache
def _first_words_of_labels() -> frozenset[str]:
    questions = (each for language in scripts.LANGUAGES for each in scripts.words(language).questions.values())
    return frozenset(words.plain(each["letter"]).split()[0] for each in questions if "letter" in each)


def _first_lines(lines: list[str]) -> str:
    """The answer beside its number, or the first words on the lines below."""
    return next((line for line in lines if line), "")


def in_language(language: str, read: Callable[[], Read]) -> Read:
    """What ``read`` returns, its sentences in ``language``."""
    with translation.override(language):
        return read()
