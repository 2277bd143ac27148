"""The durable core against a model of a few dictionaries: whatever happens in whatever order, they never diverge.

Deliver, repeat, rewrite, edit, deliver late; read, fail to read; send, fail to send; die in the middle of any of them, or
after it was done and before anybody was told; let the clock run. MODEL_EXAMPLES=2500 makes some 100,000 steps.
"""

import os
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kinline.channels.base import Inbound
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.intake import actions
from kinline.intake.models import Heard, Item, Raw
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry
from tests.bureau import NOON

EXAMPLES, STEPS = int(os.environ.get("MODEL_EXAMPLES", "10")), 40
NAMES, BODIES = st.integers(1, 12), st.sampled_from([b"one", b"two", b"poison", b"edit:1", b""])
DIES_AT = st.one_of(st.none(), st.integers(1, 14))


class Died(Exception):
    """The process ended here."""


@contextmanager
def mortal(dies_at: int | None):
    """End at the so-manieth statement, before it is executed; the database rolls back what was not committed."""
    left = dies_at or 0

    def count(execute, sql, params, many, context):
        nonlocal left
        if not sql.startswith(("ROLLBACK", "RELEASE")):
            left -= 1
            if left == 0:
                raise Died
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


class Bureau(RuleBasedStateMachine):
    """The durable core, and beside it what was acknowledged and what the wire has seen."""

    @initialize()
    def open(self):
        self.acknowledged: dict[tuple[str, bytes], int] = {}
        self.wire: Counter[int] = Counter()
        self.deaths = 0
        self.at = NOON

    def __init__(self):
        super().__init__()
        self.whole = transaction.atomic()
        self.whole._from_testcase = True  # what is taken may be durable inside it
        self.whole.__enter__()
        self.before = Entry.objects.count(), Item.objects.count(), set(Item.objects.values_list("pk", flat=True))

    def teardown(self):
        assert ledger.first_broken() is None
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    @rule(name=NAMES, body=BODIES, dies_at=DIES_AT, hears=st.booleans())
    def deliver(self, name, body, dies_at, hears):
        """New, repeated, rewritten, late: all are one act. ``hears``: the answer reaches the channel."""
        key = (f"{name}", body)
        try:
            with mortal(dies_at):
                taken = actions.take(channel="telegram", account="bot", external_id=key[0], raw=body, at=self.at)
        except Died:
            self.deaths += 1
            return
        assert taken.number == self.acknowledged.get(key, taken.number)
        assert taken.again or key not in self.acknowledged
        if hears:
            self.acknowledged[key] = taken.number

    @rule(dies_at=DIES_AT)
    def read(self, dies_at):
        """The next piece of post is read, or is poison, or its reader dies."""
        try:
            with mortal(dies_at):
                begun = actions.begin_reading(at=self.at)
                if begun is None:
                    return
                item, raw = begun
                if raw == b"poison":
                    actions.could_not_read(item, trouble="ended", at=self.at)
                else:
                    about = raw.partition(b":")[2].decode()
                    said = Inbound(
                        f"{item.pk}", address=f"{item.pk % 3}", text=raw.hex(), authenticated=True, about=about
                    )
                    actions.note_read(item, [said], at=self.at)
        except Died:
            self.deaths += 1

    @rule(dies_at=DIES_AT, takes=st.sampled_from(["takes it", "fails", "asks for a pause", "blocked us"]))
    def send(self, dies_at, takes):
        """The next message is sent; the sender may die after the wire took it."""
        try:
            with mortal(dies_at):
                message = outbox.claim(worker="one", at=self.at)
                if message is None:
                    return
                if takes == "takes it":
                    self.wire[message.pk] += 1
                    assert outbox.sent(message, at=self.at)
                else:
                    pause = timedelta(seconds=5) if takes == "asks for a pause" else None
                    blocked = takes == "blocked us"
                    assert outbox.failed(message, at=self.at, code="x", retry_after=pause, for_good=blocked)
        except Died:
            self.deaths += 1

    @rule(seconds=st.sampled_from([1, 11, 61, 130, 3600]))
    def wait(self, seconds):
        """The clock runs: leases of the dead end, tries come round."""
        self.at += timedelta(seconds=seconds)

    @precondition(lambda self: self.acknowledged)
    @rule()
    def step_back(self):
        """A clock that was set right loses nothing either."""
        self.at -= timedelta(seconds=30)

    @invariant()
    def everything_acknowledged_is_kept(self):
        for (name, body), number in getattr(self, "acknowledged", {}).items():
            item = Item.objects.get(pk=number)
            assert (item.external_id, item.digest) == (name, sha256(body).hexdigest())
            assert bytes(Raw.objects.get(item=item).content) == body

    @invariant()
    def nothing_is_kept_twice_or_without_its_promise_and_entry(self):
        entries, items, noise = self.before
        ours = Item.objects.exclude(pk__in=noise)
        keys = Counter(ours.values_list("external_id", "digest"))
        promised = Counter(Outgoing.objects.filter(kind="A1").exclude(item__in=noise).values_list("item", flat=True))
        assert not [key for key, count in keys.items() if count > 1]
        assert promised == Counter(ours.values_list("pk", flat=True))
        assert Entry.objects.filter(kind="intake_item.take").count() == Item.objects.count()
        assert entries <= Entry.objects.count()
        assert items <= Item.objects.count()

    @invariant()
    def what_was_read_is_heard_once_and_poison_never(self):
        for item in Item.objects.exclude(pk__in=self.before[2]):
            heard = Heard.objects.filter(item=item).count()
            assert heard == (item.state == "read")
            assert item.attempts <= 3

    @invariant()
    def a_death_repeats_one_message_at_most(self):
        wire = getattr(self, "wire", Counter())
        assert sum(count - 1 for count in wire.values()) <= getattr(self, "deaths", 0)
        for pk, status in Outgoing.objects.filter(pk__in=wire).values_list("pk", "status"):
            assert status in {"sent", "claimed", "new", "dead"}, pk


def test_the_durable_core_never_diverges_from_its_model(db):
    run_state_machine_as_test(
        Bureau,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=EXAMPLES == 10,
            suppress_health_check=list(HealthCheck),
        ),
    )
