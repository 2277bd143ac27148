"""The whole proof on one database: kills, calls, cuts, and every planted fault."""

import random
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from kinline import keys
from tests.hardship.durability import calls, children, cuts, kills, mutants, straits
from tests.hardship.durability.client import Client, Verdict
from tests.hardship.durability.engines import ENGINES, Engine, fsyncs_a_second

# So many tries has a planted fault to show itself.
PATIENCE = {"kill": 60, "cut": 20}
APART = 10**7
# After so many rounds the run says how long the rest takes.
FIRST_ROUNDS = 10


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How much is asked for. ``step``: every so-manieth call is struck. ``schema``: a dump of the tables, made before."""

    rounds: int
    cuts: int
    step: int
    seed: int
    schema: Path | None = None


@dataclass
class Report:
    """The figures, in the words of the goals G1 to G3."""

    engine: str
    seed: int
    kills: int = 0
    power_cuts: int = 0
    calls_struck: int = 0
    calls_failed: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    unsound: int = 0
    mistaken_numbers: int = 0
    sent: int = 0
    sent_twice: int = 0
    sender_deaths: int = 0
    promises_not_kept: int = 0
    refused_while_locked: int = 0
    acknowledged_while_locked: int = 0
    refused_while_full: int = 0
    fsyncs_a_second: int = 0
    mutants: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    cpu_of: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Note what a stage takes of the processor, children and all; the clock says what else the machine does."""
        before = _cpu()
        yield
        self.cpu_of[stage] = round(_cpu() - before, 1)

    def note(self, client: Client, *verdicts: Verdict) -> None:
        """Count what one stage found."""
        self.acknowledged += len(client.acknowledged)
        self.mistaken_numbers += client.mistaken
        for verdict in verdicts:
            self.lost += verdict.lost
            self.doubled += verdict.doubled
            self.unsound += (not verdict.is_sound) + verdict.unpromised

    @property
    def holds(self) -> bool:
        """Nothing lost, doubled or broken; at most one repeat for each death; every fault that was tried was caught."""
        wrong = self.lost + self.doubled + self.unsound + self.mistaken_numbers + self.promises_not_kept
        wrong += self.acknowledged_while_locked + (not self.refused_while_locked)
        return not wrong and self.sent_twice <= self.sender_deaths and "MISSED" not in self.mutants.values()


def prove(name: str, wanted: Wanted, *, work: Path) -> Report:
    """Run every stage that this machine allows, on a new database in ``work``."""
    report, begun = Report(engine=name, seed=wanted.seed), time.monotonic()
    no_cuts = cuts.why_not() if wanted.cuts else "none were asked for"
    with ExitStack() as stack:
        drive = None if no_cuts else stack.enter_context(cuts.disk(work))
        folder = drive.folder if drive else work / "bureau"
        folder.mkdir(exist_ok=True)
        engine = ENGINES[name](folder)
        with report.timed("start"):
            stack.enter_context(_running(engine, wanted.schema))
        report.fsyncs_a_second = fsyncs_a_second(folder)
        _Stages(report, wanted, engine, drive, no_cuts).run()
    report.cpu_seconds = round(_cpu(), 1)
    report.seconds = round(time.monotonic() - begun, 1)
    return report


@dataclass
class _Stages:
    report: Report
    wanted: Wanted
    engine: Engine
    drive: cuts.Disk | None
    no_cuts: str

    def run(self) -> None:
        """Everything, the true code first and the planted faults after it."""
        self.chance = random.Random(self.wanted.seed)
        with self.report.timed("kills"):
            self._kills()
        with self.report.timed("locked"):
            self._locked()
        can_walk = calls.can_walk()
        if can_walk:
            with self.report.timed("calls"):
                self._calls()
        else:
            self.report.left_out.append("calls: strace is not on this machine, or may not trace")
        if self.drive:
            with self.report.timed("cuts"):
                self._cuts(self.drive)
            with self.report.timed("full"):
                self._full(self.drive)
        else:
            self.report.left_out.append(f"cuts of power: {self.no_cuts}")
        for number, (mutant, by) in enumerate(mutants.SHOWN_BY.items(), start=5):
            if mutant not in mutants.NOT_ON[self.engine.name]:
                client = self._client(number, is_plain=by == "call")
                with self.report.timed(mutant):
                    self.report.mutants[mutant] = self._tried(mutant, client, can_walk=can_walk)

    def _client(self, number: int, *, is_plain: bool = False) -> Client:
        return Client(self.chance, begin=number * APART, is_plain=is_plain)

    def _kills(self) -> None:
        client, sending = self._client(0), kills.Sending()
        first = min(FIRST_ROUNDS, self.wanted.rounds)
        begun = time.monotonic()
        kills.rounds_with_sender(client, sending, self.chance, first)
        self._foretell("rounds of kills", self.wanted.rounds - first, (time.monotonic() - begun) / max(1, first))
        kills.rounds_with_sender(client, sending, self.chance, self.wanted.rounds - first)
        verdict, owed = kills.finish(client, sending, self.engine)
        report = self.report
        report.note(client, verdict)
        report.kills, report.promises_not_kept = 2 * self.wanted.rounds, owed
        report.sent, report.sent_twice, report.sender_deaths = len(sending.seen), sending.repeats, sending.deaths

    def _foretell(self, what: str, left: int, seconds: float) -> None:
        """Say how long the rest takes, to whoever waits."""
        words = f"{self.report.engine}: {left} {what} are left, {seconds:.2f} s each: {left * seconds / 60:.0f} min"
        print(words, file=sys.stderr, flush=True)

    def _locked(self) -> None:
        client = self._client(10, is_plain=True)
        met = straits.locked(client, self.engine)
        self.report.note(client, met.verdict)
        self.report.refused_while_locked, self.report.acknowledged_while_locked = met.refused, met.acknowledged

    def _full(self, drive: cuts.Disk) -> None:
        client = self._client(11, is_plain=True)
        met = straits.full(client, self.engine, drive.place)
        self.report.note(client, met.verdict)
        self.report.refused_while_full = met.refused

    def _calls(self) -> None:
        client = self._client(1, is_plain=True)
        struck = calls.walk_each_channel(client, self.engine, step=self.wanted.step)
        self.report.note(client, struck.verdict)
        self.report.calls_struck = struck.calls
        if self.engine.name == "sqlite":  # the other writes in a process of its own
            client = self._client(2, is_plain=True)
            failed = calls.walk(client, self.engine, step=self.wanted.step, fault="error=ENOSPC")
            self.report.note(client, failed.verdict)
            self.report.calls_failed = failed.calls

    def _cuts(self, drive: cuts.Disk) -> None:
        client = self._client(3)
        first = min(FIRST_ROUNDS, self.wanted.cuts)
        begun = time.monotonic()
        verdicts = cuts.rounds(client, self.engine, drive, self.chance, first)
        self._foretell("cuts of power", self.wanted.cuts - first, (time.monotonic() - begun) / max(1, first))
        verdicts += cuts.rounds(client, self.engine, drive, self.chance, self.wanted.cuts - first)
        self.report.note(client, *verdicts)
        self.report.power_cuts = len(verdicts)

    def _tried(self, mutant: str, client: Client, *, can_walk: bool) -> str:
        """What became of one planted fault: caught by what, after how many rounds; missed; or not tried, and why."""
        by = mutants.SHOWN_BY[mutant]
        if by == "call" and can_walk:
            found = calls.walk(client, self.engine, mutant=mutant, step=self.wanted.step)
            return f"caught by killing at {found.calls} calls" if found.verdict.lost else "MISSED"
        if by == "kill":
            return self._by_kills(mutant, client)
        if self.drive is None:
            return f"not tried: {self.no_cuts}"
        return self._by_cuts(mutant, client, self.drive)

    def _by_kills(self, mutant: str, client: Client) -> str:
        for number in range(1, PATIENCE["kill"] + 1):
            kills.rounds(client, self.chance, 1, mutant=mutant)
            if client.judge(self.engine).lost:
                return f"caught by kill {number}"
        return "MISSED"

    def _by_cuts(self, mutant: str, client: Client, drive: cuts.Disk) -> str:
        for number in range(1, PATIENCE["cut"] + 1):
            (verdict,) = cuts.rounds(client, self.engine, drive, self.chance, 1, mutant=mutant)
            if verdict.lost:
                return f"caught by cut {number}"
        return "MISSED"


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@contextmanager
def _running(engine: Engine, schema: Path | None) -> Iterator[None]:
    engine.start()
    try:
        keys.make_missing()
        if schema is None:
            call_command("migrate", verbosity=0, interactive=False)
        else:
            engine.load(schema)
        children.warm()
        yield
    finally:
        connections.close_all()
        engine.stop()
