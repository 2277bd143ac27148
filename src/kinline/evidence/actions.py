"""Keeping what families send, sealed; and having it made ready to be shown, each document once."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from kinline.evidence import making, sorts
from kinline.evidence.models import Picture, Rendering
from kinline.jobs import actions as jobs
from kinline.ledger import storing
from kinline.ledger.sealing import SealBroken
from kinrules import limits

log = logging.getLogger(__name__)

TASK = "kinline.evidence.tasks.make_ready"
MAY_PASS = frozenset({"too-long", "ended", "memory"})
"""Troubles that may be the machine's and not the document's: tried again, but not for ever."""

GAVE_UP = "gave-up"
AGAIN_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Kept:
    """A document in evidence: its digest, and its place in the storage."""

    digest: str
    stored_as: str


@transaction.atomic
def keep(content: bytes, *, at: datetime) -> Kept:
    """Seal a document, keep it, and have it made ready to be shown. Joins the transaction it is called in.

    Raises:
        OSError: it could not be written; nothing was kept.
    """
    digest = sha256(content).hexdigest()
    stored_as = storing.keep_sealed(content, digest=digest)
    row, is_new = Rendering.objects.get_or_create(digest=digest, defaults={"stored_as": stored_as, "asked_at": at})
    if is_new:
        _ask(row, run_after=None)
    return Kept(digest, stored_as)


def make_ready(digest: str, *, at: datetime) -> Rendering | None:
    """Make the pictures of one document, or note why there are none. None where nothing was to be made."""
    row = _begin(digest, at=at)
    if row is None:
        return None
    sort, outcome = _made(row, at=at)
    if outcome.trouble in MAY_PASS and row.attempts < _tries(at):
        _ask(row, run_after=at + AGAIN_AFTER)
        return row
    _note(row, sort, outcome, at=at)
    return row


def _ask(row: Rendering, *, run_after: datetime | None) -> None:
    asked = {"args": [], "kwargs": {"digest": row.digest}}
    jobs.enqueue(task=TASK, arguments=asked, queue="default", priority=0, run_after=run_after)


def _begin(digest: str, *, at: datetime) -> Rendering | None:
    """Count the attempt before it is made; after the last one the document is kept and not tried again."""
    waiting = Rendering.objects.filter(digest=digest, status=Rendering.Status.WAITING)
    row = waiting.first()
    if row is None:
        return None
    if row.attempts >= _tries(at):
        waiting.update(status=Rendering.Status.KEPT, trouble=GAVE_UP, made_at=at)
        return None
    row.attempts += 1
    waiting.update(attempts=row.attempts)
    return row


def _made(row: Rendering, *, at: datetime) -> tuple[sorts.Sort | None, making.Outcome]:
    day = timezone.localdate(at)
    try:
        content = storing.read(row.stored_as)
    except SealBroken as broken:
        log.error("a sealed paper cannot be opened", extra={"reference": str(row), "code": broken.code})
        return None, making.Outcome(trouble="sealed")
    sort = sorts.of(content)
    if sort is None:
        return sort, making.Outcome(trouble="not-allowed")
    if len(content) > limits.on(day, "paper_bytes"):
        return sort, making.Outcome(trouble="too-large")
    if sort not in sorts.PICTURES:
        return sort, making.Outcome(trouble="no-picture")
    within = making.Limits(
        seconds=limits.on(day, "paper_showing_seconds"),
        megabytes=limits.on(day, "paper_showing_megabytes"),
        pixels=limits.on(day, "paper_pixels"),
        pages=limits.on(day, "paper_pages"),
    )
    return sort, making.make(content, sort=sort, limits=within)


def _note(row: Rendering, sort: sorts.Sort | None, outcome: making.Outcome, *, at: datetime) -> None:
    """Write down what came of it; the pictures are sealed before any row speaks of them."""
    pictures = [
        Picture(
            rendering=row,
            page=number,
            large_as=_sealed(page.large),
            small_as=_sealed(page.small),
            width=page.width,
            height=page.height,
        )
        for number, page in enumerate(outcome.pictures, 1)
    ]
    row.status = Rendering.Status.SHOWN if pictures else Rendering.Status.KEPT
    row.sort, row.trouble, row.pages, row.made_at = str(sort or ""), outcome.trouble, outcome.pages, at
    with transaction.atomic():
        Picture.objects.bulk_create(pictures)
        row.save(update_fields=["status", "sort", "trouble", "pages", "made_at"])
    if not pictures:
        log.info("a paper is kept and not shown", extra={"reference": str(row), "code": outcome.trouble})


def _sealed(content: bytes) -> str:
    return storing.keep_sealed(content, digest=sha256(content).hexdigest())


def _tries(at: datetime) -> int:
    return limits.on(timezone.localdate(at), "paper_showing_tries")
