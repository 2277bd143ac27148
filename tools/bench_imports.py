"""What checking a register costs, beside what only reading its cells costs, in one run.

An invented register of 12 columns is checked with ``kinline registry import --dry-run`` in a data folder of its own.
Processor time is compared, because it means the same on a busy machine.

    python -m tools.bench_imports                       50,000 rows, nobody in the register
    python -m tools.bench_imports --registry 20000      the same, and 20,000 persons to compare with
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kinline.demo import people
from kinline.tables.writing import Line, write_xlsx

HEADINGS = (
    *("№ з/п", "Прізвище", "Ім'я", "По батькові", "Дата народження", "Звання", "В/ч", "Особистий номер"),
    *("Місце народження", "Дата полону", "Стать", "Примітка"),
)
SEED = 7
MOST_SECONDS, MOST_MEGABYTES = 60, 500
READ = (
    "import python_calamine as c, sys; sum(1 for _ in c.load_workbook(sys.argv[1]).get_sheet_by_index(0).iter_rows())"
)
KINLINE = (sys.executable, "-m", "kinline.sites.cli")


def main() -> int:
    """Measure and print; 1 where the check takes more than its time or its memory."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=50_000)
    asked.add_argument("--registry", type=int, default=0)
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_xlsx(path, HEADINGS, _lines(wanted.rows))
        environment = os.environ | {"KINLINE_DATA": f"{folder}/data", "KINLINE_DEMO": "1"}
        _run((*KINLINE, "migrate"), environment)
        if wanted.registry:
            _run((*KINLINE, "demo", "load", "--persons", str(wanted.registry), "--enquiries", "0"), environment)
        read, _ = _run((sys.executable, "-c", READ, str(path)), environment)
        check, memory = _run((*KINLINE, "registry", "import", str(path), "--dry-run", "--json"), environment)
    print(f"{wanted.rows:,} rows of 12 columns, {wanted.registry:,} persons in the register")
    print(f"reading the cells alone (python-calamine)  {read:6.1f} s CPU")
    print(f"checking the register                      {check:6.1f} s CPU, {memory:.0f} MB")
    print(f"the check is {check / read:.1f} times the reading")
    return int(check > MOST_SECONDS or memory > MOST_MEGABYTES)


def _lines(count: int) -> Iterator[Line]:
    for number, one in enumerate(people.people(on=date(2026, 1, 1), seed=SEED, count=count), start=1):
        name = one.names[0]
        rank = one.rank.name.uk if one.rank else ""
        captured = one.events[0].on if one.events else None
        parts = (name.surname, name.given, name.patronymic)
        yield Line(
            (number, *parts, one.born, rank, one.unit, one.service_number, one.birth_place, captured, one.truth.sex, "")
        )


def _run(command: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """Processor seconds and megabytes that the command took. 6 says that some rows have problems, as they should."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:
        _pid, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode not in {0, 6}:
        raise SystemExit(f"{' '.join(command)} ended with {started.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
