"""How a command speaks: what was asked for to standard output, words and progress to standard error."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Protocol

import typer

BAR_WIDTH = 32


class Bar(Protocol):
    """Shows how far a command has come."""

    def __call__(self, done: int, total: int | None = None) -> None: ...


def say(sentence: object) -> None:
    """A sentence for the person at the terminal."""
    typer.echo(str(sentence), err=True)


def show(text: object) -> None:
    """A line of what was asked for."""
    typer.echo(str(text))


def show_json(document: Any) -> None:
    """What was asked for as one JSON document; moments as ISO 8601, ids as strings."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


@contextmanager
def bar(label: str) -> Iterator[Bar]:
    """A progress bar on a terminal, nothing elsewhere. Call it with how much is done, and of how much."""
    is_live = sys.stderr.isatty()
    whole: list[int] = []

    def draw(done: int, total: int | None = None) -> None:
        if total is not None:
            whole[:] = [total]
        if is_live:
            sys.stderr.write(f"\r\033[K{label} {_drawn(done, whole[0] if whole else None)}")
            sys.stderr.flush()

    try:
        yield draw
    finally:
        if is_live:
            sys.stderr.write("\n")


def colour_is_wanted() -> bool:
    """Whether words may be coloured. Source: no-color.org."""
    return sys.stderr.isatty() and "NO_COLOR" not in os.environ


def _drawn(done: int, total: int | None) -> str:
    if not total:
        return f"{done:,}"
    filled = int(BAR_WIDTH * min(1.0, done / total))
    return f"[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done:,}/{total:,}"


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset | tuple):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    return str(value)
