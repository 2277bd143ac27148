"""What is to be recorded, before it is: names, facts, numbers and events as one report gives them.

Forms and imports fill these in; ``actions`` turns them into rows. Nothing here is required: a person who states nothing
is recorded too (Geneva Convention III, Art. 17).
"""

from dataclasses import dataclass
from datetime import date

from kinline.ledger.actions import Document
from kinrules.terms import (
    AliasKind,
    Category,
    CustodyEventKind,
    EvidenceKind,
    FactKind,
    IdentityState,
    InformationCredibility,
    NameKind,
    Provenance,
    SourceReliability,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """The document or message by which the bureau learns something."""

    kind: EvidenceKind
    received_on: date
    reliability: SourceReliability = SourceReliability.CANNOT_BE_JUDGED
    source: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDraft:
    """One form of a name. Without parts, ``written`` is taken apart; without ``written``, the parts are joined."""

    written: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    kind: NameKind = NameKind.AS_REPORTED
    language: str = ""
    asserted_on: str = ""
    provenance: Provenance = Provenance.DETAINING_UNIT
    credibility: InformationCredibility = InformationCredibility.CANNOT_BE_JUDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDraft:
    """One statement. ``value`` is the bureau's reading; empty means: read it from ``written``."""

    kind: FactKind
    written: str = ""
    value: str = ""
    declined: bool = False
    provenance: Provenance = Provenance.DETAINING_UNIT
    credibility: InformationCredibility = InformationCredibility.CANNOT_BE_JUDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasDraft:
    """A foreign number of the same person."""

    kind: AliasKind
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """A change in the person's situation; ``happened_on`` is in the bureau's written form of partial dates."""

    kind: CustodyEventKind
    happened_on: str = ""
    from_place: str = ""
    to_place: str = ""
    order_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Everything that one report says about one person."""

    names: tuple[NameDraft, ...] = ()
    facts: tuple[FactDraft, ...] = ()
    aliases: tuple[AliasDraft, ...] = ()
    events: tuple[EventDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDraft:
    """A person to be recorded: what the report says, and what further reports said that came with it.

    ``state`` is the state in which the report describes the person; moves after that are made one by one.
    """

    category: Category
    statement: Statement
    detaining_power: str = ""
    power_of_origin: str = ""
    state: str = "reported"
    identity_state: IdentityState = IdentityState.STATED
    is_child: bool = False
    further: tuple[tuple[ReportDraft, Statement], ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """Evidence attached together with a step: a document, or a statement in words where there is none."""

    kind: EvidenceKind
    words: str = ""
    document: Document | None = None
