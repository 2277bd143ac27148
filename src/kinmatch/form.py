"""A person made ready to be compared: one short text per fact, "" where nothing is known."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kinmatch.dates import parse
from kinmatch.given import is_given_name, looks_like_patronymic, sex_of
from kinmatch.keys import coarse_readings
from kinmatch.person import Parts, Person
from kinmatch.script import fold, words
from kinmatch.tables import table

FIELDS = (
    "surname",
    "given",
    "patronymic",
    "birth_date",
    "birth_place",
    "father",
    "mother_maiden",
    "unit",
    "service_number",
    "sex",
)

PLACES = {field: place for place, field in enumerate(FIELDS)}


@dataclass(frozen=True)
class Form:
    """The comparable values of one name of a person, in the order of ``FIELDS``, and the same as they were written."""

    values: tuple[str, ...]
    written: tuple[str, ...] = field(default=(), compare=False)

    def __getitem__(self, name: str) -> str:
        return self.values[PLACES[name]]

    def shown(self, name: str) -> str:
        """Return the fact as its source wrote it."""
        return (self.written or self.values)[PLACES[name]]


def forms(person: Person) -> list[Form]:
    """Return one form for each asserted name of ``person``: at least one, without repeats."""
    facts = _facts(person)
    written = (
        person.birth_date,
        person.birth_place,
        person.father,
        person.mother_maiden,
        person.unit,
        person.service_number,
    )
    return list(dict.fromkeys(_form(parts, facts, written) for parts in person.names))


def _facts(person: Person) -> tuple[str, ...]:
    return (
        person.birth_date.strip() if parse(person.birth_date) else "",
        place(person.birth_place),
        name(person.father),
        name(person.mother_maiden),
        unit(person.unit),
        number(person.service_number),
        _sex(person.sex),
    )


def _form(parts: Parts, facts: tuple[str, ...], written: tuple[str, ...]) -> Form:
    surname, given, patronymic = name(parts.surname), name(parts.given), name(parts.patronymic)
    shown_names = (parts.surname, parts.given)
    if _swapped(surname, given):
        surname, given, shown_names = given, surname, shown_names[::-1]
    patronymic = patronymic or _from_father(facts[2])
    sex = facts[6] or sex_of(given=given, patronymic=patronymic if parts.patronymic else "", surname=surname)
    values = (surname, given, patronymic, *facts[:6], sex)
    return Form(values, (*shown_names, parts.patronymic or patronymic, *written, sex))


def _swapped(surname: str, given: str) -> bool:
    """Whether the two names plainly stand in each other's boxes."""
    return len(given) > 1 and is_given_name(surname) and not is_given_name(given)


@lru_cache(maxsize=100_000)
def name(text: str) -> str:
    """Return the words of a name, folded and joined by blanks, if any key can be made of them; else ""."""
    return " ".join(word for word in words(text) if coarse_readings(word))


def _from_father(father: str) -> str:
    """The father's given name stands in for a patronymic that was not given."""
    found = [word for word in father.split() if is_given_name(word) and not looks_like_patronymic(word)]
    return found[0] if found else ""


@lru_cache(maxsize=50_000)
def place(text: str) -> str:
    """Return the names in a place, without the words for town, village, district and region."""
    generic = table("places")["generic"]
    return " ".join(
        word for word in words(text) if word not in generic and not word.isdigit() and coarse_readings(word)
    )


@lru_cache(maxsize=50_000)
def unit(text: str) -> str:
    """Return the numbers and words of a military unit, folded."""
    generic = table("places")["generic_units"]
    found = re.findall(r"\d+|[^\W\d_]+", fold(text))
    return " ".join(part.lstrip("0") or "0" if part.isdigit() else part for part in found if part not in generic)


def number(text: str) -> str:
    """Return letters and digits of a number, in one alphabet's capitals."""
    return "".join(letter for letter in fold(text) if letter.isalnum()).upper().translate(NUMBER_LETTERS)


# The twelve letters both alphabets have, used on documents for exactly that reason.
NUMBER_LETTERS = str.maketrans("АВСЕНІКМОРТХУ", "ABCEHIKMOPTXY")


def _sex(text: str) -> str:
    first = fold(text)[:1]
    return "m" if first in ("m", "ч", "м") else "f" if first in ("f", "ж", "w") else ""
