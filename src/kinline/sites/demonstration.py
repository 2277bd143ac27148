"""Loads the invented people once, and says how to sign in as one of the invented officers."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

COMMAND = "kinline.sites.commands.demo"


def load_once() -> None:
    """Load the demonstration unless it is there already."""
    if command := _command():
        command.load_once()


def sign_ins() -> list[str]:
    """A line for each invented officer: what to type to sign in."""
    command = _command()
    return list(command.sign_ins()) if command else []


def _command() -> Any:
    return import_module(COMMAND) if find_spec(COMMAND) else None
