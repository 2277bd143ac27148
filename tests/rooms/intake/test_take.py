"""Post is kept whole and once, with its promise and its entry, or not at all."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import queries as outbox
from kinline.intake import actions, queries, triggers
from kinline.intake.models import Item, Raw
from kinline.ledger import queries as ledger
from kinrules.refusal import Refused
from tests.bureau import NOON
from tests.rooms.intake.conftest import WORDS, Delivery


def item_of(taken: actions.Taken) -> Item:
    return Item.objects.get(pk=taken.number)


def test_a_delivery_is_kept_with_its_bytes_its_promise_and_its_entry():
    taken = Delivery().taken()

    item = item_of(taken)
    promise = outbox.of_item(taken.number)
    entries = [(entry.kind, entry.facts) for entry in ledger.of(f"intake_item:{item.pk}")]
    assert (taken.again, taken.conflict, item.state) == (False, False, "waiting")
    assert queries.raw_of(item) == WORDS.encode()
    assert (promise.kind, promise.status, promise.address) == ("A1", "unaddressed", "")
    assert entries == [("intake_item.take", {"channel": "telegram", "digest": item.digest, "size": item.size})]


def test_the_same_delivery_brought_again_gets_the_first_number():
    first = Delivery().taken()
    before = (Item.objects.count(), Raw.objects.count(), Outgoing.objects.count(), ledger.last().seq)

    again = Delivery().taken()

    assert again == actions.Taken(first.number, again=True)
    assert (Item.objects.count(), Raw.objects.count(), Outgoing.objects.count(), ledger.last().seq) == before


def test_other_bytes_under_the_same_name_are_kept_apart_and_shown_to_a_person():
    first = Delivery().taken()

    conflict = Delivery(raw=b"other").taken()
    again = Delivery(raw=b"other").taken()
    third = Delivery(raw=b"third").taken()

    kept = item_of(conflict)
    assert (conflict.again, conflict.conflict, kept.state) == (False, True, "conflict")
    assert (kept.conflicts_with_id, queries.raw_of(kept)) == (first.number, b"other")
    assert again == actions.Taken(conflict.number, again=True, conflict=True)
    assert list(queries.for_a_person()) == [kept, item_of(third)]


def test_a_lower_number_that_comes_later_is_no_repeat():
    later = Delivery(external_id="bot:900").taken()

    earlier = Delivery(external_id="bot:5").taken()

    assert earlier.again is False
    assert earlier.number != later.number


def test_the_same_number_of_another_account_is_another_delivery():
    ours = Delivery(account="first").taken()

    theirs = Delivery(account="second").taken()

    assert theirs.number != ours.number
    assert theirs.again is False


def test_a_very_long_name_is_kept_by_its_digest():
    first = Delivery(external_id="<" + "a" * 4000 + "@example.org>").taken()

    again = Delivery(external_id="<" + "a" * 4000 + "@example.org>").taken()
    other = Delivery(external_id="<" + "a" * 4000 + "b@example.org>").taken()

    assert again == actions.Taken(first.number, again=True)
    assert other.again is False


@pytest.mark.parametrize(
    ("delivery", "code"),
    [
        (Delivery(raw=b"\0" * (25 * 1024 * 1024 + 1)), "intake.too-long"),
        (Delivery(external_id=""), "intake.no-name"),
    ],
    ids=["too long", "no name"],
)
def test_what_cannot_be_taken_is_refused_and_nothing_of_it_is_kept(delivery, code):
    before = Item.objects.count()

    with pytest.raises(Refused) as refused:
        delivery.taken()

    assert refused.value.code == code
    assert Item.objects.count() == before


def test_an_empty_delivery_is_kept_too():
    taken = Delivery(raw=b"").taken()

    assert queries.raw_of(item_of(taken)) == b""


def test_post_is_never_refused_by_how_much_there_is_of_it():
    taken = [Delivery(external_id=f"flood:{number}", raw=b"flood").taken() for number in range(60)]

    assert len({each.number for each in taken}) == 60


@pytest.mark.django_db(transaction=True)
def test_a_caller_cannot_acknowledge_what_is_not_committed():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        Delivery().taken()


def test_the_database_refuses_an_acknowledgement_of_post_that_is_not_there():
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Outgoing.objects.create(
            kind="A1", item=999_999, channel="telegram", address="1", text="x", written_at=NOON, due_at=NOON
        )
    message = Outgoing.objects.create(channel="telegram", address="1", text="x", written_at=NOON, due_at=NOON)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Outgoing.objects.filter(pk=message.pk).update(kind="A1", item=999_999)


def test_the_triggers_stand_after_a_migration(db):
    assert triggers.missing(connection) == []
