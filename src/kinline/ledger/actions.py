"""Writing the ledger. ``advance`` and ``advance_all`` alone in the house change a state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from django.db import connection, models, transaction

from kinline.ledger import chain, queries, storing
from kinline.ledger.models import Entry, Exhibit
from kinrules import permissions
from kinrules.permissions import Actor
from kinrules.states import MACHINES
from kinrules.terms import EvidenceKind

_CHUNK = 500
_LOCK = 0x4B494E4C  # "KINL": one writer of the chain at a time on PostgreSQL.


@dataclass(frozen=True)
class Document:
    """Bytes as they came, with the name and media type (such as ``image/jpeg``) that the sender gave them."""

    content: bytes
    file_name: str
    media_type: str


class Named(Actor, Protocol):
    """An actor with the reference under which the ledger knows it."""

    @property
    def reference(self) -> str:
        """Such as ``officer:<uuid>``, ``engine`` or ``family``; never a name."""


def reference(subject: models.Model) -> str:
    """How the ledger names a subject: its machine or model, and its key. Never a name or an address."""
    kind = getattr(subject, "machine", "") or subject._meta.model_name
    return f"{kind}:{subject.pk}"


@transaction.atomic
def append(*, kind: str, subject: str, actor: Named, at: datetime, facts: dict[str, Any] | None = None) -> Entry:
    """Write one entry at the end of the chain. Joins the transaction it is called in."""
    return append_all([(kind, subject, facts or {})], actor=actor, at=at)[-1]


@transaction.atomic
def append_all(rows: Sequence[tuple[str, str, dict[str, Any]]], *, actor: Named, at: datetime) -> list[Entry]:
    """Write many entries ``(kind, subject, facts)`` at once, in order; for registers of thousands of rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    newest = queries.last()
    seq, previous = (newest.seq, newest.digest) if newest else (0, chain.GENESIS)
    entries = []
    for kind, subject, facts in rows:
        seq += 1
        entry = Entry(seq=seq, kind=kind, subject=subject, actor=actor.reference, at=at, facts=facts, previous=previous)
        entry.digest = previous = queries.digest_of(entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    return entries


@transaction.atomic
def advance(
    subject: models.Model,
    verb: str,
    *,
    actor: Named,
    at: datetime,
    evidence: Iterable[Exhibit] = (),
    **facts: Any,
) -> Entry:
    """Make the move ``verb``: check it, make it, write it down. All or nothing.

    ``subject`` is read again under a lock first, so unsaved changes on it are lost: save before you advance.

    Raises:
        Refused: not permitted, not possible from this state, or a document it rests on is missing.
    """
    rows: Any = subject
    hold(subject)
    return _move([(subject, rows.state)], verb, actor=actor, at=at, evidence=list(evidence), facts=facts)[0]


@transaction.atomic
def advance_all(
    subjects: Sequence[models.Model],
    verb: str,
    *,
    actor: Named,
    at: datetime,
    evidence: Iterable[Exhibit] = (),
    **facts: Any,
) -> list[Entry]:
    """Make the move ``verb`` for many subjects of one kind: all or none, with one entry each, as ``advance`` does.

    Raises:
        Refused: as for ``advance``, for any of them.
    """
    exhibits, entries = list(evidence), list[Entry]()
    for start in range(0, len(subjects), _CHUNK):
        chunk = subjects[start : start + _CHUNK]
        entries.extend(_move(_held(chunk), verb, actor=actor, at=at, evidence=exhibits, facts=facts))
    return entries


def _move(
    held: Sequence[tuple[models.Model, str]],
    verb: str,
    *,
    actor: Named,
    at: datetime,
    evidence: Sequence[Exhibit],
    facts: dict[str, Any],
) -> list[Entry]:
    """Check the move for each subject, held in the state beside it; make it, write it down."""
    shown = sorted(f"{exhibit.kind}:{exhibit.pk}" for exhibit in evidence)
    kinds = [EvidenceKind(exhibit.kind) for exhibit in evidence]
    moved: dict[str, list[Any]] = {}
    rows: list[tuple[str, str, dict[str, Any]]] = []
    for subject, before in held:
        row: Any = subject
        machine = MACHINES[row.machine]
        move = machine.move(verb, state=before)
        permissions.require(move.who, actor, subject)
        machine.check(verb, state=before, evidence=kinds)
        row.state = move.target
        moved.setdefault(move.target, []).append(row.pk)
        said = facts | {"from": before, "to": move.target, "evidence": shown}
        rows.append((f"{machine.name}.{verb}", reference(subject), said))
    for target, keys in moved.items():
        type(held[0][0])._default_manager.filter(pk__in=keys).update(state=target)
    return append_all(rows, actor=actor, at=at)


def _held(subjects: Sequence[models.Model]) -> list[tuple[models.Model, str]]:
    """Lock the rows until the transaction ends, and read their states again."""
    rows = type(subjects[0])._default_manager.select_for_update(of=("self",))
    states = dict(rows.filter(pk__in=[subject.pk for subject in subjects]).values_list("pk", "state"))
    return [(subject, states[subject.pk]) for subject in subjects]


def hold(subject: models.Model) -> None:
    """Lock the row until the transaction ends, and read it again."""
    rows = type(subject)._default_manager.select_for_update(of=("self",))
    subject.refresh_from_db(from_queryset=rows)


@transaction.atomic
def attest(
    kind: EvidenceKind, words: str, *, subject: models.Model, actor: Named, at: datetime, origin: str = ""
) -> Exhibit:
    """Keep a statement (a reason, a call record, an answer) as an exhibit without a document."""
    exhibit = Exhibit.objects.create(
        kind=kind.value,
        subject=reference(subject),
        digest=sha256(words.encode("utf-8")).hexdigest(),
        words=words,
        origin=origin,
        attached_by=actor.reference,
        attached_at=at,
    )
    facts = {"kind": exhibit.kind, "digest": exhibit.digest}
    append(
        kind="exhibit.attest", subject=exhibit.subject, actor=actor, at=at, facts={"exhibit": str(exhibit.pk), **facts}
    )
    return exhibit


@transaction.atomic
def attach(
    kind: EvidenceKind, document: Document, *, subject: models.Model, actor: Named, at: datetime, origin: str = ""
) -> Exhibit:
    """Keep a document as an exhibit: the bytes as they came, under their digest, never changed."""
    digest = sha256(document.content).hexdigest()
    stored_as = storing.keep(document.content, digest=digest)
    exhibit = Exhibit.objects.create(
        kind=kind.value,
        subject=reference(subject),
        digest=digest,
        stored_as=stored_as,
        file_name=document.file_name[:255],
        media_type=document.media_type,
        size=len(document.content),
        origin=origin,
        attached_by=actor.reference,
        attached_at=at,
    )
    facts = {"exhibit": str(exhibit.pk), "kind": exhibit.kind, "digest": digest, "size": exhibit.size}
    append(kind="exhibit.attach", subject=exhibit.subject, actor=actor, at=at, facts=facts)
    return exhibit


def note_reading(subject: models.Model, *, actor: Named, at: datetime, purpose: str) -> Entry:
    """Write that ``actor`` reads a page on a person, before the page is shown. No entry, no page."""
    return append(kind="viewed", subject=reference(subject), actor=actor, at=at, facts={"purpose": purpose})
