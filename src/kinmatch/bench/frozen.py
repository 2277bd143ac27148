"""Frozen runs: the figures of a bench run as a small TOML file, and set beside the last one."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

NAMES = {
    "absent_over_90": "absent people given more than .9 (at most .01)",
    "relatives_over_90": "relatives and namesakes given more than .9 (at most .04)",
    "recall_at_1": "recall at 1",
    "recall_at_10": "recall at 10",
    "recall_at_p99": "recall where 99 % of first places are right",
    "ece": "expected calibration error",
    "p50_ms": "half of the queries within, ms CPU",
    "p99_ms": "99 % of the queries within, ms CPU",
    "build_s": "building, s CPU",
    "likely_same_ms": "strict check of an imported row, ms CPU",
}


def last() -> dict[str, Any]:
    """Return the frozen run that comes with the package."""
    return tomllib.loads((files("kinmatch.bench") / "run.toml").read_text(encoding="utf-8"))


def report(figures: dict[str, Any]) -> str:
    """Return the figures beside those of the frozen run, for a terminal."""
    before = last()
    head = f"{figures['records']} invented records, {figures['enquiries']} enquiries, seed {figures['seed']}"
    rows = [f"{words:60} {figures[name]:>9} {before.get(name, ''):>9}" for name, words in NAMES.items()]
    hard = [f"{name:20} {count:>6} {at_1:>8} {at_10:>8}" for name, (count, at_1, at_10) in figures["slices"].items()]
    return "\n".join(
        [
            head,
            f"{'':60} {'now':>9} {'frozen':>9}",
            *rows,
            "",
            f"{'slice':20} {'asked':>6} {'R@1':>8} {'R@10':>8}",
            *hard,
        ]
    )


def write(figures: dict[str, Any], path: Path) -> None:
    """Write the figures to ``path`` as TOML."""
    lines = [f"{name} = {_value(value)}" for name, value in figures.items() if name != "slices"]
    lines += ["", "# number of enquiries with a record, recall at 1, recall at 10", "[slices]"]
    lines += [f'"{name}" = {values}' for name, values in figures["slices"].items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _value(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
