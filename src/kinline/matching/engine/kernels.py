"""The compiled parts of the engine, made ready where somebody may wait: in the worker and at installation.

Compiling takes half a minute on a slow machine; what was compiled is kept on disk, so no page ever waits for it.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

KERNELS = "kinmatch.kernels"
Progress = Callable[[int, int], None]


def no_progress(done: int, whole: int) -> None:
    """Say nothing."""


def warm(progress: Progress = no_progress) -> None:
    """Compile what this version of the engine compiles, if anything, unless that was done before."""
    if find_spec(KERNELS) is None:
        return
    compiled = import_module(KERNELS)
    if hasattr(compiled, "warm"):
        compiled.warm(progress)
