"""The source as the guards see it: files of a tree, parsed, with the place of each thing found."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DEFS = (ast.FunctionDef, ast.AsyncFunctionDef)
Def = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file of the tree under ``root``."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path, self.path.stat().st_mtime_ns)

    @property
    def room(self) -> str | None:
        """The room of ``kinline`` the file belongs to, if any."""
        parts = self.path.relative_to(self.root).parts
        return parts[2] if parts[:2] == ("src", "kinline") and len(parts) > 3 else None

    def at(self, node: ast.AST, what: str) -> str:
        """A breach with its place."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {what}"


@cache
def _parsed(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(root: Path, *folders: str) -> Iterator[Source]:
    """Python files under ``folders`` of ``root``, migrations left out: the framework writes those."""
    for folder in folders or ("src",):
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield Source(root, path)


def defs(source: Source) -> Iterator[Def]:
    """Every function of a file."""
    return (node for node in ast.walk(source.tree) if isinstance(node, DEFS))


def lines(node: ast.AST) -> int:
    """How many lines a function or class takes, its decorators left out."""
    return int(getattr(node, "end_lineno", 0)) - int(getattr(node, "lineno", 0)) + 1


def dotted(node: ast.AST) -> str:
    """``a.b.c`` for a chain of names, else what can be said of it.

    >>> dotted(ast.parse("timezone.now()").body[0].value.func)
    'timezone.now'
    """
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
