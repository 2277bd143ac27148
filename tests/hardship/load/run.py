"""One engine's run: an installation of its own, its processes, every stage. Prints the figures as JSON."""

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import django

from tests.hardship.durability.engines import ENGINES

ROOM = ["-c", "max_connections=120"]


def main() -> int:
    """Measure one engine."""
    asked = _asked()
    work = Path(tempfile.mkdtemp(prefix="kinline-load-", dir=asked.folder))
    work.chmod(0o755)  # the server is run by another user
    for name in [name for name in os.environ if name.startswith("KINLINE_")]:
        del os.environ[name]
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    engine = ENGINES[asked.engine](work / "bureau")
    engine.folder.mkdir()
    if engine.name == "postgresql":
        engine.settings = ROOM
    os.environ |= {"KINLINE_DATA": str(work / "var"), "KINLINE_DATABASE_URL": engine.url, "KINLINE_DEMO": "1"}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "kinline.sites.settings", "PYTHONDONTWRITEBYTECODE": ""}
    try:
        django.setup()
        stages = import_module("tests.hardship.load.stages")  # speaks of rows, so only now
        print(json.dumps(asdict(stages.measured(engine, work, seconds=asked.seconds, seed=asked.seed))))
        return 0
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="load", description=__doc__)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="sqlite")
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", default=None, help="where the disk lies that is worked on")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
