"""Post is read once, acknowledged where that is allowed, and given up for a person after three tries."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages

from kinline.channels.base import Attachment, Kind
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import queries as outbox
from kinline.intake import actions, queries
from kinline.intake.models import Attachment as Kept
from kinline.intake.models import Heard, Item
from kinline.ledger import queries as ledger
from kinline.ledger import storing
from kinrules.refusal import Refused
from tests.bureau import NOON
from tests.rooms.intake.conftest import ADDRESS, WORDS, Delivery, said

LATER = NOON + timedelta(minutes=5)


def taken(**changes) -> Item:
    return Item.objects.get(pk=Delivery(**changes).taken().number)


def read(item: Item, *things, at=NOON) -> Outgoing:
    actions.note_read(item, things, at=at)
    return outbox.of_item(item.pk)


def test_what_was_said_is_kept_and_its_sender_is_told_the_number():
    item = taken()

    promise = read(item, said())

    heard = queries.heard_in(item).get()
    assert (heard.text, heard.address, heard.language, heard.repeats) == (WORDS, ADDRESS, "uk", None)
    assert (promise.status, promise.address, promise.language) == ("new", ADDRESS, "uk")
    assert f"{item.pk}" in promise.text
    assert WORDS not in promise.text
    assert item.state == "read"


def test_the_acknowledgement_says_the_same_whatever_was_said():
    kind, terrible = taken(), taken(external_id="bot:2")

    texts = [
        read(kind, said()).text.replace(str(kind.pk), "#"),
        read(terrible, said(wire_id="2", text="Your bureau are thieves")).text.replace(str(terrible.pk), "#"),
    ]

    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": Kind.AUTO}, "no-message"),
        ({"kind": Kind.BOUNCE}, "no-message"),
        ({"authenticated": False}, "not-authenticated"),
        ({"address": ""}, "no-address"),
    ],
)
def test_who_may_not_be_told_is_not_told(changes, why):
    promise = read(taken(), said(**changes))

    assert (promise.status, promise.failure, promise.address) == ("withdrawn", why, "")


def test_a_mail_address_is_told_at_most_once_a_day():
    first, second, next_day = (taken(channel="email", external_id=f"{number}") for number in (1, 2, 3))

    statuses = [
        read(first, said(wire_id="1")).status,
        read(second, said(wire_id="2"), at=LATER).status,
        read(next_day, said(wire_id="3"), at=NOON + timedelta(hours=25)).status,
    ]

    assert statuses == ["new", "withdrawn", "new"]


def test_what_a_channel_delivers_under_two_names_is_kept_twice_and_answered_once():
    first, copy = taken(channel="email", external_id="inbox:1"), taken(channel="email", external_id="spam:9")
    read(first, said())

    promise = read(copy, said())

    heard = queries.heard_in(copy).get()
    assert (promise.status, promise.failure) == ("withdrawn", "repeats")
    assert heard.repeats == queries.heard_in(first).get()


def test_a_stranger_who_steals_a_wire_id_silences_nobody():
    read(taken(channel="email", external_id="1"), said(address="stranger@example.org", text="other words"))

    promise = read(taken(channel="email", external_id="2"), said())

    assert (promise.status, promise.address) == ("new", ADDRESS)


def test_several_things_in_one_delivery_are_kept_in_their_order():
    item = taken()

    read(item, said(wire_id="a", text="first"), said(wire_id="b", text="second"))

    assert [heard.text for heard in queries.heard_in(item)] == ["first", "second"]


def test_a_file_lies_in_evidence_storage_under_its_digest():
    files = (Attachment("papers.jpg", "image/jpeg", 5, b"bytes"), Attachment("voice.ogg", "audio/ogg", 9, b"", "far"))

    read(taken(), said(attachments=files))

    near, far = Kept.objects.order_by("position")
    with storages["exhibits"].open(near.stored_as) as file:
        assert b"bytes" not in file.read()
    assert storing.read(near.stored_as) == b"bytes"
    assert (near.stored_as.endswith(near.digest), near.size) == (True, 5)
    assert (far.stored_as, far.remote_id, far.size) == ("", "far", 9)


def test_signs_that_no_database_holds_stop_nothing():
    item = taken()

    read(item, said(text="a\0b \ud800 c", subject="\udfff" * 400))

    assert queries.heard_in(item).get().text == "ab \ufffd c"


def test_an_item_is_read_by_one_reader_at_a_time():
    item = taken()
    first = actions.begin_reading(at=NOON)

    second = actions.begin_reading(at=NOON)

    assert first is not None
    assert (first[0], first[1], second) == (item, WORDS.encode(), None)


def test_a_reader_that_was_too_slow_writes_nothing_twice():
    item = taken()
    read(Item.objects.get(pk=item.pk), said())

    with pytest.raises(Refused, match="wrong-state"):
        read(item, said())

    assert Heard.objects.filter(item=item).count() == 1


def test_after_three_tries_a_person_must_look_and_the_neighbour_is_served():
    poison, neighbour = taken(), taken(external_id="bot:2")
    moments = [NOON + timedelta(minutes=each) for each in range(3)]

    last = []
    for at in moments:
        item, _raw = actions.begin_reading(at=at)
        last.append((item.pk, actions.could_not_read(item, trouble="timeout", at=at)))
    following = actions.begin_reading(at=moments[-1])

    poison.refresh_from_db()
    entry = ledger.of(f"intake_item:{poison.pk}").last()
    assert last == [(poison.pk, False), (poison.pk, False), (poison.pk, True)]
    assert (poison.state, poison.trouble) == ("quarantined", "timeout")
    assert (entry.kind, entry.facts["trouble"]) == ("intake_item.quarantine", "timeout")
    assert following[0] == neighbour
    assert outbox.of_item(poison.pk).status == "unaddressed"


def test_while_the_poison_waits_for_its_next_try_the_neighbour_is_read():
    taken()
    neighbour = taken(external_id="bot:2")
    poison, _raw = actions.begin_reading(at=NOON)
    actions.could_not_read(poison, trouble="timeout", at=NOON)

    following, _raw = actions.begin_reading(at=NOON)

    assert following == neighbour


def test_an_item_that_kills_its_readers_is_given_up_too():
    poison = taken()
    for each in range(3):
        assert actions.begin_reading(at=NOON + timedelta(minutes=2 * each)) is not None

    following = actions.begin_reading(at=NOON + timedelta(minutes=10))

    poison.refresh_from_db()
    assert following is None
    assert (poison.state, poison.trouble) == ("quarantined", "reader-lost")


def test_an_officer_has_an_item_read_once_more(olha):
    poison = taken()
    for each in range(3):
        item, _raw = actions.begin_reading(at=NOON + timedelta(minutes=each))
        actions.could_not_read(item, trouble="crashed", at=NOON + timedelta(minutes=each))

    actions.release(poison, actor=olha, at=LATER)
    item, _raw = actions.begin_reading(at=LATER)

    assert (item.pk, item.attempts, read(item, said()).status) == (poison.pk, 1, "new")


def test_an_officer_notes_that_a_conflict_was_read(olha):
    taken()
    conflict = taken(raw=b"other")

    actions.read_by_hand(conflict, actor=olha, at=LATER)

    assert conflict.state == "read"
    assert list(queries.for_a_person()) == []


def test_the_ledger_holds_neither_words_nor_addresses():
    read(taken(), said())

    told = " ".join(f"{entry.subject} {entry.facts}" for entry in ledger.Entry.objects.all())
    assert ADDRESS not in told
    assert WORDS not in told
