"""Compiling beforehand: every compiled pass is run once on a registry of three, and the result is kept on disk.

numba's own modules are compiled too, to byte code: where Python keeps none, reading them costs every start two seconds.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from compileall import compile_dir
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules
from platform import machine, python_version

import llvmlite
import numba
from llvmlite import binding
from numba.core import event
from numba.core.dispatcher import Dispatcher

from kinmatch import kernels
from kinmatch.batch import doubles, link
from kinmatch.index import Index
from kinmatch.person import Person

Progress = Callable[[int, int], None]
STAMP = "compiled.json"
NEVER_READ = re.compile(r"/(tests|cuda)/")  # parts of numba that no search reads
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
        progress: called with the number of loops compiled and of all loops.
    """
    loops = _loops()
    progress(0, len(loops))
    with event.install_listener("numba:compile", _Counting(progress, loops)):
        for step in _steps():
            step()
    for package in (llvmlite, numba):
        compile_dir(Path(package.__path__[0]), quiet=2, rx=NEVER_READ)
    _stamp_path().parent.mkdir(parents=True, exist_ok=True)
    for old in _stamp_path().parent.parent.glob(f"*/{STAMP}"):
        if old != _stamp_path():
            shutil.rmtree(old.parent, ignore_errors=True)
    _stamp_path().write_text(json.dumps(_stamp()), encoding="utf-8")
    progress(len(loops), len(loops))


class _Counting(event.Listener):
    """Counts the loops as they are compiled, the last one being for the caller to tell."""

    def __init__(self, progress: Progress, loops: set[int]) -> None:
        self._progress = progress
        self._left = set(loops)
        self._whole = len(loops)

    def on_start(self, _event: event.Event) -> None:
        """Nothing to tell yet."""

    def on_end(self, event: event.Event) -> None:
        """Tell that one more is done; what numba compiles of its own is not counted."""
        self._left.discard(id(event.data["dispatcher"]))
        self._progress(self._whole - max(len(self._left), 1), self._whole)


def _loops() -> set[int]:
    """Which loops there are to compile."""
    modules = [import_module(f"{kernels.__name__}.{found.name}") for found in iter_modules(kernels.__path__)]
    return {id(one) for module in modules for one in vars(module).values() if isinstance(one, Dispatcher)}


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
