"""Measure each engine in a process of its own, print the table, and store it; exit 1 if a figure was not reached."""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.hardship.load import storing

ENGINES = ("sqlite", "postgresql")


def main() -> int:
    """Measure, print, store."""
    asked = _asked()
    print(f"This takes about {storing.estimate(len(asked.engines), asked.seconds):.0f} s.", file=sys.stderr)
    reports = [storing.report(_measured(engine, asked)) for engine in asked.engines]
    text = storing.written(reports, on=datetime.now(UTC).date())
    print(text)
    if asked.store:
        storing.store(reports, text, folder=Path(asked.store))
    return 0 if all(goal.is_met for report in reports for goal in storing.goals(report)) else 1


def _measured(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.hardship.load.run", "--engine", engine, "--seed", str(asked.seed)]
    command += ["--seconds", str(asked.seconds), *(["--folder", asked.folder] if asked.folder else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="load", description=__doc__)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--seconds", type=float, default=6.0, help="how long each sustained load lasts")
    parser.add_argument("--seed", type=int, default=1, help="the same messages again")
    parser.add_argument("--folder", default=None, help="where the disk lies that is worked on")
    parser.add_argument("--store", default="", help="a folder for the table and the figures, such as docs/benchmarks")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
