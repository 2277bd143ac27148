"""Invented registries and enquiries for the bench: what sources write down, and how families ask.

Of the enquiries 70 % have a record, 20 % have none, and 10 % ask for a relative or namesake of somebody recorded.
Everything is drawn and written a column at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kinmatch.bench import world
from kinmatch.bench.noise import iso_dates, remembered_dates, slip, years
from kinmatch.bench.spell import HABITS, Hands, Texts
from kinmatch.bench.world import Flags, Ints, People, people
from kinmatch.table import Table

Columns = dict[str, list[str]]
RUSSIAN_RECORDS = 0.45
LATIN_RECORDS = 0.10
LATIN_ENQUIRIES = 0.35
OTHER_LANGUAGE = 0.30
TYPO = 0.30
SHORT_NAME = 0.09
NO_PATRONYMIC = 0.33
SWAPPED = 0.07
WHOLE_NAME = 0.5  # of enquiries: the name in one box
TWINS = 0.03  # of brothers and sisters
KINDS = ("present", "absent", "brother", "parent", "namesake")
SHARES = (0.70, 0.20, 0.05, 0.025, 0.025)
PRESENT, ABSENT, BROTHER, PARENT, NAMESAKE = range(len(KINDS))
UNIT_WORDS = ("бригада", "ОМБр", "")


@dataclass(frozen=True)
class Registry:
    """Invented people, who wrote their records, and the records."""

    people: People
    hands: Hands
    table: Table

    def __len__(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class Enquiries:
    """Questions with their answers: the row of the true record or of the relative's record (-1: none) and the kind.

    ``slices`` says by name which enquiries are hard in which way. All arrays have the shape (enquiries,).
    """

    table: Table
    record: Ints
    relative_of: Ints
    kind: Ints
    slices: dict[str, Flags]

    def __len__(self) -> int:
        return len(self.record)


def registry(count: int, seed: int) -> Registry:
    """Return ``count`` invented people and the records their captors or units wrote of them; ids are r0, r1, ..."""
    random = np.random.default_rng(seed)
    recorded = people(random, count)
    hands = recorders(random, count)
    ids = [f"r{number}" for number in range(count)]
    return Registry(recorded, hands, Table(ids, records(recorded, hands, random)))


def recorders(random: np.random.Generator, count: int) -> Hands:
    """Return who writes the records: in Ukrainian or Russian, a few in Latin letters as passports have them."""
    latin = random.random(count) < LATIN_RECORDS
    return Hands(
        language=(random.random(count) < RUSSIAN_RECORDS).astype(np.int32),
        habit=np.where(latin, random.integers(1, 3, count), 0).astype(np.int32),
    )


def records(recorded: People, hands: Hands, random: np.random.Generator) -> Columns:
    """Return the columns of the records."""
    partial = random.random(len(recorded))
    nobody = np.zeros(len(recorded), dtype=np.bool_)
    born = iso_dates()[recorded.born]
    year_alone = partial > 0.95
    born[year_alone] = years()[recorded.born[year_alone]]
    return {
        "surname": hands.surnames(recorded.surname, recorded.woman).tolist(),
        "given": hands.given_names(recorded, nobody).tolist(),
        "patronymic": _blank(hands.patronymics(recorded), partial < 0.05).tolist(),
        "birth_date": born.tolist(),
        "birth_place": _some(random, len(recorded), 0.7, lambda rows: hands[rows].places(recorded.place[rows])),
        "unit": _some(random, len(recorded), 0.5, lambda rows: _units(recorded.unit[rows])),
        "service_number": _some(random, len(recorded), 0.4, lambda rows: _numbers(recorded.number[rows])),
        "mother_maiden": _some(random, len(recorded), 0.05, lambda rows: _maiden(recorded, hands, rows)),
    }


def _blank(texts: Texts, where: Flags) -> Texts:
    texts[where] = ""
    return texts


def _some(random: np.random.Generator, count: int, share: float, write: Callable[[Ints], Texts]) -> list[str]:
    """A column of which only a share is filled in."""
    texts = np.full(count, "", dtype=object)
    filled = np.flatnonzero(random.random(count) < share).astype(np.int32)
    texts[filled] = write(filled)
    written: list[str] = texts.tolist()
    return written


def _units(numbers: Ints) -> Texts:
    arms = len(world.ARMS)
    names = [f"{1 + number // arms} {world.ARMS[number % arms]}" for number in range(world.UNITS * arms)]
    return np.array(names, dtype=object)[numbers]


def _numbers(numbers: Ints) -> Texts:
    """Two letters and six digits."""
    letters = [one + other for one in "АБВГ" for other in "КМТН"]
    span = 9 * world.FIRST_NUMBER
    made = [f"{letters[number // span]}{number % span + world.FIRST_NUMBER}" for number in numbers.tolist()]
    return np.array(made, dtype=object)


def _maiden(described: People, hands: Hands, rows: Ints) -> Texts:
    return hands[rows].surnames(described.maiden[rows], np.ones(len(rows), dtype=np.bool_))


def enquiries(known: Registry, count: int, seed: int) -> Enquiries:
    """Return ``count`` invented enquiries about a registry; ids are q0, q1, ..."""
    random = np.random.default_rng(seed)
    kind = random.choice(len(KINDS), count, p=SHARES).astype(np.int32)
    row = random.integers(0, len(known), count).astype(np.int32)
    recorded, strangers = known.people.take(row), people(random, count)
    sought = recorded.where(kind == PRESENT, strangers)
    sought = relatives(recorded, strangers, random, kind).where(kind >= BROTHER, sought)
    slices: dict[str, Flags] = {}
    hands = _askers(random, known.hands[row], slices)
    columns = asked(sought, hands, random, slices)
    return Enquiries(
        table=Table([f"q{number}" for number in range(count)], columns),
        record=np.where(kind == PRESENT, row, -1),
        relative_of=np.where(kind >= BROTHER, row, -1),
        kind=kind,
        slices={"record in Latin": (known.hands.habit[row] > 0) & (kind == PRESENT)} | slices,
    )


def relatives(recorded: People, strangers: People, random: np.random.Generator, kind: Ints) -> People:
    """Return people recorded nowhere who resemble those recorded: brothers and sisters, parents, namesakes."""
    count = len(kind)
    brother, parent, namesake = kind == BROTHER, kind == PARENT, kind == NAMESAKE
    other = world.given(random, recorded.woman)
    while (same := other == recorded.given).any():
        other[same] = world.given(random, recorded.woman[same])
    apart = _apart(random, count)
    older = (365.25 * random.integers(20, 36, count)).astype(np.int32) + random.integers(0, 301, count)
    same_father = brother | (namesake & (random.random(count) < 0.3))
    same_place = ~namesake & (random.random(count) < 0.6)
    born = np.select([brother, parent], [recorded.born + apart, recorded.born - older], strangers.born)
    return People(
        woman=recorded.woman,
        surname=recorded.surname,
        given=np.where(namesake, recorded.given, other),
        short=np.where(namesake, recorded.short, strangers.short),
        father=np.where(same_father, recorded.father, strangers.father),
        maiden=np.where(brother, recorded.maiden, strangers.maiden),
        born=born.astype(np.int32),
        place=np.where(same_place, recorded.place, strangers.place),
        unit=strangers.unit,
        number=strangers.number,
    )


def _apart(random: np.random.Generator, count: int) -> Ints:
    """Days between brothers: one to nine years either way, or none between twins."""
    years = random.choice((-1, 1), count) * np.where(random.random(count) > TWINS, random.integers(1, 10, count), 0)
    return np.where(years == 0, 0, (365.25 * years).astype(np.int32) + random.integers(-150, 151, count)).astype(
        np.int32
    )


def _askers(random: np.random.Generator, recorders: Hands, slices: dict[str, Flags]) -> Hands:
    """Who asks: often in another language or alphabet than the record's."""
    count = len(recorders.language)
    other = random.random(count) < OTHER_LANGUAGE
    latin = random.random(count) < LATIN_ENQUIRIES
    habit = np.where(latin, random.integers(1, len(HABITS) + 1, count), 0).astype(np.int32)
    slices["other language"] = other
    slices["cyrillic"] = habit == 0
    slices |= {name: habit == at for at, name in enumerate(HABITS, 1)}
    return Hands(language=np.where(other, 1 - recorders.language, recorders.language), habit=habit)


def asked(
    sought: People, hands: Hands, random: np.random.Generator, slices: dict[str, Flags], *, whole: float = WHOLE_NAME
) -> Columns:
    """Return the columns of descriptions as families give them; in the share ``whole`` the name stands in one box."""
    count = len(sought)
    short = random.random(count) < SHORT_NAME
    names = [
        hands.surnames(sought.surname, sought.woman),
        hands.given_names(sought, short),
        hands.patronymics(sought),
    ]
    typo = random.random(count) < TYPO
    slip(names, np.flatnonzero(typo).astype(np.int32), random)
    no_patronymic = random.random(count) < NO_PATRONYMIC
    names[2][no_patronymic] = ""
    swapped = random.random(count) < SWAPPED
    slices |= {"typo": typo, "short name": short, "no patronymic": no_patronymic, "swapped": swapped}
    elsewhere = world.lot("places").draw(random, count)
    place = np.where(random.random(count) < 0.85, sought.place, elsewhere)
    word = random.integers(0, len(UNIT_WORDS), count, dtype=np.int32)
    return {
        **_named(names, swapped, random.random(count) < whole),
        "birth_date": remembered_dates(sought.born, random, slices).tolist(),
        "birth_place": _some(random, count, 0.5, lambda rows: hands[rows].places(place[rows])),
        "unit": _some(random, count, 0.25, lambda rows: _asked_units(sought.unit[rows], word[rows])),
        "service_number": _some(random, count, 0.05, lambda rows: _numbers(sought.number[rows])),
        "father": _some(random, count, 0.1, lambda rows: hands[rows].fathers(sought.take(rows))),
        "mother_maiden": _some(random, count, 0.05, lambda rows: _maiden(sought, hands, rows)),
    }


def _named(names: list[Texts], swapped: Flags, whole: Flags) -> Columns:
    """The name in one box or in three; who swaps writes the given name first, or in the box of the family name."""
    surname, given, patronymic = names
    first, last = np.where(swapped, given, surname), np.where(swapped, surname, given)
    orders = zip(surname, given, patronymic, swapped, whole, strict=True)
    in_one = [
        " ".join(filter(None, (name, father, family) if changed else (family, name, father))) if one_box else ""
        for family, name, father, changed, one_box in orders
    ]
    return {
        "full_name": in_one,
        "surname": _blank(first, whole).tolist(),
        "given": _blank(last, whole).tolist(),
        "patronymic": _blank(patronymic, whole).tolist(),
    }


def _asked_units(numbers: Ints, word: Ints) -> Texts:
    pairs = zip(numbers.tolist(), word.tolist(), strict=True)
    texts = [f"{1 + number // len(world.ARMS)} {UNIT_WORDS[at]}".strip() for number, at in pairs]
    return np.array(texts, dtype=object)
