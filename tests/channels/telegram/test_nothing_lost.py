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

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
# Nothing goes wrong, or one of the ways in which the stand-in knows to go wrong.
FAULTS = st.sampled_from(["", "", "out of order", "cut", "lost", "page", "refuse"])


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
        self.maria.writes("Коваль Андрій")
        self.note()

    @rule(words=WORDS, is_edit=st.booleans(), numbers=st.integers(min_value=0, max_value=99))
    def write(self, words: str, is_edit: bool, numbers: int) -> None:
        self.telegram.next_update += numbers
        if is_edit:
            self.maria.edits(max(self.maria.chat.messages), words)
        else:
            self.maria.writes(words)
        self.note()

    @rule(
        how=FAULTS, room=st.sampled_from(["for all", "for some", "for none"]), chance=st.randoms(use_true_random=False)
    )
    def hear(self, how: str, room: str, chance) -> None:
        if how == "out of order":
            chance.shuffle(self.telegram.updates)
        elif how:
            self.telegram.fail("getUpdates", how)
        self.cellar.is_down = room == "for none"
        refused = [number for number in self.written if room == "for some" and chance.random() < 0.5]
        self.cellar.refuses = {f"4242:{number}" for number in refused}
        self.poller.once()

    @rule()
    def begin_anew(self) -> None:
        self.poller = Poller(self.bot, take=self.cellar.take, clock=clock, wait=0)

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
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# Speaks HTTP; what is kept is kept in memory here, and in the durable core's own tests in databases.
TestLife = pytest.mark.once(Life.TestCase)
