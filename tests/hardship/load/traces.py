"""A thousand addresses on this machine bring post, ask and guess; afterwards no address is anywhere."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.hardship.durability.engines import Engine

ADDRESS = re.compile(rb"127\.(?:[1-9]\d{0,2})\.\d{1,3}\.\d{1,3}")
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def sources(count: int) -> list[str]:
    """So many addresses, none of them the machine's usual one."""
    return [f"127.{10 + each // 250}.{each % 7}.{1 + each % 250}" for each in range(count)]


def found(engine: Engine, *, folders: Iterable[Path]) -> list[str]:
    """Where an address stands: tables by name, files by name. Bytes as they came are nobody's address."""
    return [*_in_tables(engine), *_in_files(folders)]


def _in_tables(engine: Engine) -> Iterator[str]:
    with engine.opened() as connection:
        for (name,) in connection.execute(TABLES[engine.name]).fetchall():
            for row in connection.execute(f'SELECT * FROM "{name}"').fetchall():
                if any(ADDRESS.search(_bytes(value)) for value in row):
                    yield name
                    break


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _in_files(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and ADDRESS.search(path.read_bytes()):
                yield path.name
