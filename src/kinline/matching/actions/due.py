"""Searching for many: new cases and changed ones in full, all other open ones for what the register has new.

Places in the ledger say what is new, so a run that was stopped goes on where it stood and nothing falls between two.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from kinline.enquiries.models import TracingCase
from kinline.ledger import queries as ledger
from kinline.matching import engine, queries, reverse
from kinline.matching.actions.search import is_news, keep, look, searched
from kinline.matching.engine.kernels import Progress, no_progress
from kinline.matching.models import CaseSearch, Proposal, Sweep
from kinline.registry import queries as registry

if TYPE_CHECKING:
    from kinmatch import Index

PIECE = 500


@dataclass(frozen=True)
class Searched:
    """What one run did: cases searched in full, new proposals, records of the register, and records that were new."""

    cases: int
    proposals: int
    records: int
    fresh: int = 0


def search_due(*, at: datetime, progress: Progress | None = None) -> Searched:
    """Search every case that is due, and all open cases for the records that are new or have changed.

    Of the open cases only those that a new record comes near are searched in full; see ``reverse``.
    """
    shown = progress or no_progress
    upto = _place()
    index = engine.index(build=True)
    last = Sweep.objects.first()
    changed = registry.changed_between(after=last.seq, upto=upto) if last else []
    everyone = last is None or len(changed) > max(TracingCase.objects.filter(state__in=queries.SEARCHED).count(), PIECE)
    if everyone:
        due = list(queries.open_cases().values_list("pk", flat=True))
    else:
        due = list(queries.due_cases(after=last.seq, upto=upto) if last else ())
        due += sorted(_near(changed, index, shown) - set(due))
    found = _search_in_full(due, index=index, at=at, progress=shown)
    _note(Sweep(seq=upto, swept_at=at, records=len(changed), cases=len(due), found=found, whole=everyone), last)
    return Searched(cases=len(due), proposals=found, records=len(index), fresh=len(changed))


def search_all(*, at: datetime, progress: Progress | None = None) -> Searched:
    """Search every open case over the whole register, as each night: it finds what a search for the new left out."""
    upto = _place()
    index = engine.index(build=True)
    everyone = list(queries.open_cases().values_list("pk", flat=True))
    found = _search_in_full(everyone, index=index, at=at, progress=progress or no_progress)
    Sweep.objects.create(seq=upto, swept_at=at, records=0, cases=len(everyone), found=found, whole=True)
    return Searched(cases=len(everyone), proposals=found, records=len(index))


def _near(changed: Sequence[UUID], index: "Index", progress: Progress) -> set[UUID]:
    fresh = list(registry.persons_of(changed))
    if not fresh:
        return set()
    force = engine.in_force()
    cases = engine.cases(build=True)
    found = reverse.near(cases, fresh, weights=force.weights, records=len(index), progress=progress)
    return {UUID(case) for case in found}


def _search_in_full(keys: Sequence[UUID], *, index: "Index", at: datetime, progress: Progress) -> int:
    """Search these cases; each that brings news is one transaction, the others are noted together."""
    force, found, done = engine.in_force(), 0, 0
    remaining = iter(keys)
    while piece := list(islice(remaining, PIECE)):
        cases = list(TracingCase.objects.filter(pk__in=piece, state__in=queries.SEARCHED))
        known, noted = _known(cases), _noted(cases)
        quiet: list[CaseSearch] = []
        for case in cases:
            looked = look(case, index=index, force=force)
            if is_news(case, looked, known[case.pk]):
                found += keep(case, looked, at=at)
            elif (case.pk, case.facts_changed_at) not in noted:
                quiet.append(searched(case, looked, at=at))
            done += 1
            progress(done, len(keys))
        CaseSearch.objects.bulk_create(quiet)
    return found


def _known(cases: Iterable[TracingCase]) -> dict[UUID, dict[str, tuple[str, str]]]:
    """By case and record: state and facts digest of what is proposed already."""
    known: dict[UUID, dict[str, tuple[str, str]]] = defaultdict(dict)
    rows = Proposal.objects.filter(case__in=list(cases)).values_list("case_id", "record_id", "state", "facts_digest")
    for case, record, state, digest in rows:
        known[case][str(record)] = state, digest
    return known


def _noted(cases: Iterable[TracingCase]) -> set[tuple[UUID, datetime | None]]:
    """Cases of which it is noted already that they were searched with some facts; a quiet second time is not noted."""
    return set(CaseSearch.objects.filter(case__in=list(cases)).values_list("case_id", "facts_at"))


def _note(sweep: Sweep, last: Sweep | None) -> None:
    """A run that had nothing to look at moves the last one's place on, so that the log does not grow by itself."""
    if last is not None and not (sweep.records or sweep.cases):
        Sweep.objects.filter(pk=last.pk).update(seq=sweep.seq)
    else:
        sweep.save()


def _place() -> int:
    newest = ledger.last()
    return newest.seq if newest else 0
