"""Invented registries and enquiries for the bench: what sources write down, and how families ask.

Of the enquiries 70 % have a record, 20 % have none, and 10 % ask for a relative or namesake of somebody recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from random import Random

from kinmatch.bench.world import Bearer, bearer, born, lot, settings
from kinmatch.person import Person

HABITS = ("icao", "bgn", "gost", "iso9", "german", "polish", "french", "naive")
LATIN_RECORDS = 0.10
LATIN_ENQUIRIES = 0.35
OTHER_LANGUAGE = 0.30
TYPO = 0.30
SHORT_NAME = 0.09
NO_PATRONYMIC = 0.33
SWAPPED = 0.07
PRESENT, ABSENT = 0.70, 0.20


@dataclass(frozen=True)
class Enquiry:
    """A question with its answer: the id of the true record, or of the relative's record, and what makes it hard."""

    sought: Person
    record: str
    relative_of: str
    kind: str
    slices: tuple[str, ...]


@dataclass(frozen=True)
class Writing:
    """How somebody writes: which language, which habit of Latin letters ("" for Cyrillic), and short names or not."""

    language: int
    habit: str = ""
    short: bool = False

    def spell(self, pair: tuple[str, str]) -> str:
        """Return a name as this writer puts it on paper."""
        word = pair[self.language]
        return latin(word, self.habit, ("uk", "ru")[self.language]) if self.habit else word


@cache
def _habit(habit: str, language: str) -> dict[str, str]:
    table = settings("habits")[habit]
    pairs: dict[str, str] = {}
    for text in (table["shared"], table[language]):
        flat = text.split()
        pairs |= {letter: "" if value == "_" else value for letter, value in zip(flat[::2], flat[1::2], strict=True)}
    return pairs


def latin(text: str, habit: str, language: str) -> str:
    """Return Cyrillic ``text`` as one habit writes it."""
    pairs = _habit(habit, language)
    out: list[str] = []
    for word in text.lower().split():
        at, made = 0, ""
        while at < len(word):
            two, one = word[at : at + 2], word[at]
            key = two if len(two) == 2 and two in pairs else f"^{one}" if at == 0 and f"^{one}" in pairs else one
            made += pairs.get(key, key)
            at += 2 if key == two and len(two) == 2 else 1
        out.append("-".join(part.capitalize() for part in made.split("-")))
    return " ".join(out)


def registry(count: int, seed: int) -> tuple[list[Bearer], list[Person]]:
    """Return invented bearers and the records their captors or units wrote of them."""
    random = Random(seed)  # noqa: S311 - invented people need no secrecy
    bearers = [bearer(number, random) for number in range(count)]
    return bearers, [_record(one, random) for one in bearers]


def _record(one: Bearer, random: Random) -> Person:
    writing = Writing(
        language=int(random.random() < 0.45), habit=random.choice(HABITS[:2]) if random.random() < LATIN_RECORDS else ""
    )
    partial = random.random()
    return Person(
        id=f"r{one.number}",
        surname=writing.spell(one.surname),
        given=writing.spell(one.given),
        patronymic="" if partial < 0.05 else writing.spell(one.patronymic),
        birth_date=str(one.born.year) if partial > 0.95 else one.born.isoformat(),
        birth_place=writing.spell(one.place) if random.random() < 0.7 else "",
        unit=f"{one.unit[0]} {one.unit[1]}" if random.random() < 0.5 else "",
        service_number=one.service_number if random.random() < 0.4 else "",
        mother_maiden=writing.spell(one.mother_maiden) if random.random() < 0.05 else "",
    )


def enquiries(bearers: list[Bearer], count: int, seed: int) -> Iterator[Enquiry]:
    """Yield invented enquiries about the registry of ``bearers``."""
    random = Random(seed)  # noqa: S311 - invented people need no secrecy
    for number in range(count):
        roll = random.random()
        known = random.choice(bearers)
        if roll < PRESENT:
            yield _ask(known, number, random, record=f"r{known.number}", kind="present")
        elif roll < PRESENT + ABSENT:
            yield _ask(bearer(-1, random), number, random, kind="absent")
        else:
            kind = random.choices(("brother", "parent", "namesake"), (50, 25, 25))[0]
            yield _ask(_kin(known, kind, random), number, random, relative_of=f"r{known.number}", kind=kind)


def _kin(known: Bearer, kind: str, random: Random) -> Bearer:
    """Somebody recorded nowhere who resembles somebody recorded."""
    stranger = bearer(-1, random)
    if kind == "namesake":
        same_father = random.random() < 0.3
        patronymic, father = (known.patronymic, known.father) if same_father else (stranger.patronymic, stranger.father)
        return replace(
            stranger,
            woman=known.woman,
            surname=known.surname,
            given=known.given,
            short=known.short,
            patronymic=patronymic if same_father or not known.woman else known.patronymic,
            father=father,
            born=born(random),
        )
    given = next(
        row
        for _ in range(99)
        if (row := lot("given", "f" if known.woman else "m").draw(random))["uk"] != known.given[0]
    )
    same_place = known.place if random.random() < 0.6 else stranger.place
    kin = replace(
        known,
        given=(given["uk"], given["ru"]),
        short=given["short"].split()[0],
        place=same_place,
        unit=stranger.unit,
        service_number=stranger.service_number,
    )
    if kind == "brother":
        years = random.choice((-1, 1)) * (random.randint(1, 9) if random.random() > 0.03 else 0)
        return replace(
            kin, born=known.born + timedelta(days=int(365.25 * years) + random.randint(-150, 150) * bool(years))
        )
    return replace(
        kin,
        patronymic=stranger.patronymic,
        father=stranger.father,
        mother_maiden=stranger.mother_maiden,
        born=known.born - timedelta(days=int(365.25 * random.randint(20, 35)) + random.randint(0, 300)),
    )


def _ask(one: Bearer, number: int, random: Random, *, record: str = "", relative_of: str = "", kind: str) -> Enquiry:
    other = random.random() < OTHER_LANGUAGE
    writing = Writing(
        language=int((random.random() < 0.45) != other),
        habit=random.choice(HABITS) if random.random() < LATIN_ENQUIRIES else "",
        short=random.random() < SHORT_NAME,
    )
    slices = [
        name
        for name, there in (
            ("other language", other),
            (writing.habit or "cyrillic", True),
            ("short name", writing.short),
        )
        if there
    ]
    names = [
        writing.spell(one.surname),
        writing.spell((one.short, one.short) if writing.short else one.given),
        writing.spell(one.patronymic),
    ]
    if random.random() < TYPO:
        at = random.choices((0, 1, 2), (5, 2, 3))[0]
        names[at] = _typo(names[at], random)
        slices.append("typo")
    if random.random() < NO_PATRONYMIC:
        names[2] = ""
        slices.append("no patronymic")
    sought = _named(names, number, random, slices)
    return Enquiry(_with_facts(sought, one, writing, random, slices), record, relative_of, kind, tuple(slices))


def _named(names: list[str], number: int, random: Random, slices: list[str]) -> Person:
    surname, given, patronymic = names
    swapped = random.random() < SWAPPED
    if swapped:
        slices.append("swapped")
    if random.random() < 0.5:
        orders = [(given, patronymic, surname), (given, surname)] if swapped else [(surname, given, patronymic)]
        parts = orders[0] if patronymic or not swapped else orders[-1]
        return Person(f"q{number}", full_name=" ".join(filter(None, parts)))
    if swapped:
        surname, given = given, surname
    return Person(f"q{number}", surname=surname, given=given, patronymic=patronymic)


def _with_facts(sought: Person, one: Bearer, writing: Writing, random: Random, slices: list[str]) -> Person:
    return replace(
        sought,
        birth_date=_asked_date(one, random, slices),
        birth_place=(writing.spell(one.place) if random.random() < 0.85 else writing.spell(_elsewhere(random)))
        if random.random() < 0.5
        else "",
        unit=f"{one.unit[0]} {('бригада', 'ОМБр', '')[random.randrange(3)]}" if random.random() < 0.25 else "",
        service_number=one.service_number if random.random() < 0.05 else "",
        father=writing.spell(one.father) if random.random() < 0.1 else "",
        mother_maiden=writing.spell(one.mother_maiden) if random.random() < 0.05 else "",
    )


def _elsewhere(random: Random) -> tuple[str, str]:
    place = lot("places").draw(random)
    return place["uk"], place["ru"]


def _asked_date(one: Bearer, random: Random, slices: list[str]) -> str:
    """Two thirds right; the rest missing, year only, changed over, off by one, or about."""
    roll, day = random.random(), one.born
    if roll < 0.67:
        return day.isoformat()
    if roll < 0.78:
        slices.append("no date")
        return ""
    slices.append("doubtful date")
    if roll < 0.87:
        return str(day.year)
    if roll < 0.90 and day.day <= 12:
        return f"{day.year}-{day.day:02}-{day.month:02}"
    if roll < 0.95:
        return day.replace(year=day.year + random.choice((-1, 1)), day=min(day.day, 28)).isoformat()
    return f"{day.year + random.randint(-2, 2)}~"


def _typo(word: str, random: Random) -> str:
    """One slip: a letter left out, doubled, changed over with its neighbour, or taken for another."""
    if len(word) < 4:
        return word
    at, kind = random.randrange(1, len(word) - 1), random.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    letters = "аеиоустнлрвкм" if ord(word[at]) > 0x400 else "aeioustnlrvkm"
    if kind == 2:
        return word[:at] + random.choice(letters) + word[at:]
    return word[:at] + random.choice(letters) + word[at + 1 :]
