"""The outbox: each message at least once, at its wire's pace, and before a person when nothing helps."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions, queries
from kinline.ledger import actions as writing
from kinline.ledger import queries as ledger
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, acting

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=121)
TEXT = "Ми отримали ваше повідомлення."


def written(address: str = "1", *, channel: str = "sms", at=NOON, **more) -> Outgoing:
    to = actions.Place(channel=channel, account="bureau", address=address)
    return actions.write(actions.Words(text=TEXT, language="uk"), to=to, at=at, **more)


def claimed(at=NOON, worker: str = "one") -> Outgoing | None:
    return actions.claim(worker=worker, at=at)


def entry():
    return writing.append(kind="viewed", subject="enquiry:x", actor=actions.ENGINE, at=NOON)


def test_a_message_is_claimed_once_and_sent_once():
    message = written()

    first, second = claimed(), claimed(worker="two")
    was_ours = actions.sent(first, at=NOON, sent_as="wire:7")

    message.refresh_from_db()
    assert (first, second, was_ours) == (message, None, True)
    assert (message.status, message.attempts, message.sent_as) == ("sent", 1, "wire:7")
    assert ledger.of(f"outgoing:{message.pk}").last().kind == "outgoing.sent"
    assert claimed(at=NOON + LEASE) is None


def test_a_sender_that_died_is_followed_by_one_that_sends_the_same_number():
    written()
    dead = claimed()

    early, next_one = claimed(at=NOON + SECOND, worker="two"), claimed(at=NOON + LEASE, worker="two")

    assert early is None
    assert (next_one.pk, next_one.number, next_one.attempts) == (dead.pk, dead.number, 2)


def test_a_sender_that_was_only_slow_writes_nothing():
    written()
    slow = claimed()
    claimed(at=NOON + LEASE, worker="two")

    assert actions.sent(slow, at=NOON + LEASE) is False
    assert actions.failed(slow, at=NOON + LEASE, code="timeout") is False


def test_a_message_that_failed_waits_longer_each_time_and_then_for_a_person():
    written()
    at, waits = NOON, []

    while (message := claimed(at=at)) is not None:
        actions.failed(message, at=at, code="unreachable")
        message.refresh_from_db()
        waits.append((message.due_at - at).seconds)
        at = max(at, message.due_at)

    assert waits[:-1] == [10, 20, 40, 80, 160, 320, 640]
    assert queries.dead().get().failure == "unreachable"
    assert ledger.of(f"outgoing:{queries.dead().get().pk}").last().kind == "outgoing.dead"


def test_one_that_takes_its_sender_down_each_time_is_laid_before_a_person():
    poison = written()
    at = NOON
    while claimed(at=at) is not None:
        at += LEASE

    poison.refresh_from_db()
    assert (poison.status, poison.failure, poison.attempts) == ("dead", "left-too-often", 8)


def test_who_blocked_us_is_laid_before_a_person_at_once_and_an_officer_tries_again():
    message = written()
    actions.failed(claimed(), at=NOON, code="blocked", for_good=True)
    olha = acting(people.OLHA)

    with pytest.raises(Refused, match="permission"):
        actions.retry(message, actor=acting(people.DARYNA), at=NOON)
    before = queries.dead().count()
    actions.retry(message, actor=olha, at=NOON)

    assert (before, queries.dead().count()) == (1, 0)
    assert claimed() == message


def test_one_chat_hears_one_message_a_second_in_their_order():
    first, second = written(channel="telegram"), written(channel="telegram")

    got = [claimed(), claimed()]
    actions.sent(got[0], at=NOON)
    too_soon, later = claimed(at=NOON + SECOND / 2), claimed(at=NOON + SECOND)

    assert (got, too_soon, later) == ([first, None], None, second)


def test_all_chats_together_hear_25_messages_a_second():
    for number in range(40):
        written(f"{number}", channel="telegram")

    at_once = list(iter(claimed, None))
    a_second_later = list(iter(lambda: claimed(at=NOON + SECOND), None))

    assert (len(at_once), len(a_second_later)) == (25, 15)


def test_a_wire_without_limits_is_not_held_back():
    for number in range(40):
        written(f"{number}", channel="email")

    assert len(list(iter(claimed, None))) == 40


def test_a_wire_that_asks_for_a_pause_gets_it_from_that_account_alone_and_no_try_is_lost():
    written("1")
    written("2")
    other = actions.write(
        actions.Words(text=TEXT, language="uk"), to=actions.Place(channel="sms", account="other", address="3"), at=NOON
    )
    first = claimed()

    actions.failed(first, at=NOON, code="429", retry_after=timedelta(seconds=30))

    first.refresh_from_db()
    assert (first.attempts, claimed(), claimed()) == (0, other, None)
    after = [claimed(at=NOON + timedelta(seconds=31)) for _each in range(2)]
    assert sorted(message.address for message in after) == ["1", "2"]


def test_a_later_message_waits_while_an_earlier_one_to_the_same_address_is_tried_again():
    first, second = written(), written()
    actions.failed(claimed(), at=NOON, code="unreachable")

    before, after = claimed(at=NOON + SECOND), claimed(at=NOON + timedelta(seconds=10))

    assert (before, after) == (None, first)
    assert second.status == "new"


def test_one_act_writes_one_message():
    first = written(once="reply:1")

    assert written(once="reply:1") == first


def test_a_message_that_is_withdrawn_is_never_sent():
    message = written()

    assert actions.withdraw(message, why="no-longer", at=NOON) is True
    assert (claimed(), actions.withdraw(message, why="no-longer", at=NOON)) == (None, False)


def test_a_message_can_wait_for_its_hour():
    message = written(due_at=NOON + timedelta(hours=3))

    assert (claimed(), claimed(at=NOON + timedelta(hours=3))) == (None, message)


@pytest.mark.parametrize(
    "grounds",
    [
        {"kind": "A0"},
        {"kind": "B7"},
        {"kind": "A1"},
        {"kind": "A2"},
        {"kind": "A3"},
        {"kind": "A4"},
        {"kind": "A4", "approval": "disclosure:1", "approved_by": ("one", "one"), "approved_digest": "same"},
        {"kind": "A4", "approval": "disclosure:1", "approved_by": ("one", ""), "approved_digest": "same"},
        {"kind": "A4", "approval": "disclosure:1", "approved_by": ("one", "two"), "approved_digest": "0" * 64},
        {"kind": "A4", "approved_by": ("one", "two"), "approved_digest": "same"},
        {"kind": "A5"},
        {"kind": "E1", "item": 1},
    ],
    ids=str,
)
def test_the_database_refuses_a_promise_without_its_grounds(grounds):
    if grounds.get("approved_digest") == "same":
        grounds = grounds | {"approved_digest": written("other").text_digest}

    with pytest.raises(DatabaseError), transaction.atomic():
        written(grounds=actions.Grounds(**grounds))


def test_the_database_takes_a_promise_with_its_grounds():
    digest = written("other").text_digest
    rests = [
        {"kind": "A2", "entry": entry()},
        {"kind": "A3", "entry": entry(), "signed_off_by": "one"},
        {"kind": "A4", "approval": "disclosure:1", "approved_by": ("one", "two"), "approved_digest": digest},
        {"kind": "A5", "entry": entry()},
        {"kind": "E1"},
    ]

    kinds = [written(grounds=actions.Grounds(**each)).kind for each in rests]

    assert kinds == ["A2", "A3", "A4", "A5", "E1"]


@pytest.mark.parametrize("kind", ["A2", "A5"])
def test_an_act_that_the_ledger_does_not_know_is_not_reported(kind):
    message = written(grounds=actions.Grounds(kind=kind, entry=entry()))

    with pytest.raises(DatabaseError), transaction.atomic():
        Outgoing.objects.filter(pk=message.pk).update(entry=999_999)


def test_a_search_is_not_reported_without_the_officer_who_signed_it_off():
    with pytest.raises(IntegrityError), transaction.atomic():
        written(grounds=actions.Grounds(kind="A3", entry=entry()))


def test_nothing_is_sent_to_nowhere():
    with pytest.raises(IntegrityError), transaction.atomic():
        written("")


def test_the_ledger_learns_neither_address_nor_words():
    written("+380500000000")
    actions.sent(claimed(), at=NOON)

    told = " ".join(f"{each.subject} {each.facts}" for each in ledger.Entry.objects.all())
    assert "380500000000" not in told
    assert TEXT not in told
