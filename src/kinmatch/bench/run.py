"""A whole run: every engine at every job, one after the other, each in a process of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kinmatch.bench import jobs, machine, published
from kinmatch.bench.peers import OWN, LeftOut, engine_class, find
from kinmatch.bench.targets import verdicts

BATCH = 100_000  # enquiries linked at once, and records of the smaller linkage
TEN_MILLION = 10_000_000
MILLION = 1_000_000
INVENTING_S = 15  # seconds to invent a million records, romanise them, and open a process
Say = Callable[[str], None]
Name = tuple[str, str]


@dataclass(frozen=True)
class Plan:
    """What to measure.

    ``peers`` are names of files in bench/peers; this project's engine always takes part. ``lists`` is a folder with
    published pairs of spellings, if the machine has one.
    """

    records: int
    enquiries: int
    seed: int
    peers: list[str]
    batch: bool = False
    dedupe: bool = False
    ten_million: bool = False
    lists: Path | None = None


@dataclass(frozen=True)
class Step:
    """One engine at one job."""

    section: str
    job: Callable[..., dict[str, Any]]
    name: Name
    arguments: tuple[int, ...]
    seconds: float  # of CPU, reckoned beforehand

    @property
    def words(self) -> str:
        """What is measured, for a line of progress."""
        size = " x ".join(f"{number:,}" for number in self.arguments[:-1][:: -1 if self.section == "search" else 1])
        return f"{self.section} {size}: {engine_class(self.name).NAME}"


def steps(plan: Plan) -> tuple[list[Step], dict[str, str]]:
    """Return what will be run, and what is left out: names and reasons."""
    found = find([OWN, *plan.peers])
    return [*_searches(plan, found.searchers), *_lists(plan, found.linkers)], found.left_out


def _searches(plan: Plan, searchers: list[Name]) -> Iterator[Step]:
    for name in searchers:
        yield _search(name, plan.records, plan.enquiries, plan.seed)
    if plan.ten_million:
        yield _search(searchers[0], TEN_MILLION, plan.enquiries, plan.seed)


def _search(name: Name, records: int, asked: int, seed: int) -> Step:
    kind, millions = engine_class(name), records / MILLION
    count = jobs.how_many(kind, records, asked) * (2 if name[0] == OWN else 1)
    seconds = millions * (INVENTING_S + kind.BUILD_S) + count * kind.QUERY_MS / 1000 * max(millions, 0.1)
    return Step("search", jobs.search, name, (records, asked, seed), seconds)


def _lists(plan: Plan, linkers: list[Name]) -> Iterator[Step]:
    asked, millions = min(BATCH, plan.records), plan.records / MILLION
    for name in linkers if plan.batch else ():
        for records in sorted({asked, plan.records}):
            seconds = records / MILLION * INVENTING_S + engine_class(name).LINK_S * max(0.15, records / MILLION)
            yield Step("link", jobs.link, name, (asked, records, plan.seed), seconds)
    for name in linkers if plan.dedupe else ():
        seconds = millions * INVENTING_S + engine_class(name).DOUBLES_S * millions
        yield Step("doubles", jobs.doubles, name, (plan.records, plan.seed), seconds)


def run(plan: Plan, *, on: str, say: Say) -> Iterator[dict[str, Any]]:
    """Measure everything planned; yield after each step the figures so far, verdicts, and what they were measured on.

    Args:
        plan: what to measure.
        on: the day, YYYY-MM-DD.
        say: is told beforehand how long it takes, and each step.
    """
    planned, left_out = steps(plan)
    say(f"{len(planned)} steps, about {_minutes(sum(step.seconds for step in planned))} on a quiet machine")
    for name, why in left_out.items():
        say(f"left out: {name}: {why}")
    results: list[dict[str, Any]] = []
    for number, step in enumerate(planned, 1):
        say(f"[{number}/{len(planned)}] {step.words} (about {_minutes(step.seconds)})")
        try:
            results.append({"section": step.section} | jobs.apart(step.job, step.name, *step.arguments))
        except LeftOut as reason:
            left_out[engine_class(step.name).NAME] = str(reason)
        except BrokenProcessPool:
            left_out[step.words] = "its process died, as it does when memory runs out"
        except Exception as error:  # noqa: BLE001 - an hour of the others' figures is not lost for one that fails
            left_out[step.words] = f"it failed: {str(error).splitlines()[0][:160] or type(error).__name__}"
            say(f"left out: {step.words}: {left_out[step.words]}")
        yield _so_far(plan, on, left_out, results)
    results += _published(plan.lists, left_out, say)
    yield _so_far(plan, on, left_out, results)


def _so_far(plan: Plan, on: str, left_out: dict[str, str], results: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "date": on,
        "seed": plan.seed,
        "machine": machine.described(),
        "left_out": left_out,
        "targets": [vars(verdict) | {"words": verdict.words} for verdict in verdicts(results)],
        "results": results,
    }


def _published(folder: Path | None, left_out: dict[str, str], say: Say) -> list[dict[str, Any]]:
    if folder is None:
        return []
    if why := published.missing(folder):
        left_out["published pairs of names"] = why
        return []
    say("published pairs of names (about 30 s)")
    return list(jobs.apart(published.measure, str(folder)))


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
