"""Finding records: by number, foreign number, or name in any alphabet; and the rows of a list."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kinline.registry import numbers
from kinline.registry.models import Alias, AssertedName, Fact, Record
from kinline.registry.queries.best import best_first, names_first
from kinmatch import keys
from kinmatch.romanise import romanise
from kinmatch.script import words
from kinrules.states.captive_record import WITHDRAWN
from kinrules.terms import FactKind

MOST_WORDS = 6


@dataclass(frozen=True)
class Row:
    """One line of a list of records."""

    record: Record
    name: str
    romanised: str
    born: str


def records() -> QuerySet[Record]:
    """Every record that was not withdrawn."""
    return Record.objects.exclude(state=WITHDRAWN)


def listed(*, state: str = "", category: str = "", power: str = "", detaining: str = "") -> QuerySet[Record]:
    """Records by code; an empty code leaves that open. Newest change first; a withdrawn one only where asked for."""
    asked = {"state": state, "category": category, "power_of_origin": power, "detaining_power": detaining}
    chosen = Record.objects.filter(**{field: code for field, code in asked.items() if code})
    return (chosen if state == WITHDRAWN else chosen.exclude(state=WITHDRAWN)).order_by("-changed_at", "number")


def counts(field: str) -> dict[str, int]:
    """How many records there are by ``state``, ``category``, ``power_of_origin`` or ``detaining_power``."""
    chosen = Record.objects.all() if field == "state" else records()
    return dict(chosen.order_by(field).values_list(field).annotate(Count("pk")))


def search(text: str) -> QuerySet[Record]:
    """Records by record number, foreign number, or name in any alphabet: the first of these that finds anything."""
    for way in (by_number, by_alias):
        found = way(text)
        if found.exists():
            return found
    return by_name(text)


def by_number(text: str) -> QuerySet[Record]:
    """The record of that number, withdrawn or not; none where the check character does not hold."""
    number = numbers.read(text)
    return Record.objects.filter(number=number) if number else Record.objects.none()


def by_alias(text: str) -> QuerySet[Record]:
    """Records that bear ``text`` as a foreign number, or as army, regimental, personal or serial number."""
    number = numbers.canonical(text)
    if not any(sign.isdigit() for sign in number):
        return Record.objects.none()
    aliases = Alias.objects.filter(canonical=number, withdrawn_at__isnull=True)
    facts = Fact.objects.filter(kind=FactKind.SERVICE_NUMBER, value=number, withdrawn_at__isnull=True)
    return records().filter(Q(pk__in=aliases.values("record")) | Q(pk__in=facts.values("record")))


def by_name(text: str) -> QuerySet[Record]:
    """Records one of whose names has every word of ``text``, in any order and alphabet, spelt about alike.

    A Latin word that can be read in several ways is looked for in all of them.
    """
    spoken = [keys.coarse_readings(word) for word in words(text)[:MOST_WORDS]]
    wanted = Q(withdrawn_at__isnull=True)
    for readings in filter(None, spoken):
        wanted &= _any(Q(key__contains=f" {reading} ") for reading in readings)
    if not any(spoken):
        return Record.objects.none()
    return records().filter(pk__in=AssertedName.objects.filter(wanted).values("record"))


def rows(found: Iterable[Record]) -> list[Row]:
    """Lines for a list, in its order: two queries for the whole page."""
    page = list(found)
    said = Q(record__in=page, withdrawn_at__isnull=True)
    names: dict[object, list[AssertedName]] = defaultdict(list)
    births: dict[object, list[Fact]] = defaultdict(list)
    for name in AssertedName.objects.filter(said).select_related("report"):
        names[name.record_id].append(name)
    for fact in Fact.objects.filter(said, kind=FactKind.BIRTH_DATE, declined=False).select_related("report"):
        births[fact.record_id].append(fact)
    return [_line(record, names[record.pk], births[record.pk]) for record in page]


def _line(record: Record, names: list[AssertedName], births: list[Fact]) -> Row:
    name = next(iter(names_first(names)), None)
    born = next(iter(best_first(births)), None)
    if name is None:
        return Row(record, "", "", born.value or born.written if born else "")
    latin = "" if name.script == "Latn" else romanise(name.written, language=name.language)
    return Row(record, name.written, latin, (born.value or born.written) if born else "")


def _any(ways: Iterable[Q]) -> Q:
    either = Q()
    for way in ways:
        either |= way
    return either
