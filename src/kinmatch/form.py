"""A person made ready to be compared: one short text per fact, "" where nothing is known."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kinmatch.dates import parse
from kinmatch.declension import doubtful_nominative, nominative
from kinmatch.given import is_given_name, looks_like_patronymic, sex_of
from kinmatch.keys import KEPT, coarse_readings
from kinmatch.order import FAMILY, GIVEN, Parts, votes_of
from kinmatch.person import Person, parts_of
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

ORDER_SURE = 1.0  # log2 units by which one order of the two boxes must be likelier to be taken as the only one
PLACES = {field: place for place, field in enumerate(FIELDS)}


@dataclass(frozen=True, slots=True)
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
    """Return one form for each asserted name of a person recorded: at least one, without repeats."""
    facts, written = _facts(person)
    first = _form(parts_of(person), facts, written)
    if not person.also:
        return [first]
    return list(dict.fromkeys([first, *(_form(parts_of(name), facts, written) for name in person.also)]))


def asked_forms(person: Person) -> list[Form]:
    """Return the forms under which a person is sought: at least one, without repeats.

    A name that is surely declined is brought to the nominative. Where it is open which of two words is the family
    name, or whether a name is declined at all, both readings are sought; that is rare, for each costs a whole search.
    """
    return list(dict.fromkeys(reading for form in forms(person) for reading in readings(form)))


def readings(form: Form) -> list[Form]:
    """Return the one or two forms in which a name as written may be meant."""
    plain = _in_nominative(form) or form
    other = _other_reading(plain)
    return [plain, other] if other and other != plain else [plain]


def _in_nominative(form: Form) -> Form | None:
    undone = nominative(*form.values[:3])
    return _renamed(form, undone) if undone else None


def _other_reading(form: Form) -> Form | None:
    """The second reading of a name that has two, if it has."""
    surname, given, patronymic = form.values[:3]
    if surname and not patronymic and (undone := doubtful_nominative(surname, given)):
        return _renamed(form, undone)
    if given and not surname and looks_like_patronymic(patronymic):
        return _renamed(form, (patronymic, given, ""))
    if order_doubtful(surname, given):
        return _renamed(form, (given, surname, patronymic))
    return None


def _renamed(form: Form, names: tuple[str, str, str]) -> Form:
    """The form under other names. What is shown stays as it was written, in the box it now belongs to."""
    surname, given, patronymic = names
    shown = (form.written or form.values)[:3]
    if given == form["surname"] and surname == form["given"]:
        shown = (shown[1], shown[0], shown[2])
    elif surname == form["patronymic"]:
        shown = (shown[2], shown[1], "")
    sex = sex_of(given=given, patronymic=patronymic, surname=surname) or form["sex"]
    return Form((*names, *_told(form.values[3:], sex)), (*shown, *_told((form.written or form.values)[3:], sex)))


def order_doubtful(surname: str, given: str) -> bool:
    """Return whether the two names might as well stand in each other's boxes: both look like either, or neither.

    >>> order_doubtful("роман", "іван"), order_doubtful("коваленко", "іван")
    (True, False)
    """
    if len(surname) < 3 or len(given) < 3 or " " in surname or " " in given:
        return False
    one, other = votes_of(surname), votes_of(given)
    return abs(one[FAMILY] + other[GIVEN] - other[FAMILY] - one[GIVEN]) < ORDER_SURE


def _facts(person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts beside the name, comparable and as written."""
    born = person.birth_date
    facts = (
        born.strip() if born and parse(born) else "",
        place(person.birth_place) if person.birth_place else "",
        name(person.father) if person.father else "",
        name(person.mother_maiden) if person.mother_maiden else "",
        unit(person.unit) if person.unit else "",
        number(person.service_number) if person.service_number else "",
        sex_code(person.sex),
    )
    written = (
        born,
        person.birth_place,
        person.father,
        person.mother_maiden,
        person.unit,
        person.service_number,
        "",  # the sex is filled in by _told
    )
    return facts, written


def _told(facts: tuple[str, ...], sex: str) -> tuple[str, ...]:
    """The facts beside the name with the sex that the name tells, or that was stated."""
    place_of_sex = PLACES["sex"] - 3
    return (*facts[:place_of_sex], sex, *facts[place_of_sex + 1 :])


def _form(parts: Parts, facts: tuple[str, ...], written: tuple[str, ...]) -> Form:
    surname, given, patronymic = name(parts.surname), name(parts.given), name(parts.patronymic)
    shown_surname, shown_given = parts.surname, parts.given
    if swapped(surname, given):
        surname, given, shown_surname, shown_given = given, surname, shown_given, shown_surname
    told = patronymic if parts.patronymic else ""
    if not patronymic and facts[2]:
        patronymic = from_father(facts[2])
    sex = facts[PLACES["sex"] - 3] or sex_of(given=given, patronymic=told, surname=surname)
    shown = (shown_surname, shown_given, parts.patronymic or patronymic)
    return Form((surname, given, patronymic, *_told(facts, sex)), (*shown, *_told(written, sex)))


def swapped(surname: str, given: str) -> bool:
    """Return whether the two names plainly stand in each other's boxes."""
    return len(given) > 1 and is_given_name(surname) and not is_given_name(given)


@lru_cache(maxsize=KEPT)
def name(text: str) -> str:
    """Return the words of a name, folded and joined by blanks, if any key can be made of them; else ""."""
    found = words(text)
    if len(found) == 1:
        return found[0] if coarse_readings(found[0]) else ""
    return " ".join([word for word in found if coarse_readings(word)])


def from_father(father: str) -> str:
    """Return the father's given name, which stands in for a patronymic that was not given; "" if there is none."""
    found = [word for word in father.split() if is_given_name(word) and not looks_like_patronymic(word)]
    return found[0] if found else ""


@lru_cache(maxsize=KEPT)
def place(text: str) -> str:
    """Return the names in a place, without the words for town, village, district and region."""
    generic = table("places")["generic"]
    return " ".join(
        word for word in words(text) if word not in generic and not word.isdigit() and coarse_readings(word)
    )


@lru_cache(maxsize=KEPT)
def unit(text: str) -> str:
    """Return the numbers and words of a military unit, folded."""
    generic = table("places")["generic_units"]
    found = re.findall(r"\d+|[^\W\d_]+", fold(text))
    return " ".join(part.lstrip("0") or "0" if part.isdigit() else part for part in found if part not in generic)


def number(text: str) -> str:
    """Return letters and digits of a number, in one alphabet's capitals."""
    if PLAIN_NUMBER.fullmatch(text):
        return text.upper().translate(NUMBER_LETTERS)
    return "".join(letter for letter in fold(text) if letter.isalnum()).upper().translate(NUMBER_LETTERS)


PLAIN_NUMBER = re.compile(r"[A-Za-zА-Яа-яІЇЄҐіїєґ]{0,3}\d{3,20}")  # nothing to fold but capitals
# The twelve letters both alphabets have, used on documents for exactly that reason.
NUMBER_LETTERS = str.maketrans("АВСЕНІКМОРТХУ", "ABCEHIKMOPTXY")


def sex_code(text: str) -> str:
    """Return ``m``, ``f`` or "" for what a form says in any of the bureau's languages."""
    first = fold(text)[:1]
    return "m" if first in ("m", "ч", "м") else "f" if first in ("f", "ж", "w") else ""
