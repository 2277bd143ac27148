"""Output that an interruption does not cost: written piece by piece beside its place, and put there when it is whole.

Beside OUT stand ``OUT.unfinished``, the pieces that are finished, and ``OUT.unfinished.json``, what they were made of
and how far they go. The same command goes on from there; what a crash left of a piece that was not finished is cut off.
"""

import fcntl
import json
import os
from collections.abc import Callable, Mapping
from hashlib import file_digest
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Say = Callable[[str], None]
FORM = 1


class CannotGoOn(ValueError):  # noqa: N818 - said as the desk says it
    """What an earlier run left does not belong to this command; the message says why."""


def digest_of(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file, and how many lines it has."""
    with path.open("rb") as file:
        found = file_digest(file, "sha256").hexdigest()
        file.seek(0)
        return found, sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


class Unfinished:
    """The output of one command while it is made.

    Args:
        path: where it will stand.
        made_of: what it is made of: a name in words, and a digest or an option.
        head: what it begins with.
        restart: throw away what an earlier run left.
        say: is told when it goes on, and when it is interrupted.

    Raises (on entering):
        CannotGoOn: an earlier run left something that was made of something else, or another run is at it.
    """

    def __init__(self, path: Path, made_of: Mapping[str, str], *, head: str, restart: bool, say: Say) -> None:
        self.path = path
        self.work = path.with_name(path.name + ".unfinished")
        self.noted = path.with_name(path.name + ".unfinished.json")
        self.done = 0
        self._made_of = dict(made_of)
        self._head = head
        self._restart = restart
        self._say = say

    def __enter__(self) -> Self:
        known = None if self._restart else self._read_state()
        self._file = self.work.open("r+b" if self.work.exists() else "w+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._go_on(known) if known else self._begin()
        except BlockingIOError as error:
            self._file.close()
            raise CannotGoOn(f"Another run is writing {self.work}; wait for it, or name another output.") from error
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if kind is not None and self.done:
            self._say(f"{self.done:,} are done and kept in {self.work}; the same command goes on from there.")
        elif kind is not None:
            self._sweep()

    def keep(self, text: str, done: int) -> None:
        """Keep a finished piece; from now on ``done`` of the list are done."""
        self._write(text)
        os.fsync(self._file.fileno())
        self._write_state(done)
        self.done = done

    def finish(self, put: Callable[[Path, Path], None] | None = None) -> None:
        """Put the whole output in its place: as it is, or as ``put(work, fresh)`` writes it anew."""
        if put is None:
            self.work.replace(self.path)
        else:
            fresh = self.path.with_name(f".{self.path.name}-{os.getpid()}")
            try:
                put(self.work, fresh)
                fresh.replace(self.path)
            finally:
                fresh.unlink(missing_ok=True)
        self._sweep()

    def _sweep(self) -> None:
        self.noted.unlink(missing_ok=True)
        self.work.unlink(missing_ok=True)

    def _begin(self) -> None:
        self.noted.unlink(missing_ok=True)
        self._file.truncate(0)
        self._write(self._head)

    def _write(self, text: str) -> None:
        left = memoryview(text.encode("utf-8", "surrogatepass"))
        while left:
            left = left[self._file.write(left) :]

    def _go_on(self, known: dict[str, Any]) -> None:
        if os.fstat(self._file.fileno()).st_size < known["bytes"]:
            raise CannotGoOn(f"{self.work} is shorter than it was; begin anew with --restart.")
        self.done = known["done"]
        self._file.truncate(known["bytes"])
        self._file.seek(known["bytes"])
        self._say(f"Going on after {self.done:,} that are done.")

    def _read_state(self) -> dict[str, Any] | None:
        """What an earlier run left, None if nothing."""
        if not (self.noted.exists() and self.work.exists()):
            return None
        try:
            known: dict[str, Any] = json.loads(self.noted.read_text(encoding="utf-8"))
            before, _sizes = known["made_of"], (known["done"] + 0, known["bytes"] + 0)
        except (ValueError, KeyError, TypeError) as error:
            raise CannotGoOn(f"{self.noted} cannot be read; begin anew with --restart.") from error
        if known.get("form") != FORM:
            raise CannotGoOn(f"{self.noted} is of another version of this program; begin anew with --restart.")
        changed = [name for name in self._made_of | before if self._made_of.get(name) != before.get(name)]
        if changed:
            raise CannotGoOn(
                f"{self.work} was begun with something else: {', '.join(changed)} changed since. Answers of two kinds "
                "are not mixed; begin anew with --restart, or name another output."
            )
        return known

    def _write_state(self, done: int) -> None:
        fresh = self.noted.with_name(f".{self.noted.name}-{os.getpid()}")
        state = {"form": FORM, "made_of": self._made_of, "done": done, "bytes": self._file.tell()}
        try:
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(state, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.noted)
        finally:
            fresh.unlink(missing_ok=True)
