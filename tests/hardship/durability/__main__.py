"""Run the proof on one engine and print its figures; exit 1 if anything acknowledged was lost or a fault not caught."""

import argparse
import json
import os
import secrets
import shutil
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import django


def main() -> int:
    """Prepare an installation of its own, prove, and clear away."""
    asked = _asked()
    work = Path(tempfile.mkdtemp(prefix="kinline-proof-", dir=asked.folder))
    work.chmod(0o755)  # the server of the proof is run by another user
    for name in [name for name in os.environ if name.startswith("KINLINE_")]:
        del os.environ[name]
    place = work / ("bureau" if not asked.cuts else "disk/bureau")
    os.environ |= {"KINLINE_DATA": str(work / "var"), "DJANGO_SETTINGS_MODULE": "kinline.sites.settings"}
    engines = import_module("tests.hardship.durability.engines")
    url = engines.ENGINES[asked.engine](place).url
    try:
        return _prove(asked, url, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _prove(asked: argparse.Namespace, url: str, work: Path) -> int:
    os.environ["KINLINE_DATABASE_URL"] = url
    django.setup()
    proof = import_module("tests.hardship.durability.proof")  # speaks of rows, so only now
    wanted = proof.Wanted(rounds=asked.rounds, cuts=asked.cuts, step=asked.step, seed=asked.seed, schema=asked.schema)
    report = proof.prove(asked.engine, wanted, work=work)
    if asked.json:
        print(json.dumps(asdict(report) | {"holds": report.holds}, indent=2))
    else:
        for name, value in asdict(report).items():
            print(f"{name.replace('_', ' '):<18} {_shown(value)}")
        print("HOLDS" if report.holds else "DOES NOT HOLD")
    return 0 if report.holds else 1


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {found}" for name, found in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="durability", description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=1000, help="random kills of taker and sender")
    parser.add_argument("--cuts", type=int, default=200, help="cuts of power; 0 for none")
    parser.add_argument("--step", type=int, default=1, help="strike at every so-manieth call to the system")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="the same chances again")
    parser.add_argument("--folder", default=None, help="where the disk lies that is worked on")
    parser.add_argument("--schema", type=Path, default=None, help="a dump of the tables, instead of migrating")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
