"""Whatever happens on either side and between them, no word is lost: a model of a bot's life, over real sockets."""

import json
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kinline.channels.telegram.client import Bot
from kinline.channels.telegram.poll import Poller
from kinline.demo.bot_api.people import Person
from kinline.demo.bot_api.server import serving
from tests.channels.telegram.conftest import NOON, TOKEN, Cellar, clock

FAULTS = st.sampled_from(["cut", "lost", "page", "refuse"])


class Life(RuleBasedStateMachine):
    """People write, wires break, processes die, the store fails; Telegram forgets what it is told to forget."""

    def __init__(self) -> None:
        super().__init__()
        self.ends = ExitStack()
        self.telegram, address = self.ends.enter_context(serving(TOKEN, clock=NOON.timestamp))
        self.bot = Bot(TOKEN, api=address)
        self.ends.callback(self.bot.close)
        self.maria = Person(self.telegram, 17, name="Марія")
        self.written: dict[int, object] = {}
        self.cellar = Cellar()
        self.begin_anew()

    @rule(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
    def write(self, words: str) -> None:
        self.newest = self.maria.writes(words)
        self.note()

    @rule(words=st.text(min_size=1, max_size=5))
    def edit(self, words: str) -> None:
        if self.written and self.newest in self.maria.chat.messages:
            self.maria.edits(self.newest, words)
            self.note()

    @rule(numbers=st.integers(min_value=1, max_value=1000))
    def jump(self, numbers: int) -> None:
        self.telegram.next_update += numbers

    @rule(chance=st.randoms(use_true_random=False))
    def put_out_of_order(self, chance) -> None:
        chance.shuffle(self.telegram.updates)

    @rule()
    def hear(self) -> None:
        self.poller.once()

    @rule(how=FAULTS)
    def hear_over_a_bad_wire(self, how: str) -> None:
        self.telegram.fail("getUpdates", how)
        self.poller.once()

    @rule()
    def begin_anew(self) -> None:
        self.poller = Poller(self.bot, take=self.cellar.take, clock=clock, wait=0)

    @rule(is_down=st.booleans())
    def store(self, is_down: bool) -> None:
        self.cellar.is_down = is_down

    @rule(chance=st.randoms(use_true_random=False))
    def refuse_some(self, chance) -> None:
        self.cellar.refuses = {f"4242:{number}" for number in self.written if chance.random() < 0.3}

    @invariant()
    def nothing_is_lost(self) -> None:
        waiting = {update["update_id"] for update in self.telegram.updates}
        kept = {int(key.partition(":")[2]) for key in self.cellar.kept}
        assert waiting | kept == set(self.written)

    @invariant()
    def what_is_kept_is_what_was_said(self) -> None:
        for key, raw in self.cellar.kept.items():
            assert json.loads(raw) == self.written[int(key.partition(":")[2])]

    def teardown(self) -> None:
        with self.ends:
            self.cellar.is_down, self.cellar.refuses = False, set()
            for _time in range(4):
                self.poller.once()
            assert len(self.cellar.kept) == len(self.written)
            assert self.telegram.updates == []

    def note(self) -> None:
        newest = self.telegram.updates[-1]
        self.written[newest["update_id"]] = json.loads(json.dumps(newest))


Life.TestCase.settings = settings(
    max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# Speaks HTTP; what is kept is kept in memory here, and in the durable core's own tests in databases.
TestLife = pytest.mark.once(Life.TestCase)
