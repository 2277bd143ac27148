"""Invented families' enquiries, written the way families write: in a hurry, by ear, from memory, from abroad.

Seven in ten ask for somebody the registry knows, two for somebody it does not, and one for a brother, father, son or
namesake of somebody it knows: the dangerous ones, in whose cases nothing may be said about the wrong man. Each enquiry
keeps what was done to it, so that a bench can tell which noise a search survives.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from kinline.demo.people import LANGUAGE, SEED, Bearer, Person, relative, stranger
from kinline.demo.pools import Word, decade, given_names
from kinline.demo.spelling import habits, latin, slip
from kinrules.terms import Channel, Relation

COUNT = 2_000


class Truth(StrEnum):
    """Whom an enquiry is really for; known to the generator alone."""

    RECORDED = "recorded"
    ABSENT = "absent"
    RELATIVE = "relative"


class Noise(StrEnum):
    """What happened to the words between memory and form."""

    LATIN = "latin"
    OTHER_LANGUAGE = "other_language"
    DIMINUTIVE = "diminutive"
    NO_PATRONYMIC = "no_patronymic"
    SWAPPED = "swapped"
    SLIP = "slip"
    YEAR_OFF = "year_off"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    YEAR_ONLY = "year_only"
    NO_BIRTH_DATE = "no_birth_date"


@dataclass(frozen=True, slots=True)
class Sought:
    """What the family says of the person sought."""

    surname: str
    given: str
    patronymic: str
    name: str
    born: str
    birth_place: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One invented enquiry. ``record`` is the mark of the person meant, or of the relative who is not meant."""

    mark: str
    truth: Truth
    record: str
    language: str
    channel: Channel
    relation: Relation
    enquirer: str
    telephone: str
    email: str
    sought: Sought
    noise: frozenset[Noise]
    asked_on: date


def enquiries(known: Sequence[Person], *, on: date, seed: int = SEED, count: int = COUNT) -> Iterator[Asking]:
    """``count`` invented enquiries about (and beside) the people ``known``, asked in the weeks before ``on``."""
    rng = Random(f"families {seed}")  # noqa: S311 - invented people need repeating, not secrecy
    for number in range(1, count + 1):
        truth = _truth(rng)
        person = known[int(rng.random() * len(known))]
        yield _asking(rng, number, truth, person, on)


def _days_ago(rng: Random) -> int:
    """Most have come within the days in which a family is promised its first word."""
    return int(rng.random() * 3) if rng.random() < 0.95 else 3 + int(rng.random() * 20)


def _truth(rng: Random) -> Truth:
    chance = rng.random()
    return Truth.RECORDED if chance < 0.7 else Truth.ABSENT if chance < 0.9 else Truth.RELATIVE


def _asking(rng: Random, number: int, truth: Truth, person: Person, on: date) -> Asking:
    who = _meant(rng, truth, person)
    noise = _noise(rng)
    language = LANGUAGE[who.side] if who.side == "rf" or rng.random() < 0.75 else "ru"
    relation, enquirer = _enquirer(rng, who, language)
    unit = person.unit if truth is Truth.RECORDED and rng.random() < 0.3 else ""
    return Asking(
        mark=f"DEMO-E{number:05d}",
        truth=truth,
        record="" if truth is Truth.ABSENT else person.mark,
        language="en" if Noise.LATIN in noise and rng.random() < 0.3 else language,
        channel=rng.choice((Channel.WEB, Channel.WEB, Channel.TELEPHONE, Channel.LETTER, Channel.IN_PERSON)),
        relation=relation,
        enquirer=enquirer,
        # Nobody can be reached by chance: no country has the code 000, and RFC 2606 reserves example.org.
        telephone=f"+000 {rng.randrange(100, 1000)} {number:05d}" if rng.random() < 0.9 else "",
        email=f"demo-{number:05d}@example.org" if rng.random() < 0.4 else "",
        sought=_sought(rng, who, noise, language=language, unit=unit),
        noise=noise,
        asked_on=on - timedelta(days=_days_ago(rng)),
    )


def _meant(rng: Random, truth: Truth, person: Person) -> Bearer:
    if truth is Truth.RECORDED:
        return person.truth
    if truth is Truth.ABSENT:
        return stranger(rng)
    return relative(rng, person.truth, rng.choice(("sibling", "sibling", "father", "son", "namesake")))


def _noise(rng: Random) -> frozenset[Noise]:
    """Which noise befalls one enquiry; most suffer one or two kinds."""
    chances = (
        (Noise.LATIN, 0.2),
        (Noise.OTHER_LANGUAGE, 0.15),
        (Noise.DIMINUTIVE, 0.09),
        (Noise.NO_PATRONYMIC, 0.33),
        (Noise.SWAPPED, 0.07),
        (Noise.SLIP, 0.25),
    )
    suffered = {kind for kind, chance in chances if rng.random() < chance}
    dates = (Noise.YEAR_OFF, Noise.DAY_AND_MONTH_SWAPPED, Noise.YEAR_ONLY, Noise.NO_BIRTH_DATE)
    if rng.random() < 0.33:
        suffered.add(rng.choice(dates))
    return frozenset(suffered)


def _sought(rng: Random, who: Bearer, noise: frozenset[Noise], *, language: str, unit: str) -> Sought:
    if Noise.OTHER_LANGUAGE in noise:
        language = "ru" if language == "uk" else "uk"
    surname, given, father = _parts(rng, who, noise, language)
    if Noise.LATIN in noise:
        habit = rng.choice(habits())
        surname, given, father = (latin(part, habit=habit, language=language) for part in (surname, given, father))
    if Noise.SLIP in noise:
        surname = slip(rng, surname)
    if Noise.SWAPPED in noise:
        surname, given = given, surname
    return Sought(
        surname=surname,
        given=given,
        patronymic=father,
        name=" ".join(part for part in (surname, given, father) if part),
        born=_born(rng, who.born, noise),
        birth_place=who.birth_place.name.in_(language) if rng.random() < 0.5 else "",
        unit=unit,
    )


def _parts(rng: Random, who: Bearer, noise: frozenset[Noise], language: str) -> tuple[str, str, str]:
    given = who.given.name.in_(language)
    short = who.given.short(language)
    if Noise.DIMINUTIVE in noise and short:
        given = rng.choice(short)
    father = "" if Noise.NO_PATRONYMIC in noise else who.patronymic.in_(language)
    return who.surname.of(who.sex).in_(language), given, father


def _born(rng: Random, born: date, noise: frozenset[Noise]) -> str:
    if Noise.NO_BIRTH_DATE in noise:
        return ""
    if Noise.YEAR_ONLY in noise:
        return str(born.year)
    if Noise.YEAR_OFF in noise:
        day = min(born.day, 28)
        return born.replace(year=born.year + rng.choice((-1, 1)), day=day).isoformat()
    if Noise.DAY_AND_MONTH_SWAPPED in noise and born.day <= 12:
        return born.replace(month=born.day, day=born.month).isoformat()
    return born.isoformat()


def _enquirer(rng: Random, who: Bearer, language: str) -> tuple[Relation, str]:
    """Who asks: mostly the mother or the wife; seldom a friend, whose surname is another."""
    relation = rng.choices(
        (Relation.CHILD, Relation.SPOUSE, Relation.SIBLING, Relation.PARENT, Relation.FRIEND), (50, 25, 12, 8, 5)
    )[0]
    sex = "f" if rng.random() < 0.8 else "m"
    if relation is Relation.SPOUSE:
        sex = "f" if who.sex == "m" else "m"
    years = {Relation.CHILD: -26, Relation.PARENT: 24}.get(relation, 0)
    given = given_names(who.side, sex, decade(who.born.year + years)).draw(rng).name
    surname = stranger(rng, who.side).surname if relation is Relation.FRIEND else who.surname
    return relation, _full(surname.of(sex), given, language)


def _full(surname: Word, given: Word, language: str) -> str:
    return f"{given.in_(language)} {surname.in_(language)}"
