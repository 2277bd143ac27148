"""Compiling beforehand: every compiled pass is run once on a registry of three, and the result is kept on disk."""

import json
import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from platform import machine, python_version

from llvmlite import binding

from kinmatch import kernels
from kinmatch.batch import doubles, link
from kinmatch.index import Index
from kinmatch.person import Person

Progress = Callable[[int, int], None]
STAMP = "compiled.json"
PERSONS = (
    Person(
        "1", surname="Коваль", given="Андрій", patronymic="Петрович", birth_date="1985-07-22", service_number="АА123456"
    ),
    Person("2", surname="Ковалёв", given="Андрей", birth_date="1986~", birth_place="Харьков", unit="93 бригада"),
    Person("3", full_name="Bondar Olena", sex="f", father="Іван", mother_maiden="Ткач"),
)


def _silent(done: int, whole: int) -> None:
    """Nobody watches."""


def warm(progress: Progress = _silent) -> None:
    """Compile whatever is not compiled yet for this machine; a second call takes a moment.

    Args:
        progress: called with the number of steps done and of all steps.
    """
    steps = list(_steps())
    for done, step in enumerate(steps):
        progress(done, len(steps))
        step()
    _stamp_path().parent.mkdir(parents=True, exist_ok=True)
    for old in _stamp_path().parent.parent.glob(f"*/{STAMP}"):
        if old != _stamp_path():
            shutil.rmtree(old.parent, ignore_errors=True)
    _stamp_path().write_text(json.dumps(_stamp()), encoding="utf-8")
    progress(len(steps), len(steps))


def ready() -> bool:
    """Return whether everything is compiled for this machine, so that a first query is answered at once."""
    try:
        return bool(json.loads(_stamp_path().read_text(encoding="utf-8")) == _stamp())
    except (OSError, ValueError):
        return False


def _steps() -> Iterator[Callable[[], object]]:
    one = Index.build(PERSONS)
    several = Index.build(PERSONS[:2])
    several.add(PERSONS[2:])
    yield lambda: one.search(PERSONS[0])
    yield lambda: several.search(PERSONS[1])
    yield lambda: several.why_not(PERSONS[1], "1")
    yield lambda: list(link(PERSONS, one))
    yield lambda: list(doubles(PERSONS))


def _stamp_path() -> Path:
    return kernels.machine_code() / STAMP


def _stamp() -> dict[str, str]:
    """What the machine code depends on beside its source."""
    return {
        "numba": version("numba"),
        "python": python_version(),
        "processor": f"{machine()} {binding.get_host_cpu_name()}",
    }
