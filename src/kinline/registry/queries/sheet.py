"""One record's page: everything that every report says, the best-graded first, all others beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kinline.ledger import actions as ledger
from kinline.ledger import queries as ledger_queries
from kinline.ledger.models import Exhibit
from kinline.registry import numbers, readings
from kinline.registry.models import Alias, AssertedName, CustodyEvent, Fact, Record, Report
from kinline.registry.queries.best import best_first, grade, names_first
from kinmatch.romanise import romanise
from kinrules.machine import Move
from kinrules.states import MACHINES
from kinrules.states.captive_record import WITHDRAWN
from kinrules.terms import FactKind

MACHINE = MACHINES[Record.machine]


@dataclass(frozen=True)
class Said:
    """One statement with everything that tells how much it is worth."""

    written: str
    value: str
    declined: bool
    grade: str
    provenance: str
    report: Report
    received_on: date


@dataclass(frozen=True)
class FactRow:
    """All that is said of one kind: the best-graded first, and whether they contradict each other."""

    kind: FactKind
    best: Said
    others: tuple[Said, ...]
    conflict: bool


@dataclass(frozen=True)
class NameRow:
    """One asserted name in the script it was reported in, with its romanised form (empty where it is Latin already)."""

    name: AssertedName
    romanised: str
    grade: str


@dataclass(frozen=True)
class Sheet:
    """Everything the bureau holds on one person, ready to be shown."""

    record: Record
    names: tuple[NameRow, ...]
    facts: tuple[FactRow, ...]
    aliases: tuple[Alias, ...]
    events: tuple[CustodyEvent, ...]
    reports: tuple[Report, ...]
    exhibits: tuple[Exhibit, ...]
    moves: tuple[Move, ...]
    same_number: tuple[Record, ...]

    @property
    def conflicts(self) -> tuple[FactRow, ...]:
        """The rows in which reports contradict each other."""
        return tuple(row for row in self.facts if row.conflict)

    def fact(self, kind: FactKind) -> FactRow | None:
        """The row of one kind, or None where nobody says anything of it."""
        return next((row for row in self.facts if row.kind is kind), None)


def sheet(record: Record) -> Sheet:
    """Read one record in six queries. What was set aside is left out."""
    said = Q(record=record, withdrawn_at__isnull=True)
    facts = list(Fact.objects.filter(said).select_related("report"))
    names = list(AssertedName.objects.filter(said).select_related("report"))
    aliases = tuple(Alias.objects.filter(said).select_related("report"))
    events = tuple(CustodyEvent.objects.filter(said).select_related("report"))
    assertions: list[AssertedName | Fact | Alias] = [*names, *facts, *aliases]
    reports = {row.report_id: row.report for row in assertions}
    return Sheet(
        record=record,
        names=tuple(name_rows(names)),
        facts=tuple(fact_rows(facts)),
        aliases=aliases,
        events=events,
        reports=tuple(sorted(reports.values(), key=lambda report: (report.received_on, report.recorded_at))),
        exhibits=tuple(ledger_queries.exhibits(ledger.reference(record))),
        moves=MACHINE.after(record.state),
        same_number=tuple(_same_number(record, aliases, facts)),
    )


def name_rows(names: Iterable[AssertedName]) -> list[NameRow]:
    """Names with their romanised forms, the one that heads the page first."""
    return [
        NameRow(name, "" if name.script == "Latn" else romanise(name.written, language=name.language), str(grade(name)))
        for name in names_first(names)
    ]


def fact_rows(facts: Iterable[Fact]) -> list[FactRow]:
    """Facts by kind, in the order of the vocabulary, conflicts marked."""
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_kind[fact.kind].append(fact)
    return [_row(kind, best_first(by_kind[kind.value])) for kind in FactKind if kind.value in by_kind]


def _row(kind: FactKind, facts: list[Fact]) -> FactRow:
    best, *others = (_said(fact) for fact in facts)
    agree = readings.agree(kind, (fact.value for fact in facts if not fact.declined))
    return FactRow(kind, best, tuple(others), conflict=not agree)


def _said(fact: Fact) -> Said:
    return Said(
        written=fact.written,
        value=fact.value,
        declined=fact.declined,
        grade=str(grade(fact)),
        provenance=fact.provenance,
        report=fact.report,
        received_on=fact.report.received_on,
    )


def _same_number(record: Record, aliases: Iterable[Alias], facts: Iterable[Fact]) -> QuerySet[Record]:
    """Other records with one of this person's numbers: two active records for one person are an alarm."""
    mine = {alias.canonical for alias in aliases}
    mine |= {numbers.canonical(fact.written) for fact in facts if fact.kind == FactKind.SERVICE_NUMBER and fact.written}
    if not mine - {""}:
        return Record.objects.none()
    by_alias = Alias.objects.filter(canonical__in=mine, withdrawn_at__isnull=True).values("record")
    by_fact = Fact.objects.filter(kind=FactKind.SERVICE_NUMBER, value__in=mine, withdrawn_at__isnull=True)
    others = Record.objects.exclude(pk=record.pk).exclude(state=WITHDRAWN)
    return others.filter(Q(pk__in=by_alias) | Q(pk__in=by_fact.values("record")))[:20]
