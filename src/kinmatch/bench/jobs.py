"""One engine measured at one job, in a process of its own: the lists are invented there anew from the seed.

Times are CPU time of the process, or of the engine's server.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kinmatch.bench import bound, machine, quality
from kinmatch.bench.doubled import doubled
from kinmatch.bench.generate import Enquiries, Registry, enquiries, registry
from kinmatch.bench.peers import OWN, Searcher, engine_class
from kinmatch.bench.plain import Side
from kinmatch.bench.quality import NOWHERE, Outcomes

Result = dict[str, Any]
FIRST = 20  # questions asked before the clock runs: programs are compiled, files mapped
RECKONED_AT = 1_000_000  # records at which an engine's MOST holds
Name = tuple[str, str]
Answer = TypeVar("Answer")


def apart(job: Callable[..., Answer], *arguments: Any) -> Answer:
    """Run one job in a fresh process and return its figures.

    Raises:
        LeftOut: the engine cannot take part.
        BrokenProcessPool: the process died, as it does when memory runs out.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(job, *arguments).result()


def search(name: Name, records: int, asked: int, seed: int) -> Result:
    """Build an index of ``records`` and put ``asked`` enquiries to it, fewer where the engine is slow."""
    made = engine_class(name)()
    try:
        return _search(made, name[0] == OWN, records, asked, seed)
    finally:
        made.close()


def how_many(engine: Searcher | type[Searcher], records: int, asked: int) -> int:
    """Return how many of ``asked`` enquiries are put to an engine: to a slow one fewer."""
    return min(asked, int(engine.MOST * max(1.0, RECKONED_AT / records)))


def _search(made: Searcher, own: bool, records: int, asked: int, seed: int) -> Result:
    count = how_many(made, records, asked)
    known, questions = _lists(records, count + FIRST + (count if own else 0), seed)
    sides = Side(known.table), Side(questions.table)
    if not own:
        _ = sides[0].plain, sides[1].plain
    build = _build(made, sides[0])
    rows = np.arange(count)
    _answered(made, sides[1], range(count, count + FIRST), cold=False)
    outcomes, spent = _outcomes(made, sides[1], questions, rows, cold=own)
    found = build | quality.figures(outcomes, questions, probabilities=made.PROBABILITIES) | quality.times(spent)
    if own:
        _warm, spent = _outcomes(made, sides[1], questions, rows + count + FIRST, cold=False)
        found |= {f"warm_{name}": value for name, value in quality.times(spent).items()}
        found |= {f"possible_{name}": value for name, value in bound.possible(known, questions, most=count).items()}
    found |= {"peak_mb": machine.peak_mb(made.server), "slices": quality.slices(outcomes, questions)}
    return {"engine": made.NAME, "version": made.version(), "records": records, "asked": count} | found


def _lists(records: int, asked: int, seed: int) -> tuple[Registry, Enquiries]:
    known = registry(records, seed)
    return known, enquiries(known, asked, seed + 1)


def _build(made: Searcher, records: Side) -> Result:
    machine.forget_peak()
    before, start = machine.resident_mb(), machine.nanoseconds(made.server)
    made.build(records)
    spent = machine.nanoseconds(made.server) - start
    return {"build_s": round(spent / 1e9, 2), "lists_mb": before, "index_mb": round(made.size() / 1e6, 1)}


def _answered(
    made: Searcher, asked: Side, rows: Iterable[int], *, cold: bool
) -> tuple[list[list[tuple[str, float]]], NDArray[np.int64]]:
    """The answers, and the CPU time of each. Cold: all the engine remembers of earlier words is cleared before each."""
    answers, spent = [], []
    for row in rows:
        question = made.question(asked, row)
        if cold:
            machine.forget_tokens()
        start = machine.nanoseconds(made.server)
        answer = made.search(question)
        spent.append(machine.nanoseconds(made.server) - start)
        answers.append(answer)
    return answers, np.array(spent, dtype=np.int64)


def _outcomes(
    made: Searcher, asked: Side, questions: Enquiries, rows: NDArray[np.int64], *, cold: bool
) -> tuple[Outcomes, NDArray[np.int64]]:
    answers, spent = _answered(made, asked, rows.tolist(), cold=cold)
    wanted = [f"r{row}" for row in questions.record[rows].tolist()]
    ids = [[record for record, _score in answer] for answer in answers]
    place = [found.index(record) + 1 if record in found else 0 for record, found in zip(wanted, ids, strict=True)]
    score = [answer[0][1] if answer else NOWHERE for answer in answers]
    return Outcomes(np.array(place, dtype=np.int32), np.array(score)), spent


def link(name: Name, asked: int, records: int, seed: int) -> Result:
    """Link ``asked`` enquiries with ``records``; the time holds training, building and telling."""
    made = engine_class(name)()
    known, questions = _lists(records, asked, seed)
    sides = Side(questions.table), Side(known.table)
    told, spent = _told(name, sides, lambda: made.link(*sides))
    ranked: dict[str, list[tuple[str, float]]] = {}
    for query, record, worth in told:
        ranked.setdefault(query, []).append((record, worth))
    place, score = np.zeros(asked, dtype=np.int32), np.full(asked, NOWHERE)
    for row, truth in enumerate(questions.record.tolist()):
        answer = ranked.get(f"q{row}", [])
        score[row] = answer[0][1] if answer else NOWHERE
        place[row] = next((at for at, (record, _score) in enumerate(answer, 1) if record == f"r{truth}"), 0)
    outcomes = Outcomes(place, score)
    found = spent | quality.figures(outcomes, questions, probabilities=made.PROBABILITIES)
    found["recall_at_3"] = found.pop("recall_at_10")
    found["slices"] = quality.slices(outcomes, questions)
    return {"engine": made.NAME, "version": made.version(), "asked": asked, "records": records} | found


def doubles(name: Name, records: int, seed: int) -> Result:
    """Find the doubles of a list of ``records``."""
    made = engine_class(name)()
    made_up = doubled(records, seed)
    side = Side(made_up.table)
    told, spent = _told(name, (side,), lambda: made.doubles(side))
    rows = np.array([(int(one[1:]), int(other[1:])) for one, other, _worth in told], dtype=np.int64).reshape(-1, 2)
    pairs = rows.min(axis=1) * records + rows.max(axis=1)
    truth = made_up.pairs[:, 0].astype(np.int64) * records + made_up.pairs[:, 1]
    found = spent | quality.pair_figures(pairs, np.array([worth for _one, _other, worth in told]), truth)
    return {"engine": made.NAME, "version": made.version(), "records": records, "true_pairs": len(truth)} | found


def _told(
    name: Name, sides: tuple[Side, ...], tell: Callable[[], Iterable[tuple[str, str, float]]]
) -> tuple[list[tuple[str, str, float]], Result]:
    """All that the engine tells, with CPU time and memory."""
    if name[0] != OWN:
        _ = [side.plain for side in sides]
    machine.forget_peak()
    before, start = machine.resident_mb(), machine.nanoseconds(0)
    told = list(tell())
    spent = round((machine.nanoseconds(0) - start) / 1e9, 1)
    return told, {"cpu_s": spent, "lists_mb": before, "peak_mb": machine.peak_mb()}
