"""A seeded generator of invented persons: captives of both sides, civilian internees, the missing and the dead.

Among them are families (brothers, fathers and sons) and namesakes, because those are the dangerous ones. Every person
bears a mark ``DEMO-00042``; units and service numbers begin with ``DEMO`` too. The same seed gives the same people, and
a longer list begins with the shorter one. Birth dates stand by themselves; captures are counted back from ``on``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kinline.demo import custody
from kinline.demo.custody import Event, Situation
from kinline.demo.pools import (
    SIDES,
    Given,
    Place,
    Rank,
    Surname,
    Word,
    decade,
    given_names,
    patronymic,
    places,
    ranks,
    surnames,
)
from kinline.demo.spelling import habits, latin
from kinrules.terms import Category, NameKind, Provenance

SEED = 20260214
COUNT = 20_000
POWER = {"ua": "UA", "rf": "RU"}
LANGUAGE = {"ua": "uk", "rf": "ru"}
OTHER = {"ua": "rf", "rf": "ua"}
CATEGORY = {Situation.MISSING: Category.MISSING, Situation.DEAD: Category.DEAD}


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who somebody really is, before anybody wrote it down."""

    side: str
    sex: str
    surname: Surname
    given: Given
    father: Word
    born: date
    birth_place: Place

    @property
    def patronymic(self) -> Word:
        """The patronymic in both languages."""
        return patronymic(self.father, self.sex)


@dataclass(frozen=True, slots=True)
class Asserted:
    """One name as one source asserts it."""

    script: str
    language: str
    kind: NameKind
    surname: str
    given: str
    patronymic: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented person as the registry might come to know them."""

    mark: str
    truth: Bearer
    category: Category
    situation: Situation
    power: str
    detaining_power: str
    names: tuple[Asserted, ...]
    born: str
    birth_place: str
    mother_maiden_name: str
    rank: Rank | None
    service_number: str
    unit: str
    events: tuple[Event, ...]
    card_on: date | None
    reported_on: date
    grade: str
    kin_of: str
    kin_as: str


def people(*, on: date, seed: int = SEED, count: int = COUNT) -> Iterator[Person]:
    """``count`` invented persons, always the same for a seed; captures are counted back from ``on``."""
    rng = Random(f"people {seed}")  # noqa: S311 - invented people need repeating, not secrecy
    earlier: list[Bearer] = []
    for number in range(1, count + 1):
        kin_as, kin_at = _kin(rng, len(earlier))
        bearer = relative(rng, earlier[kin_at], kin_as) if kin_as else stranger(rng)
        earlier.append(bearer)
        kin_of = mark(kin_at + 1) if kin_as else ""
        yield _person(rng, bearer, number=number, on=on, kin=(kin_of, kin_as))


def mark(number: int) -> str:
    """The mark of the ``number``-th invented person."""
    return f"DEMO-{number:05d}"


def stranger(rng: Random, side: str = "") -> Bearer:
    """Somebody new, unrelated to anybody by intention."""
    side = side or SIDES[rng.random() < 0.5]
    sex = "f" if rng.random() < 0.06 else "m"
    year = 2006 - round(rng.triangular(0, 42, 12))
    born = _day_of(rng, year)
    given = given_names(side, sex, decade(year)).draw(rng)
    father = given_names(side, "m", decade(year - 27)).draw(rng).name
    return Bearer(side, sex, surnames(side).draw(rng), given, father, born, places(side).draw(rng))


def relative(rng: Random, of: Bearer, kind: str) -> Bearer:
    """A brother or sister, a father, a son, or a namesake of ``of``.

    Raises:
        KeyError: there is no such ``kind``.
    """
    return {"sibling": _sibling, "father": _father, "son": _son, "namesake": _namesake}[kind](rng, of)


def _sibling(rng: Random, of: Bearer) -> Bearer:
    """Same surname and patronymic; one pair in twelve are twins, born on one day."""
    years = 0 if rng.random() < 0.08 else rng.choice((-7, -5, -4, -3, -2, -1, 1, 2, 3, 4, 6, 8))
    born = _day_of(rng, of.born.year + years) if years else of.born
    given = _another_given(rng, of, decade(born.year))
    place = of.birth_place if rng.random() < 0.8 else places(of.side).draw(rng)
    return Bearer(of.side, of.sex, of.surname, given, of.father, born, place)


def _father(rng: Random, of: Bearer) -> Bearer:
    born = _day_of(rng, of.born.year - rng.randint(20, 34))
    pool = given_names(of.side, "m", decade(born.year)).things
    given = next((name for name in pool if name.name == of.father), None) or Given(of.father, "m", (), ())
    grandfather = given_names(of.side, "m", 0).draw(rng).name
    return Bearer(of.side, "m", of.surname, given, grandfather, born, of.birth_place)


def _son(rng: Random, of: Bearer) -> Bearer:
    if of.sex == "f":
        return _sibling(rng, of)
    born = _day_of(rng, min(of.born.year + rng.randint(20, 32), 2007))
    given = given_names(of.side, "m", decade(born.year)).draw(rng)
    return Bearer(of.side, "m", of.surname, given, of.given.name, born, of.birth_place)


def _namesake(rng: Random, of: Bearer) -> Bearer:
    """All three names the same, and nothing else."""
    born = _day_of(rng, of.born.year + rng.choice((-19, -11, -6, -3, -2, 2, 4, 7, 12)))
    return Bearer(of.side, of.sex, of.surname, of.given, of.father, born, places(of.side).draw(rng))


def _another_given(rng: Random, of: Bearer, column: int) -> Given:
    pool = given_names(of.side, of.sex, column)
    drawn = pool.draw(rng)
    while drawn.name == of.given.name:
        drawn = pool.draw(rng)
    return drawn


def _kin(rng: Random, earlier: int) -> tuple[str, int]:
    """How the next person is related to one of ``earlier`` persons, and to which; most are related to nobody."""
    chance = rng.random()
    at = int(rng.random() * earlier)
    if not earlier or chance > 0.11:
        return "", 0
    return ("sibling" if chance < 0.06 else "father" if chance < 0.075 else "son" if chance < 0.09 else "namesake"), at


def _person(rng: Random, who: Bearer, *, number: int, on: date, kin: tuple[str, str]) -> Person:
    situation = custody.situations().draw(rng)
    civilian = situation not in CATEGORY and rng.random() < (0.12 if who.sex == "m" else 0.5)
    history = custody.history(rng, situation, on=on, civilian=civilian)
    card_on = custody.card_on(rng, history, on=on)
    return Person(
        mark=mark(number),
        truth=who,
        category=CATEGORY.get(situation) or _category(rng, civilian=civilian),
        situation=situation,
        power=POWER[who.side],
        detaining_power="" if situation in CATEGORY else POWER[OTHER[who.side]],
        names=tuple(_names(rng, who, wrote_a_card=card_on is not None)),
        born=_partly(rng, who.born),
        birth_place=_birth_place(rng, who),
        mother_maiden_name=surnames(who.side).draw(rng).woman.in_(LANGUAGE[who.side]) if rng.random() < 0.4 else "",
        rank=None if civilian else ranks(who.side).draw(rng),
        service_number="" if civilian or rng.random() < 0.3 else f"DEMO-{rng.randrange(100_000, 1_000_000)}",
        unit="" if civilian or rng.random() < 0.35 else f"DEMO-{rng.randrange(1, 240):04d}",
        events=history,
        card_on=card_on,
        reported_on=history[-1].on if history else on - timedelta(days=rng.randrange(2, 700)),
        grade=rng.choice(("A1", "A2", "B2", "B2", "B3", "C3", "C3", "F6")),
        kin_of=kin[0],
        kin_as=kin[1],
    )


def _category(rng: Random, *, civilian: bool) -> Category:
    if civilian:
        return Category.OTHER_PROTECTED if rng.random() < 0.1 else Category.CIVILIAN_INTERNEE
    return Category.RETAINED_PERSONNEL if rng.random() < 0.03 else Category.PRISONER_OF_WAR


def _names(rng: Random, who: Bearer, *, wrote_a_card: bool) -> Iterator[Asserted]:
    """The name as the detaining side wrote it (one in ten in Latin letters), and often as others wrote it."""
    own, theirs = LANGUAGE[who.side], LANGUAGE[OTHER[who.side]]
    if rng.random() < 0.1:
        yield _in_latin(rng, who, Provenance.DETAINING_UNIT)
    else:
        yield _in_cyrillic(rng, who, theirs, Provenance.DETAINING_UNIT)
    if wrote_a_card:
        yield _in_cyrillic(rng, who, own, Provenance.SELF_DECLARED)
    if rng.random() < 0.15:
        yield _in_latin(rng, who, Provenance.DOCUMENT)
    if who.sex == "f" and rng.random() < 0.3:
        maiden = surnames(who.side).draw(rng).woman.in_(own)
        yield Asserted("Cyrl", own, NameKind.MAIDEN, maiden, who.given.name.in_(own), "", Provenance.RELATIVE)


def _in_cyrillic(rng: Random, who: Bearer, language: str, provenance: Provenance) -> Asserted:
    father = who.patronymic.in_(language) if rng.random() < 0.9 else ""
    surname, given = who.surname.of(who.sex).in_(language), who.given.name.in_(language)
    return Asserted("Cyrl", language, NameKind.AS_REPORTED, surname, given, father, provenance)


def _in_latin(rng: Random, who: Bearer, provenance: Provenance) -> Asserted:
    """In Latin letters, most often as passports have it; the patronymic is mostly left out, as passports do."""
    habit = "passport" if rng.random() < 0.6 else rng.choice(habits())
    language = LANGUAGE[who.side]
    surname, given, father = (
        latin(word.in_(language), habit=habit, language=language)
        for word in (who.surname.of(who.sex), who.given.name, who.patronymic)
    )
    return Asserted("Latn", "", NameKind.AS_REPORTED, surname, given, father if rng.random() < 0.3 else "", provenance)


def _partly(rng: Random, born: date) -> str:
    """The birth date as far as the source knew it, in the bureau's written form of partial dates."""
    chance = rng.random()
    if chance < 0.02:
        return born.replace(year=born.year + 1, day=min(born.day, 28)).isoformat()
    if chance < 0.8:
        return born.isoformat()
    if chance < 0.9:
        return str(born.year)
    return f"{born:%Y-%m}" if chance < 0.94 else f"{born.year}~" if chance < 0.97 else ""


def _birth_place(rng: Random, who: Bearer) -> str:
    if rng.random() < 0.25:
        return ""
    language = LANGUAGE[who.side] if rng.random() < 0.5 else LANGUAGE[OTHER[who.side]]
    town = who.birth_place.name.in_(language)
    return town if rng.random() < 0.5 else f"{town}, {who.birth_place.region.in_(language)}"


def _day_of(rng: Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=int(rng.random() * 365))
