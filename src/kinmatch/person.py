"""What is compared: a person as somebody described them, and the parts of a name written in an unknown order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from itertools import permutations

from kinmatch.given import father_concepts, is_formal_given_name, is_given_name, looks_like_patronymic
from kinmatch.script import APOSTROPHES, DASHES, LONGEST, fold
from kinmatch.tables import table

QUOTED = re.compile(r"[\"«»“”„‟]([^\"«»“”„‟]{1,60})[\"«»“”„‟]|\(([^()]{1,60})\)")
SURNAME_ENDING = re.compile(
    r"(?:енко|єнко|ський|цький|ська|цька|ский|цкий|ская|цкая|ов|ев|єв|ёв|ова|ева|єва|ін|їн|ин|іна|їна|ина|ук|юк|чук|як|ець|ко|ло|ак|ич|"
    r"enko|sk[iy]{1,2}|sky[iy]?|ska|skaia|skaya|ov|ev|off|eff|ow|ew|ova|eva|owa|ewa|in|ina|uk|iuk|yuk|chuk|ko|ak|iak|yak|ets|ez)$"
)
# How often each order is met in registers and letters, in log2 units; bureau practice puts the family name first.
ORDERS = {
    "SGP": 1.0,
    "GPS": 0.8,
    "SG": 0.6,
    "GS": 0.4,
    "GP": 0.2,
    "GSP": -1.0,
    "SPG": -2.0,
    "PSG": -3.0,
    "PGS": -3.0,
    "PG": -3.5,
    "SP": -1.5,
    "PS": -3.0,
}
NAME_WORD = re.compile(r"[^\W\d_](?:[\w'\-]*\w)?'?\.?")
MOST_WORDS = 8


@dataclass(frozen=True)
class Name:
    """A name as somebody asserted it: either whole, or in parts."""

    full_name: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""


@dataclass(frozen=True)
class Parts:
    """The parts of a name, and what stood beside it."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    call_sign: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """A person as one source describes them; every fact but ``id`` may be missing ("").

    ``birth_date`` is YYYY, YYYY-MM or YYYY-MM-DD, with a trailing ~ for "about". ``also`` holds other names
    asserted for the same person (a maiden name, another document's spelling).
    """

    id: str
    full_name: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    sex: str = ""
    birth_date: str = ""
    birth_place: str = ""
    father: str = ""
    mother_maiden: str = ""
    unit: str = ""
    service_number: str = ""
    also: tuple[Name, ...] = ()

    @cached_property
    def parts(self) -> Parts:
        """The parts of the name: those given as such, the others found in ``full_name``."""
        return parts_of(Name(self.full_name, self.surname, self.given, self.patronymic))

    @property
    def names(self) -> Iterator[Parts]:
        """The parts of the main name, then of every other asserted one."""
        yield self.parts
        yield from (parts_of(name) for name in self.also)


COLUMNS = tuple(field.name for field in fields(Person) if field.name != "also")


def parts_of(name: Name) -> Parts:
    """Return the parts of an asserted name; a part given as such is never second-guessed."""
    found = split(name.full_name) if name.full_name.strip() else Parts()
    if not (name.surname or name.given or name.patronymic):
        return found
    given, patronymic = name.given.strip(), name.patronymic.strip()
    if given and not patronymic and " " in given:
        given, patronymic = _given_with_patronymic(given)
    return Parts(
        surname=name.surname.strip() or (found.surname if not name.given else ""),
        given=given or (found.given if not name.surname or not found.surname or name.surname in name.full_name else ""),
        patronymic=patronymic or found.patronymic,
        call_sign=found.call_sign,
        titles=found.titles,
    )


def _given_with_patronymic(text: str) -> tuple[str, str]:
    """A given-name field that also holds the patronymic, as forms with two boxes get filled in."""
    first, _, last = text.rpartition(" ")
    return (first, last) if looks_like_patronymic(last) else (text, "")


@lru_cache(maxsize=50_000)
def split(full_name: str) -> Parts:
    """Return the parts of a name whose order is not known.

    Ranks, forms of address and call-signs are set apart. Patronymic endings, known given names and the endings of
    family names vote for each order; a comma after the first word says that it is the family name.

    >>> split("сержант Олена Іванівна Коваль «Мавка»")
    Parts(surname='Коваль', given='Олена', patronymic='Іванівна', call_sign='Мавка', titles=('сержант',))
    """
    text = full_name[: LONGEST * 2].translate(APOSTROPHES).translate(DASHES)
    text, call_sign = _without_call_sign(text)
    found = [word for word in NAME_WORD.findall(text.replace(".", ". ")) if word.strip("'-.")]
    titles = tuple(word for word in found if _is_title(word))
    kept = [word.rstrip(".") if len(word) > 2 else word for word in found if word not in titles]
    kept = (kept or list(titles))[:MOST_WORDS]
    comma = bool(re.match(r"\s*[^\s,]+(?:\s*-\s*[^\s,]+)?\s*,\s*\S", text))
    surname, given, patronymic = _assign(kept, comma)
    return Parts(surname, given, patronymic, call_sign, titles if kept != list(titles) else ())


def _without_call_sign(text: str) -> tuple[str, str]:
    quoted = QUOTED.search(text)
    if quoted:
        rest = f"{text[: quoted.start()]} {text[quoted.end() :]}"
        marks = "|".join(map(re.escape, table("titles")["call_sign_words"]))
        rest = re.sub(rf"(?i)\b(?:{marks})\b:?", " ", rest)
        return (rest, (quoted[1] or quoted[2]).strip()) if NAME_WORD.search(rest) else (quoted[1] or quoted[2], "")
    for mark in table("titles")["call_sign_words"]:
        found = re.search(rf"(?i)\b{re.escape(mark)}\b[:\s]+(\w+)", text)
        if found:
            return text[: found.start()] + text[found.end() :], found[1]
    return text, ""


def _is_title(word: str) -> bool:
    known = table("titles")
    bare = word.lower().rstrip(".")
    return bare in known["ranks"] or (
        bare in known["titles"] and (len(bare) > 1 or (word.endswith(".") and word.islower()))
    )


def _assign(found: list[str], comma: bool) -> tuple[str, str, str]:
    """The best order for the words: every way to give them roles is tried and the votes are added."""
    if len(found) <= 1:
        return _lone(found[0]) if found else ("", "", "")
    if len(found) > 3:
        return _many(found, comma)
    roles = {"".join(order) for order in permutations("SGP", len(found))}
    best = max(sorted(roles), key=lambda order: _votes(found, order, comma))
    placed = dict(zip(best, found, strict=True))
    return placed.get("S", ""), placed.get("G", ""), placed.get("P", "")


def _lone(word: str) -> tuple[str, str, str]:
    return ("", word, "") if is_formal_given_name(word) and not SURNAME_ENDING.search(fold(word)) else (word, "", "")


def _many(found: list[str], comma: bool) -> tuple[str, str, str]:
    """More than three words: the three best-known parts are found, the rest belongs to the family name."""
    patronymic = next((word for word in found[::-1] if looks_like_patronymic(word) and father_concepts(fold(word))), "")
    others = [word for word in found if word != patronymic]
    given = next((word for word in others[1 if comma else 0 :] if is_given_name(word)), others[-1])
    return " ".join(word for word in others if word != given), given, patronymic


def _votes(found: list[str], order: str, comma: bool) -> float:
    score = ORDERS.get(order, -4.0) + (4.0 if comma and order.startswith("S") else 0.0)
    return score + sum(_vote(word, role) for word, role in zip(found, order, strict=True))


@lru_cache(maxsize=100_000)
def _vote(word: str, role: str) -> float:
    """How well one word fits one role, in log2 units."""
    folded = fold(word).rstrip(".")
    initial = len(folded) == 1
    if role == "P":
        ending = looks_like_patronymic(folded)
        return (5.0 if father_concepts(folded) else 3.0) if ending else (0.0 if initial else -6.0)
    if role == "G":
        known = 4.0 if is_formal_given_name(folded) else 3.0 if is_given_name(folded) else 0.0
        return (1.0 if initial else known) - (2.0 if looks_like_patronymic(folded) else 0.0)
    if initial:
        return -6.0
    return (1.5 if SURNAME_ENDING.search(folded) else 0.0) + (0.5 if "-" in folded else 0.0)
