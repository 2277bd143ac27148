"""Makes pictures of a document: it is read in a cell, and what the cell says is taken as pixels and as nothing else.

No byte of the original reaches a viewer: each picture is written from bare pixels, with nothing about camera, place,
author or time.
"""

import json
import os
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import which
from threading import Event, Timer
from typing import BinaryIO, cast

from PIL import Image

from kinline.evidence.sorts import Sort

LARGE, SMALL = 1600, 320
"""Longest sides of the picture that is read and of the one by which it is found, in pixels."""

QUALITY = 82
_PATIENCE = 6
"""How much longer a cell may last than it may compute, for machines that do much else."""

_LONGEST_HEAD = 20_000
_COLOURS = 3


@dataclass(frozen=True)
class Limits:
    """Under which a cell works; ``pages`` is how many are shown."""

    seconds: int
    megabytes: int
    pixels: int
    pages: int


@dataclass(frozen=True)
class Made:
    """One page, large and small, as JPEG."""

    large: bytes
    small: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Outcome:
    """The pages that can be shown; ``trouble`` is a code: why there are none, or what is not shown."""

    pictures: tuple[Made, ...] = ()
    pages: int = 0
    trouble: str = ""


def make(content: bytes, *, sort: Sort, limits: Limits) -> Outcome:
    """Pictures of ``content``. Never raises for what is in it."""
    most = limits.pages * LARGE * LARGE * _COLOURS + _LONGEST_HEAD
    said, is_late = _in_a_cell(content, sort, limits, most)
    if is_late:
        return Outcome(trouble="too-long")
    head, found, pixels = said.partition(b"\n")
    if not found or len(said) > most:
        return Outcome(trouble="ended")
    try:
        return _understood(json.loads(head[:_LONGEST_HEAD]), pixels, limits)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Outcome(trouble="garbled")


def _understood(head: dict[str, object], pixels: bytes, limits: Limits) -> Outcome:
    """What the cell said, of the kind that it must be; one pixel more or less, and nothing is believed."""
    trouble = str(head["trouble"])
    if trouble not in TROUBLES:
        raise ValueError("no such code")
    sizes = [(int(width), int(height)) for width, height in cast(Sequence[Sequence[int]], head.get("sizes", []))]
    lengths = [width * height * _COLOURS for width, height in sizes]
    if len(sizes) > limits.pages or any(not 0 < side <= LARGE for size in sizes for side in size):
        raise ValueError("no such sizes")
    if sum(lengths) != len(pixels):
        raise ValueError("other pixels than were announced")
    made, at = [], 0
    for size, length in zip(sizes, lengths, strict=True):
        made.append(_written(Image.frombytes("RGB", size, pixels[at : at + length])))
        at += length
    return Outcome(tuple(made), pages=max(len(made), int(cast(int, head.get("pages", 0)))), trouble=trouble)


TROUBLES = frozenset({"", "damaged", "memory", "too-many-pixels", "locked", "cut-off", "first-frame", "first-pages"})
"""All that a cell may say is the matter."""


def _written(picture: Image.Image) -> Made:
    width, height = picture.size
    large = _jpeg(picture)
    picture.thumbnail((SMALL, SMALL))
    return Made(large, _jpeg(picture), width, height)


def _jpeg(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _in_a_cell(content: bytes, sort: Sort, limits: Limits, most: int) -> tuple[bytes, bool]:
    """What the cell said, at most one byte more than ``most``, and whether it was ended for taking too long."""
    bounds = (limits.seconds, limits.megabytes, limits.pixels, LARGE, limits.pages)
    command = [*_walls(), sys.executable, "-m", "kinline.evidence.cell", sort.value, *map(str, bounds)]
    # No environment: it names the database, and may hold keys of a wire. A group of its own, to be ended whole.
    cell = subprocess.Popen(  # noqa: S603 - our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    is_late = Event()
    clock = Timer(limits.seconds * _PATIENCE, _too_late, (cell, is_late))
    clock.start()
    sink, source = cast(BinaryIO, cell.stdin), cast(BinaryIO, cell.stdout)
    try:
        with suppress(BrokenPipeError), sink:  # it may end before it has read everything; what it said is looked at
            sink.write(content)
        return source.read(most + 1), is_late.is_set()
    finally:
        clock.cancel()
        _end(cell)
        source.close()
        cell.wait()


def _too_late(cell: "subprocess.Popen[bytes]", is_late: Event) -> None:
    is_late.set()
    _end(cell)


def _end(cell: "subprocess.Popen[bytes]") -> None:
    """End the cell with all it began. The walls are built by a child of theirs, which an early end of the walls alone
    would leave behind, waiting for ever and holding open what we read.
    """
    with suppress(ProcessLookupError):
        os.killpg(cell.pid, signal.SIGKILL)


@cache
def _walls() -> tuple[str, ...]:
    """Walls around the cell, where the machine has bubblewrap and lets it build them: no network, no files of ours."""
    program = which("bwrap")
    if program is None:
        return ()
    walls = (program, "--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev")
    shown = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", *_own_folders())
    binds = [part for place in shown for part in ("--ro-bind-try", place, place)]
    whole = (*walls, *binds)
    tried = subprocess.run([*whole, sys.executable, "-c", ""], check=False, capture_output=True, env={})  # noqa: S603
    return whole if tried.returncode == 0 else ()


def _own_folders() -> list[str]:
    """Where Python, its libraries and our own code lie; nothing that a bureau keeps lies there."""
    paths = {sys.prefix, sys.base_prefix, sysconfig.get_paths()["purelib"], str(Path(__file__).parents[2])}
    return sorted(paths)
