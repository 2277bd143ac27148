"""The figures as a table for people and as JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from kinmatch.bench.machine import described
from tests.hardship.load.figures import Report, Times, goals

FIXED_SECONDS, A_SECOND = 45, 11
__all__ = ["estimate", "goals", "report", "store", "written"]

_HEAD = """# Load, {on}

`make load` on one machine: the client that brings the load runs on the same cores. "Callers" bring post to the durable
core itself (`intake.take`), each the next message when the one before is committed; "each alone" is the same without
sharing commits. "Webhook" is Telegram's door behind gunicorn, with the arguments of `kinline up`; "enquiry" are the pages
of a family's whole enquiry on the families' site, one after another. Acknowledged is from the family's word to the
bureau's first word, ten families writing each second. Nothing can be taken more often than the disk is forced, but for
what shares a commit. All people are invented.

Machine: {machine}.
"""


def estimate(engines: int, seconds: float) -> float:
    """Roughly how many seconds the whole run takes."""
    return engines * (FIXED_SECONDS + A_SECOND * seconds)


def report(plain: dict[str, Any]) -> Report:
    """The report that a run printed."""
    timed = {name: {each: Times(**times) for each, times in plain[name].items()} for name in ("taking", "serving")}
    return Report(**plain | timed)


def store(reports: Sequence[Report], text: str, *, folder: Path) -> None:
    """Write both forms."""
    told = {"machine": described(), "engines": [asdict(each) | {"goals": _plain(each)} for each in reports]}
    (folder / "load.json").write_text(json.dumps(told, indent=2) + "\n")
    (folder / "load.md").write_text(text)


def _plain(one: Report) -> list[dict[str, Any]]:
    return [{"says": goal.says, "reached": goal.reached, "met": goal.is_met} for goal in goals(one)]


def written(reports: Sequence[Report], *, on: date) -> str:
    """The whole page."""
    named = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in described().items())
    return "\n".join([_HEAD.format(on=on, machine=named), *(line for each in reports for line in _lines(each))])


def _lines(one: Report) -> Iterator[str]:
    yield f"## {one.engine} {one.library}\n"
    yield f"This disk is forced {one.fsyncs_a_second:,} times a second. Seed {one.seed}; {one.seconds:.0f} s, of which"
    yield f"{one.cpu_seconds:.0f} s of the processor.\n"
    yield "| load | count | a second | p50 ms | p99 ms | longest ms | lost | refused |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, times in (one.taking | one.serving).items():
        figures = f"{times.count:,} | {times.a_second:,} | {times.p50_ms:,} | {times.p99_ms:,} | {times.longest_ms:,}"
        yield f"| {name} | {figures} | {one.lost.get(name, '')} | {one.refused.get(name, '')} |"
    codes = ", ".join(f"{count:,} with {status}" for status, count in one.answered_codes.items())
    yield f"\nBad codes were answered: {codes or 'none tried'}. Post from {one.sources:,} addresses was taken; an address"
    yield f"stands in: {', '.join(one.traces) or 'nothing'}.\n"
    yield "| figure to reach | reached | verdict |"
    yield "|---|---|---|"
    for goal in goals(one):
        yield f"| {goal.says} | {goal.reached:,} | {goal.verdict} |"
    yield ""
