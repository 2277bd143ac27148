"""Loads the invented people once, and says how to sign in as one of the invented officers.

The demonstration is loaded only when it is asked for: it brings the matching engine along, and a start that finds it
loaded already need not wait for that.
"""

import sys
from importlib import import_module
from typing import Any

from django.conf import settings

from kinline.staff.models import Account

COMMAND = "kinline.sites.commands.demo"


def begin_once() -> None:
    """Make the officers and a first list of persons, so that the pages can be used while the rest comes."""
    if not _is_loaded():
        _command().begin_once()


def rest() -> list[str] | None:
    """The command that brings the rest in the background, or None where all is there."""
    return None if _is_loaded() else [sys.executable, "-m", "kinline.sites.cli", "demo", "load"]


def _is_loaded() -> bool:
    """A file says so where it can, since asking the room ``demo`` brings the matching engine along."""
    mark = settings.DATA / "demonstration-loaded"
    if mark.exists() and Account.objects.exists():
        return True
    loaded = bool(_command().is_loaded())
    if loaded:
        mark.touch()
    return loaded


def sign_ins() -> list[str]:
    """A line for each invented officer: what to type to sign in."""
    return list(_command().sign_ins())


def _command() -> Any:
    return import_module(COMMAND)
