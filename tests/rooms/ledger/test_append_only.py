"""Nothing that stands in the ledger is changed or removed, whichever way somebody writes."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from kinline.ledger import actions, chain, queries, triggers
from kinline.ledger.models import Entry, Exhibit, History
from kinline.staff.queries import ENGINE
from kinrules.terms import EvidenceKind

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def write(*kinds: str) -> list[Entry]:
    """A few entries on one subject."""
    return [actions.append(kind=kind, subject="enquiry:1", actor=ENGINE, at=NOON, facts={"n": 1}) for kind in kinds]


def raw(statement: str) -> None:
    """Send SQL past the whole application."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def saved_as(entry: Entry, kind: str) -> None:
    """Change an entry the way careless code would."""
    entry.kind = kind
    entry.save()


WRITES = {
    "save": lambda entry: saved_as(entry, "other"),
    "update": lambda entry: Entry.objects.filter(seq=entry.seq).update(kind="other"),
    "bulk_update": lambda entry: Entry.objects.bulk_update([entry], ["kind"]),
    "delete": lambda entry: entry.delete(),
    "queryset delete": lambda entry: Entry.objects.filter(seq=entry.seq).delete(),
    "raw update": lambda entry: raw("UPDATE ledger_entry SET kind = 'other'"),
    "raw delete": lambda entry: raw("DELETE FROM ledger_entry"),
    "raw delete of history": lambda entry: raw("DELETE FROM ledger_history"),
    "raw update of history": lambda entry: raw("UPDATE ledger_history SET operation = 'x'"),
}


@pytest.mark.parametrize("way", WRITES, ids=str)
def test_no_way_of_writing_changes_what_was_written(way):
    entry, _later = write("enquiry.accept", "enquiry.answer")
    actions.attest(EvidenceKind.REASON, "because", subject=entry, actor=ENGINE, at=NOON)

    with pytest.raises(DatabaseError), transaction.atomic():
        WRITES[way](entry)

    assert queries.first_broken() is None
    assert Entry.objects.get(seq=entry.seq).kind == "enquiry.accept"


def test_an_entry_cannot_be_replaced_by_inserting_over_it():
    (entry,) = write("enquiry.accept")
    columns = "seq, kind, subject, actor, at, facts, previous, digest"
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"

    with pytest.raises(DatabaseError), transaction.atomic():
        raw(
            f"{verb} INTO ledger_entry ({columns}) SELECT {columns.replace('kind', chr(39) + 'x' + chr(39))} "
            f"FROM ledger_entry WHERE seq = {entry.seq}"
        )

    assert queries.first_broken() is None


def test_every_write_to_a_row_is_copied_to_the_history():
    exhibit = Exhibit.objects.create(
        kind="letter", subject="enquiry:1", digest="0" * 64, attached_by="engine", attached_at=NOON
    )
    Exhibit.objects.bulk_create(
        [Exhibit(kind="press", subject="enquiry:1", digest="1" * 64, attached_by="engine", attached_at=NOON)]
    )
    exhibit.origin = "by hand"
    exhibit.save()
    Exhibit.objects.filter(pk=exhibit.pk).update(origin="by post")
    raw("UPDATE ledger_exhibit SET origin = 'raw'")
    Exhibit.objects.filter(kind="press").delete()

    copies = History.objects.filter(table_name="ledger_exhibit")

    operations = list(copies.values_list("operation", flat=True))
    assert operations.count("insert") == 2
    assert operations.count("update") == 4
    assert operations.count("delete") == 1
    assert copies.filter(operation="update").first().after["origin"] == "by hand"


def test_the_first_changed_entry_is_named():
    write("enquiry.accept", "enquiry.answer", "enquiry.close")
    with triggers.lifted(connection):
        Entry.objects.filter(seq=2).update(kind="enquiry.withdraw")

    broken = queries.first_broken()

    assert broken == queries.Break(2, "entry 2 was changed after it was written")


def test_a_removed_entry_is_found():
    write("enquiry.accept", "enquiry.answer", "enquiry.close")
    with triggers.lifted(connection):
        Entry.objects.filter(seq=2).delete()

    broken = queries.first_broken()

    assert broken == queries.Break(2, "entry 2 is missing; the next one is 3")


def test_an_inserted_entry_is_found():
    write("enquiry.accept", "enquiry.answer")
    forged = {"seq": 3, "kind": "x", "subject": "enquiry:1", "actor": "engine", "facts": {}, "previous": chain.GENESIS}
    Entry.objects.create(**forged, at=NOON, digest=chain.digest(**forged, at=NOON))

    broken = queries.first_broken()

    assert broken == queries.Break(3, "entry 3 does not follow the entry before it")


def test_the_chain_holds_whatever_facts_and_times_are_kept():
    actions.append(kind="a", subject="enquiry:1", actor=ENGINE, at=NOON, facts={"б": [1, 2.5, None], "a": "\u202e"})
    actions.append_all([("b", "enquiry:2", {}), ("c", "enquiry:3", {"x": True})], actor=ENGINE, at=NOON)

    assert queries.first_broken() is None
    assert [entry.seq for entry in Entry.objects.all()] == [1, 2, 3]


def test_a_missing_trigger_is_named():
    assert triggers.missing(connection) == []
    raw('DROP TRIGGER "kl_ledger_entry_no_delete"' + ("" if connection.vendor == "sqlite" else " ON ledger_entry"))

    assert triggers.missing(connection) == ["kl_ledger_entry_no_delete"]

    triggers.install(connection)
    assert triggers.missing(connection) == []
