"""The whole registry as a stream: for the search index, and for files that leave the house."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from kinline.registry.models import Alias, AssertedName, CustodyEvent, Fact, Record
from kinline.registry.queries.best import best_first, names_first
from kinline.registry.queries.find import records
from kinmatch.person import Name, Person
from kinmatch.romanise import romanise
from kinrules.terms import FactKind

CHUNK = 1_000
KEYS_AT_ONCE = 500

EXPORT_COLUMNS = (
    "number",
    "category",
    "state",
    "detaining_power",
    "power_of_origin",
    "name",
    "romanised",
    "surname",
    "given",
    "patronymic",
    "other_names",
    "foreign_numbers",
    *(kind.value for kind in FactKind),
    "last_event",
    "last_event_on",
    "last_place",
    "recorded_at",
    "changed_at",
)
"""Columns of an exported register, in order; codes and dates are those of the vocabularies, not words."""

_INDEXED = {
    FactKind.SEX: "sex",
    FactKind.BIRTH_DATE: "birth_date",
    FactKind.BIRTH_PLACE: "birth_place",
    FactKind.FATHER_GIVEN_NAME: "father",
    FactKind.MOTHER_MAIDEN_NAME: "mother_maiden",
    FactKind.UNIT: "unit",
    FactKind.SERVICE_NUMBER: "service_number",
}
_AS_READ = frozenset({FactKind.SEX, FactKind.BIRTH_DATE})


class _PlainReport(NamedTuple):
    """Of a report, what the choice among assertions looks at."""

    source_reliability: str
    received_on: date


class _PlainName(NamedTuple):
    """Of an asserted name, what is compared and what ranks it."""

    report: _PlainReport
    kind: str
    written: str
    surname: str
    given: str
    patronymic: str
    credibility: str


class _PlainFact(NamedTuple):
    """Of a fact, what is compared and what ranks it."""

    report: _PlainReport
    kind: str
    written: str
    value: str
    declined: bool
    credibility: str
    recorded_at: datetime


def persons_for_index() -> Iterator[Person]:
    """Every person not withdrawn, as the matching engine compares them; ``id`` is the record's key."""
    for chunk in _chunks(records().only("pk").order_by("pk").iterator(chunk_size=CHUNK)):
        yield from persons(chunk)


def persons_of(keys: Sequence[UUID]) -> Iterator[Person]:
    """The persons of these keys as the matching engine compares them; withdrawn and unknown ones are left out."""
    for start in range(0, len(keys), KEYS_AT_ONCE):
        yield from persons(records().filter(pk__in=keys[start : start + KEYS_AT_ONCE]).only("pk").order_by("pk"))


def person(record: Record) -> Person:
    """One person as the matching engine compares them."""
    return next(persons([record]))


def persons(found: Iterable[Record]) -> Iterator[Person]:
    """These persons as the matching engine compares them, in their order; two queries in all."""
    page = list(found)
    names, facts = _plainly(AssertedName, _PlainName, page), _plainly(Fact, _PlainFact, page)
    for record in page:
        yield _person(str(record.pk), names_first(names[record.pk]), _best(facts[record.pk]))


def export_rows(**filters: str) -> Iterator[tuple[str, ...]]:
    """Rows of the register in the order of ``EXPORT_COLUMNS``, by number; ``filters`` are columns of the record.

    Each field holds the best-graded statement as it was written; dates in the bureau's written form where they could
    be read. The caller writes down the export before it takes the first row (``actions.note_export``).
    """
    chosen = records().filter(**filters).order_by("number")
    for chunk in _chunks(chosen.iterator(chunk_size=CHUNK)):
        yield from _export_chunk(chunk)


def _person(key: str, names: Sequence[AssertedName], best: dict[FactKind, Fact]) -> Person:
    known: dict[str, Any] = {column: _said(best[kind], kind) for kind, column in _INDEXED.items() if kind in best}
    if not names:
        return Person(id=key, **known)
    main, *others = names
    also = tuple(Name(name.written, name.surname, name.given, name.patronymic) for name in others)
    return Person(
        id=key,
        full_name=main.written,
        surname=main.surname,
        given=main.given,
        patronymic=main.patronymic,
        also=also,
        **known,
    )


def _export_chunk(page: list[Record]) -> Iterator[tuple[str, ...]]:
    names, facts = _by_record(AssertedName, page), _by_record(Fact, page)
    aliases, events = _by_record(Alias, page), _by_record(CustodyEvent, page)
    for record in page:
        row = _record_cells(record) | _name_cells(names_first(names[record.pk])) | _last_event(events[record.pk])
        row["foreign_numbers"] = "; ".join(f"{alias.kind} {alias.written}" for alias in aliases[record.pk])
        best = _best(facts[record.pk])
        row |= {kind.value: _said(fact, kind) for kind, fact in best.items()}
        yield tuple(row.get(column, "") for column in EXPORT_COLUMNS)


def _record_cells(record: Record) -> dict[str, str]:
    same = ("number", "category", "state", "detaining_power", "power_of_origin")
    moments = {column: getattr(record, column).isoformat() for column in ("recorded_at", "changed_at")}
    return {column: getattr(record, column) for column in same} | moments


def _name_cells(names: Sequence[AssertedName]) -> dict[str, str]:
    if not names:
        return {}
    main, *others = names
    return {
        "name": main.written,
        "romanised": romanise(main.written, language=main.language),
        "surname": main.surname,
        "given": main.given,
        "patronymic": main.patronymic,
        "other_names": "; ".join(name.written for name in others),
    }


def _last_event(events: Sequence[CustodyEvent]) -> dict[str, str]:
    if not events:
        return {}
    last = events[-1]
    place = last.to_place or last.from_place
    return {"last_event": last.kind, "last_event_on": last.happened_on, "last_place": place}


def _best(facts: Iterable[Fact]) -> dict[FactKind, Fact]:
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.declined:
            by_kind[fact.kind].append(fact)
    return {FactKind(kind): best_first(said)[0] for kind, said in by_kind.items()}


def _said(fact: Fact, kind: FactKind) -> str:
    return fact.value if kind in _AS_READ else fact.written or fact.value


def _by_record(table: Any, page: Sequence[Record]) -> dict[object, list[Any]]:
    found: dict[object, list[Any]] = defaultdict(list)
    said = table.objects.filter(Q(record__in=page), withdrawn_at__isnull=True).select_related("report")
    for row in said:
        found[row.record_id].append(row)
    return found


def _plainly(table: Any, form: Any, page: Sequence[Record]) -> dict[object, list[Any]]:
    """As ``_by_record``, without the models, whose making is most of the work of reading a whole register."""
    found: dict[object, list[Any]] = defaultdict(list)
    said = table.objects.filter(Q(record__in=page), withdrawn_at__isnull=True)
    columns = ("record_id", "report__source_reliability", "report__received_on", *form._fields[1:])
    for key, reliability, received_on, *words in said.values_list(*columns):
        found[key].append(form(_PlainReport(reliability, received_on), *words))
    return found


def _chunks(found: Iterable[Record]) -> Iterator[list[Record]]:
    remaining = iter(found)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
