"""Drafting, signing, handing over and voiding letters; counting checks that fitted no letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Protocol

from django.db import models, transaction
from django.db.models import F

from kinline.correspondence import codes, kinds, queries, rendering, signing
from kinline.correspondence.models import CheckableLetter, FailedChecks, Letter, Letterhead
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinrules import limits, permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import EvidenceKind

WAYS = ("post", "in_person", "national_society")
_YEAR = 365


class Signer(ledger.Named, Protocol):
    """An officer whose name stands under the letters that they sign."""

    @property
    def name(self) -> str:
        """As families read it."""


@dataclass(frozen=True)
class Wording:
    """What an officer chose and filled in: the kind of letter, its language, and every blank by name."""

    kind: str
    language: str
    words: Mapping[str, str]


@transaction.atomic
def draft(
    wording: Wording, *, about: models.Model, actor: ledger.Named, at: datetime, on: date, told: Exhibit | None = None
) -> Letter:
    """Draft a letter about a subject. ``told`` is the call record on which a letter after telling rests.

    Raises:
        Refused: not permitted; a blank is empty; or the family must first be told by a person.
    """
    permissions.require(Permission.LETTER_WRITE, actor, about)
    kind = _kind(wording)
    if kind.after_telling and (told is None or told.kind != EvidenceKind.CALL_RECORD.value):
        raise Refused("letter.tell-first", "this letter is written only after a person told the family")
    letter = Letter.objects.create(
        about=ledger.reference(about),
        kind=kind.name,
        language=wording.language,
        code=_unused_code(),
        words=_filled(kind, wording.words),
        dated_on=on,
        valid_until=_until(on),
        proposed_by=actor.reference,
        proposed_by_human=actor.human,
    )
    _note("letter.draft", letter, actor=actor, at=at)
    return letter


@transaction.atomic
def reword(letter: Letter, words: Mapping[str, str], *, actor: ledger.Named, at: datetime) -> None:
    """Change the words of a draft. Who rewords it counts as its writer from then on, so another must sign.

    Raises:
        Refused: not permitted, a blank is empty, or the letter is signed.
    """
    permissions.require(Permission.LETTER_WRITE, actor, letter)
    ledger.hold(letter)
    if letter.document is not None:
        raise Refused("letter.already-sealed", "a signed letter is never changed")
    letter.words = _filled(kinds.every()[letter.kind], words)
    letter.proposed_by, letter.proposed_by_human = actor.reference, actor.human
    letter.save(update_fields=["words", "proposed_by", "proposed_by_human"])
    _note("letter.reword", letter, actor=actor, at=at)


def preview(letter: Letter, *, actor: Signer, on: date) -> bytes:
    """The PDF as it would be if ``actor`` signed it on the day ``on``."""
    return rendering.pdf(letter, signing=rendering.Signing(on, actor.name))


@transaction.atomic
def seal(letter: Letter, *, seen: str, actor: Signer, at: datetime, on: date) -> Exhibit:
    """Sign the letter: draw it, keep the PDF as an exhibit, sign its exact bytes, let its code be checked.

    ``seen`` is the SHA-256 of the PDF that the officer read; another PDF is not signed.

    Raises:
        Refused: not permitted, not another officer, already signed, or changed since it was read.
    """
    ledger.hold(letter)
    permissions.require(Permission.LETTER_APPROVE, actor, letter)
    content = preview(letter, actor=actor, on=on)
    if sha256(content).hexdigest() != seen:
        raise Refused("letter.changed-since-read", "the letter is not the one that was read")
    document = ledger.Document(content, f"letter-{on.isoformat()}.pdf", rendering.MEDIA_TYPE)
    exhibit = ledger.attach(EvidenceKind.LETTER, document, subject=letter, actor=actor, at=at)
    letter.document, letter.signature = exhibit, signing.sign(content)
    letter.dated_on, letter.valid_until = on, _until(on)
    letter.sealed_by, letter.sealed_by_human, letter.sealed_at = actor.reference, actor.human, at
    letter.save()
    ledger.advance(letter, "seal", actor=actor, at=at, evidence=[exhibit])
    CheckableLetter.objects.create(code=letter.code, dated_on=letter.dated_on, valid_until=letter.valid_until)
    return exhibit


@transaction.atomic
def hand_over(letter: Letter, *, way: str, actor: ledger.Named, at: datetime) -> None:
    """Record that a signed letter was posted or handed over.

    Raises:
        Refused: not permitted, not signed, or the stored document is no longer the one that was signed.
    """
    if way not in WAYS:
        raise Refused("letter.unknown-way", "letters are posted, handed over, or carried by a National Society")
    queries.document(letter)
    letter.handed_over_at, letter.handed_over_by_way = at, way
    letter.save(update_fields=["handed_over_at", "handed_over_by_way"])
    ledger.advance(letter, "hand_over", actor=actor, at=at, way=way)


@transaction.atomic
def void(letter: Letter, *, why: str, actor: ledger.Named, at: datetime) -> None:
    """Declare a letter void: its code is answered as if it had never been.

    Raises:
        Refused: not permitted, or already void.
    """
    reason = ledger.attest(EvidenceKind.REASON, why, subject=letter, actor=actor, at=at)
    ledger.advance(letter, "void", actor=actor, at=at, evidence=[reason])
    for row in CheckableLetter.objects.filter(code=letter.code):
        row.void = True
        row.save(update_fields=["void"])


@transaction.atomic
def set_letterhead(head: Letterhead, *, actor: ledger.Named, at: datetime) -> Letterhead:
    """Set how the bureau names itself in one language, and where it is reached; earlier ones are kept.

    Raises:
        Refused: the bureau does not write in this language.
    """
    queries.language(head.language)
    head.set_by, head.set_at = actor.reference, at
    head.save(force_insert=True)
    ledger.append(kind="letterhead.set", subject=f"letterhead:{head.pk}", actor=actor, at=at)
    return head


@transaction.atomic
def check(code: str, *, at: datetime, on: date) -> date | None:
    """The date of the letter with these 16 digits, or None; codes that fit no letter are counted by the minute.

    Raises:
        Refused: so many codes fitted no letter that everybody is asked to wait a minute.
    """
    if queries.must_wait(at=at):
        raise Refused("letter.wait", "too many letter codes fitted no letter in this minute")
    found = queries.dated(code, on=on)
    if found is None:
        _count_failure(at)
    return found


def _count_failure(at: datetime) -> None:
    row, _made = FailedChecks.objects.get_or_create(minute=at.replace(second=0, microsecond=0))
    FailedChecks.objects.filter(pk=row.pk).update(failed=F("failed") + 1)


def _kind(wording: Wording) -> kinds.Kind:
    queries.language(wording.language)
    if wording.kind not in kinds.every():
        raise Refused("letter.unknown-kind", "there is no such kind of letter")
    return kinds.every()[wording.kind]


def _filled(kind: kinds.Kind, words: Mapping[str, str]) -> dict[str, str]:
    filled = {blank: words.get(blank, "").strip() for blank in (*kinds.ON_EVERY_LETTER, *kind.needs)}
    empty = [blank for blank in ("addressee", *kind.needs) if not filled[blank]]
    if empty:
        raise Refused("letter.blank-empty", f"these blanks are empty: {', '.join(empty)}")
    return filled


def _unused_code() -> str:
    code = codes.draw()
    while Letter.objects.filter(code=code).exists():
        code = codes.draw()
    return code


def _until(on: date) -> date:
    return on + timedelta(days=_YEAR * limits.on(on, "letter_code_years"))


def _note(kind: str, letter: Letter, *, actor: ledger.Named, at: datetime) -> None:
    """Write the entry without the kind of letter: after telling, the kind would tell what was told."""
    ledger.append(kind=kind, subject=ledger.reference(letter), actor=actor, at=at, facts={"about": letter.about})
