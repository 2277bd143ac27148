"""The recipes of docs/how-to work: each is followed to the letter in a scratch copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.guards import ROOT

pytestmark = pytest.mark.house

RECIPES = sorted((ROOT / "docs/how-to").glob("add-a-*.md"))
FENCE = re.compile(r"```(\w+)\n(.*?)\n```", re.DOTALL)
WRITE = re.compile(r"Write `([^`]+)`:$")
ADD = re.compile(r"In `([^`]+)`, after `([^`]+)`,\s+add:$")
APPEND = re.compile(r"At the end of `([^`]+)`, add:$")
REPLACE = re.compile(r"In `([^`]+)`, replace:$")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as a newcomer has it."""
    for name in ("src", "tests", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", ".importlinter"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)
def test_a_recipe_works_when_followed_to_the_letter(recipe: Path, copy: Path):
    _follow(recipe.read_text(encoding="utf-8"), copy)


def test_contributing_names_every_recipe():
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert [path.name for path in RECIPES if path.name not in contributing] == []


def _follow(recipe: str, copy: Path) -> None:
    before, replaced = 0, ("", "")
    for fence in FENCE.finditer(recipe):
        said = recipe[before : fence.start()].rstrip()
        language, content = fence.groups()
        if match := WRITE.search(said):
            _write(copy / match[1], content)
        elif match := ADD.search(said):
            _add(copy / match[1], after=match[2], lines=content)
        elif match := APPEND.search(said):
            _write(copy / match[1], (copy / match[1]).read_text(encoding="utf-8") + "\n" + content)
        elif match := REPLACE.search(said):
            replaced = (match[1], content)
        elif said.endswith("with:"):
            _replace(copy / replaced[0], old=replaced[1], new=content)
        elif language == "sh":
            _run(content, copy)
        before = fence.end()


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content + "\n", encoding="utf-8")


def _add(path: Path, *, after: str, lines: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert f"{after}\n" in text, f"{path.name} has no line {after!r}"
    path.write_text(text.replace(f"{after}\n", f"{after}\n{lines}\n", 1), encoding="utf-8")


def _replace(path: Path, *, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _run(commands: str, copy: Path) -> None:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KINLINE_", "PYTEST_"))}
    environment = kept | {
        "PATH": programs,
        "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}",
        "KINLINE_DATA": str(copy / "var"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
