"""From drafts to rows, unsaved. Nothing here touches the database.

Reports and records are models, because callers get them back. Names, facts, numbers and events come by the hundred
thousand, and are plain columns with their values, which costs a tenth.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from kinline.registry import numbers, readings
from kinline.registry.drafts import AliasDraft, EventDraft, FactDraft, NameDraft, ReportDraft, Statement
from kinline.registry.models import Alias, AssertedName, CustodyEvent, Fact, Record, Report
from kinrules.refusal import Refused

Row = dict[str, Any]
"""Columns of one row with their values."""


@dataclass(slots=True)
class Rows:
    """Rows of one transaction, by table, in the order in which they must be written."""

    reports: list[Report] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    aliases: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)

    def tables(self) -> Iterator[tuple[Any, list[Any]]]:
        """Each table with its rows."""
        yield Report, self.reports
        yield Record, self.records
        yield AssertedName, self.names
        yield Fact, self.facts
        yield Alias, self.aliases
        yield CustodyEvent, self.events

    def add(self, statement: Statement, *, record: Record, report: Report, by: str, at: datetime) -> None:
        """Add what ``report`` says about ``record``."""
        said = {"record_id": record.pk, "report_id": report.pk, "recorded_at": at, "withdrawn_at": None}
        self.names.extend(name(draft, **said) for draft in statement.names)
        self.facts.extend(_facts(statement.facts, at=at, said=said))
        self.aliases.extend(_alias(draft, **said) for draft in statement.aliases if numbers.canonical(draft.written))
        self.events.extend(event(draft, by=by, **said) for draft in statement.events)


def report(draft: ReportDraft, *, by: str, at: datetime, batch: UUID | None) -> Report:
    """The row of one report."""
    return Report(
        kind=draft.kind.value,
        source=draft.source,
        reference=draft.reference,
        received_on=draft.received_on,
        source_reliability=draft.reliability.value,
        batch=batch,
        recorded_by=by,
        recorded_at=at,
    )


def name(draft: NameDraft, **said: Any) -> Row:
    """The row of one asserted name: verbatim, in parts, and with its key.

    Raises:
        Refused: ``record.text-too-long``; nothing is ever cut off in silence.
    """
    whole, surname, given, patronymic = _parts(draft.written, draft.surname, draft.given, draft.patronymic)
    _fits(whole, 300)
    for part in (surname, given, patronymic):
        _fits(part, 120)
    return dict(
        kind=draft.kind.value,
        written=whole,
        surname=surname,
        given=given,
        patronymic=patronymic,
        script=readings.script(whole),
        language=draft.language or readings.language(whole),
        asserted_on=draft.asserted_on,
        key=readings.search_key(" ".join(filter(None, (surname, given, patronymic))) or whole),
        provenance=draft.provenance.value,
        credibility=draft.credibility.value,
        **said,
    )


@lru_cache(maxsize=10_000)
def _parts(written: str, surname: str, given: str, patronymic: str) -> tuple[str, str, str, str]:
    if surname or given or patronymic:
        return written or " ".join(filter(None, (surname, given, patronymic))), surname, given, patronymic
    found = readings.parts(written)
    return written, found.surname, found.given, found.patronymic


def _facts(drafts: Iterable[FactDraft], *, at: datetime, said: dict[str, Any]) -> Iterator[Row]:
    for draft in drafts:
        value = "" if draft.declined else draft.value or readings.value(draft.kind, draft.written)
        if refusal := readings.future(draft.kind, value, on=timezone.localdate(at)):
            raise refusal
        _fits(value, 300)
        yield dict(
            kind=draft.kind.value,
            written=draft.written,
            value=value,
            declined=draft.declined,
            provenance=draft.provenance.value,
            credibility=draft.credibility.value,
            **said,
        )


def _alias(draft: AliasDraft, **said: Any) -> Row:
    _fits(draft.written, 80)
    return dict(
        kind=draft.kind.value, written=draft.written.strip(), canonical=numbers.canonical(draft.written)[:80], **said
    )


def event(draft: EventDraft, *, by: str, **said: Any) -> Row:
    for place in (draft.from_place, draft.to_place):
        _fits(place, 200)
    return dict(
        kind=draft.kind.value,
        happened_on=draft.happened_on,
        from_place=draft.from_place,
        to_place=draft.to_place,
        order_number=draft.order_number,
        recorded_by=by,
        **said,
    )


def _fits(text: str, longest: int) -> None:
    if len(text) > longest:
        raise Refused("record.text-too-long", f"a text is longer than {longest} letters", longest=str(longest))
