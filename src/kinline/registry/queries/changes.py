"""Which records changed between two places in the ledger: exact, whatever clocks and long transactions do.

A record's moment of change is read at the door, so a list that takes minutes to add is written with moments that lie
before what others wrote meanwhile. The ledger has one writer at a time until its transaction ends, so its numbers rise
in the order in which changes can be seen.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from kinline.ledger.models import Entry
from kinline.registry.models import AssertedName, Fact, Record, Report

RECORD, REPORT = f"{Record.machine}:", "report:"
# Entries on a report that may change what is known of the persons in it.
OF_REPORTS = ("report.withdraw", "exhibit.attest")
PIECE = 500


def changed_between(*, after: int, upto: int) -> list[UUID]:
    """Keys of the records of which an entry with ``after`` < number <= ``upto`` says that something was written.

    Some may not have changed in what a search compares; none that has is left out.
    """
    entries = Entry.objects.filter(seq__gt=after, seq__lte=upto)
    of_records = entries.filter(subject__startswith=RECORD).exclude(kind="viewed")
    found = {UUID(subject.removeprefix(RECORD)) for subject in of_records.values_list("subject", flat=True)}
    of_reports = entries.filter(subject__startswith=REPORT, kind__in=OF_REPORTS)
    reports = {UUID(subject.removeprefix(REPORT)) for subject in of_reports.values_list("subject", flat=True)}
    return sorted(found | set(_said_by(reports)))


def _said_by(reports: set[UUID]) -> Iterator[UUID]:
    """Records of which these reports, or others of the same imported list, said something."""
    keys = sorted(reports)
    for start in range(0, len(keys), PIECE):
        piece = Report.objects.filter(pk__in=keys[start : start + PIECE])
        batches = piece.exclude(batch=None).values("batch")
        beside = Report.objects.filter(Q(pk__in=piece.values("pk")) | Q(batch__in=batches))
        for table in (AssertedName, Fact):
            yield from table.objects.filter(report__in=beside.values("pk")).values_list("record_id", flat=True)
