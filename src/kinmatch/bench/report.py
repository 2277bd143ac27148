"""A run as people read it: false matches first, then what was found, how fast, and whether it was enough."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

COLUMNS = {
    "engine": "engine",
    "what": "names",
    "asked": "asked",
    "absent_over_90": "absent p > .9",
    "relatives_over_90": "relatives p > .9",
    "recall_at_1": "R@1",
    "recall_at_3": "R@3",
    "recall_at_10": "R@10",
    "possible_recall_at_1": "R@1 possible",
    "possible_recall_at_10": "R@10 possible",
    "recall_at_p99": "R@P99",
    "ece": "ECE",
    "brier": "Brier",
    "wrong_over_90": "wrong of p > .9",
    "true_pairs": "true pairs",
    "pairs_told": "pairs told",
    "pair_recall": "pair recall at most",
    "pair_recall_at_p99": "pair recall at P99",
    "p50_ms": "p50 ms",
    "p99_ms": "p99 ms",
    "longest_ms": "longest ms",
    "warm_p50_ms": "p50 ms warm",
    "warm_p99_ms": "p99 ms warm",
    "build_s": "build s",
    "cpu_s": "CPU s",
    "index_mb": "index MB",
    "peak_mb": "peak MB",
    "lists_mb": "of it lists MB",
}
TITLES = {
    "search": "One enquiry at a time",
    "link": "Two lists linked",
    "doubles": "Doubles of one list",
    "published": "Published pairs of spellings, nothing but one name given",
}
EXPLAINED = """\
All people are invented: 70 % of the enquiries have a record, 20 % have none, 10 % ask for a relative or namesake of
somebody recorded. Times are CPU time on one core, measured around each query; PostgreSQL's is that of its server's
process. The engine's caches of words are cleared before every timed query (cold tokens); "warm" are other enquiries put
to it with no clearing, as in a running server. Peers are given names romanised, without marks and cut into parts, and
the date of birth; the time for that is not counted. Slow peers are asked fewer enquiries, the first of the same list.
R@k: recall of the true record in the first k. R@P99: recall at the score where 99 % of the first places are right over
all enquiries, absent people and relatives included. "Possible" is what nobody can surpass on these enquiries: whoever
read every spelling without error would still have to choose between all who bear the name and the facts given. ECE:
expected calibration error. Peak: resident memory of the whole process with the lists as Python holds them.
"""
Rows = Iterable[Sequence[object]]


def markdown(run: dict[str, Any]) -> str:
    """Return the run as Markdown."""
    engines = dict.fromkeys(f"{one['engine']} {one['version']}" for one in run["results"])
    known = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in run["machine"].items())
    lines = [
        f"# Benchmark of {run['date']}, seed {run['seed']}",
        "",
        EXPLAINED,
        f"Machine: {known}.",
        "",
        f"Versions: {'; '.join(engines)}.",
        "",
        *(f"Left out: {name}: {why}." for name, why in run["left_out"].items()),
        "## Figures to reach",
        "",
        *_table(("job", "figure", "to reach", "reached", "verdict"), map(_verdict, run["targets"])),
    ]
    for title, results in _groups(run["results"]).items():
        lines += ["", f"## {title}", "", *_figures(results)]
    lines += ["", *_slices(run["results"])]
    return "\n".join(lines).rstrip() + "\n"


def store(run: dict[str, Any], folder: Path, name: str) -> Path:
    """Write the run as JSON and Markdown; return the Markdown's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page = folder / f"{name}.md"
    page.write_text(markdown(run), encoding="utf-8")
    return page


def _verdict(target: dict[str, Any]) -> tuple[object, ...]:
    reached = "" if target["reached"] is None else f"{target['reached']:g}"
    return target["job"], COLUMNS[target["figure"]], target["limit"], reached, target["words"]


def _groups(results: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in results:
        size = "" if one["section"] == "published" else f": {one['records']:,} records"
        groups.setdefault(TITLES[one["section"]] + size, []).append(one)
    return groups


def _figures(results: list[dict[str, Any]]) -> list[str]:
    names = [name for name in COLUMNS if any(name in one for one in results)]
    rows = [[_figure(one.get(name, "")) for name in names] for one in results]
    return _table([COLUMNS[name] for name in names], rows)


def _slices(results: list[dict[str, Any]]) -> list[str]:
    """The hard enquiries, for the first engine that answered one at a time."""
    sliced = next((one for one in results if one["section"] == "search"), None)
    if sliced is None:
        return []
    rows = [(name, *values) for name, values in sliced["slices"].items()]
    head = f"## Hard enquiries, {sliced['engine']}, {sliced['records']:,} records"
    return [head, "", *_table(("those with a record", "asked", "R@1", "R@10"), rows)]


def _figure(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _table(head: Sequence[str], rows: Rows) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
