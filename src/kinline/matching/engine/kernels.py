"""The compiled parts of the engine, made ready where somebody may wait: in the worker and at installation.

Compiling takes half a minute on a slow machine; what was compiled is kept on disk, so no page ever waits for it.
"""

from collections.abc import Callable
from importlib import import_module

Progress = Callable[[int, int], None]


def no_progress(done: int, whole: int) -> None:
    """Say nothing."""


def warm(progress: Progress = no_progress) -> None:
    """Compile what this version of the engine compiles, unless that was done before."""
    # The compiler comes with it, which takes a second: no process but the one that compiles shall wait for that.
    warming = import_module("kinmatch.warming")
    if not warming.ready():
        warming.warm(progress)
