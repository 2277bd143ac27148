"""The compiled parts of the engine, made ready where somebody may wait: in the worker and at installation.

Compiling takes half a minute on a slow machine; what was compiled is kept on disk, so no page ever waits for it.
"""

from collections.abc import Callable

from kinmatch import warming

Progress = Callable[[int, int], None]


def no_progress(done: int, whole: int) -> None:
    """Say nothing."""


def warm(progress: Progress = no_progress) -> None:
    """Compile what this version of the engine compiles, unless that was done before."""
    if not warming.ready():
        warming.warm(progress)
