"""How far a long command is: on a terminal one line that changes, otherwise a line every ten seconds and at the end."""

import sys
import time
from typing import TextIO

EVERY_S = {True: 0.2, False: 10.0}  # on a terminal, and elsewhere


class Progress:
    """Says to ``out`` (standard error) how many are done, how many a second, and how long it still takes.

    ``begun`` are those an earlier run had done. Call it with the number done and the number of all, 0 for unknown.
    """

    def __init__(self, words: str, *, begun: int = 0, out: TextIO | None = None) -> None:
        self._words = words
        self._begun = begun
        self._out = out or sys.stderr
        self._terminal = self._out.isatty()
        self._start = time.monotonic()
        self._last = self._start - (EVERY_S[True] if self._terminal else 0.0)
        self._done = begun
        self._said = ""

    def __call__(self, done: int, whole: int = 0) -> None:
        """Say it, if it is time to."""
        self._done = done
        at = time.monotonic()
        if at - self._last >= EVERY_S[self._terminal]:
            self._last = at
            self._say(said_of(self._words, done, whole, (done - self._begun) / max(at - self._start, 1e-3)))

    def end(self) -> None:
        """Say how many there were."""
        rate = (self._done - self._begun) / max(time.monotonic() - self._start, 1e-3)
        self._say(said_of(self._words, self._done, 0, rate))
        if self._terminal:
            self._out.write("\n")

    def _say(self, words: str) -> None:
        if self._terminal:
            self._out.write(f"\r{words.ljust(len(self._said))}")
        else:
            self._out.write(f"{words}\n")
        self._said = words
        self._out.flush()


def said_of(words: str, done: int, whole: int, rate: float) -> str:
    """Return the line.

    >>> said_of("persons sought", 20_000, 100_000, 4_000.0)
    'persons sought: 20,000 of 100,000, 4,000 a second, 20 s left'
    """
    of = f" of {whole:,}" if whole else ""
    speed = f", {rate:,.0f} a second" if rate >= 1 else ""
    left = f", {_time((whole - done) / rate)} left" if whole > done and rate > 0 else ""
    return f"{words}: {done:,}{of}{speed}{left}"


def _time(seconds: float) -> str:
    return (
        f"{seconds:.0f} s"
        if seconds < 90
        else f"{seconds / 60:.0f} min"
        if seconds < 5400
        else f"{seconds / 3600:.1f} h"
    )
