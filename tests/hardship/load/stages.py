"""The stages of one engine's run: the core, the door, the floods, the chat; and the search for addresses at the end."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, connections

from kinline.demo.bot_api.server import serving
from kinline.sites import upkeep
from tests.hardship.durability.engines import Engine, fsyncs_a_second
from tests.hardship.load import bringing, chat, figures, floods, mail, served, taking, traces
from tests.hardship.load.figures import Report, Times

SOURCES = 1000
FIRST = {"warm": 1, figures.WEBHOOK: 10**6, figures.BURST: 2 * 10**6, "sources": 3 * 10**6}
KEPT = "SELECT external_id FROM intake_item WHERE external_id LIKE 'load:%'"


def measured(engine: Engine, work: Path, *, seconds: float, seed: int) -> Report:
    """Every stage, the quiet ones first."""
    begun = time.monotonic()
    with _running(engine):
        report = Report(engine.name, _library(), seed, fsyncs_a_second=fsyncs_a_second(engine.folder))
        stages = _Stages(engine, report, work, seconds)
        for stage in (stages.core, stages.door, stages.site, stages.answers, stages.addresses):
            since = time.monotonic()
            stage()
            connections.close_all()
            print(f"{engine.name}: {stage.__name__} took {time.monotonic() - since:.0f} s", file=sys.stderr, flush=True)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    report.cpu_seconds = round(sum(each.ru_utime + each.ru_stime for each in used), 1)
    report.seconds = round(time.monotonic() - begun, 1)
    return report


@dataclass
class _Stages:
    engine: Engine
    report: Report
    work: Path
    seconds: float

    def __post_init__(self) -> None:
        self.logs = self.work / "logs"
        self.logs.mkdir()

    def core(self) -> None:
        """The durable core by itself."""
        seed, seconds = self.report.seed, self.seconds
        for place, callers in enumerate(taking.CALLERS):
            named = f"{callers} caller{'s' if callers > 1 else ''}"
            self.report.taking[named] = taking.sustained(callers, seconds=seconds, seed=seed + place)
        alone = taking.sustained(taking.ALONE, seconds=seconds, seed=seed + 10, is_together=False)
        self.report.taking[f"{taking.ALONE} callers, each alone"] = alone

    def door(self) -> None:
        """Through gunicorn, as Telegram brings updates; and from a thousand addresses."""
        with served.door(self.logs / "door") as port:
            bringing.sustained(port, seconds=0.5, first=FIRST["warm"])
            times, said = bringing.sustained(port, seconds=2 * self.seconds, first=FIRST[figures.WEBHOOK])
            self._note(figures.WEBHOOK, times, lost=len(said - _kept()))
            times, said = bringing.burst(port, first=FIRST[figures.BURST])
            brought = set(range(FIRST[figures.BURST], FIRST[figures.BURST] + bringing.BURST))
            self._note(figures.BURST, times, lost=len(brought - _kept()), refused=len(brought - said))
            for number, source in enumerate(traces.sources(SOURCES), start=FIRST["sources"]):
                self.report.sources += bringing.bring(port, bringing.update(number), source=source)

    def site(self) -> None:
        """A family asks while others flood the families' site."""
        with served.site(self.logs / "site", answers="/en/") as port:
            self._ask("enquiry on a quiet site", port)
            with floods.slow_clients(port):
                self._ask(figures.SLOW, port)
            with floods.bad_codes(port, seed=self.report.seed) as answers:
                self._ask(figures.CODES, port)
            self.report.answered_codes = {str(status): answers.count(status) for status in sorted(set(answers))}
            for source in traces.sources(SOURCES)[::10]:
                floods.guess(port, source=source)

    def answers(self) -> None:
        """Families' words are answered, on Telegram and by mail."""
        with connection.cursor() as cursor:  # what the load brought would stand before the families
            cursor.execute("UPDATE intake_item SET state = 'read' WHERE state = 'waiting'")
        with serving(chat.TOKEN, clock=time.time) as (servers, api), mail.standing() as post_office:
            named = {"KINLINE_TELEGRAM_TOKEN": chat.TOKEN, "KINLINE_TELEGRAM_API": api} | post_office.settings
            with served.worker(self.logs / "worker", **named):
                times, unanswered = chat.acknowledged(servers, seconds=self.seconds)
                self._note(figures.CHAT, times, lost=unanswered)
                times, unanswered = mail.acknowledged(post_office, seconds=self.seconds)
                self._note(figures.MAIL, times, lost=unanswered)

    def addresses(self) -> None:
        """No address is in a table or a log."""
        self.report.traces = traces.found(self.engine, folders=[self.logs, self.work / "var"])

    def _ask(self, name: str, port: int) -> None:
        times, family = floods.ask(f"http://127.0.0.1:{port}", seconds=self.seconds)
        self._note(name, times, refused=family.refused + (not family.enquiries))

    def _note(self, name: str, times: Times, *, lost: int | None = None, refused: int | None = None) -> None:
        self.report.serving[name] = times
        for counts, count in ((self.report.lost, lost), (self.report.refused, refused)):
            if count is not None:
                counts[name] = count


@contextmanager
def _running(engine: Engine) -> Iterator[None]:
    engine.start()
    try:
        for _sentence in upkeep.migrate():
            continue
        yield
    finally:
        connections.close_all()
        engine.stop()


def _kept() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return {int(name.partition(":")[2]) for (name,) in cursor.fetchall()}


def _library() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return str(cursor.fetchone()[0])
