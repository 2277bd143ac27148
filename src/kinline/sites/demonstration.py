"""Loads the invented people once, and says how to sign in as one of the invented officers.

The demonstration is loaded only when it is asked for: it brings the matching engine along, and a start that finds it
loaded already need not wait for that.
"""

from importlib import import_module
from typing import Any

from django.conf import settings

from kinline.staff.models import Account

COMMAND = "kinline.sites.commands.demo"


def load_once() -> None:
    """Load the demonstration unless it is there already."""
    mark = settings.DATA / "demonstration-loaded"
    if mark.exists() and Account.objects.exists():
        return
    _command().load_once()
    mark.touch()


def sign_ins() -> list[str]:
    """A line for each invented officer: what to type to sign in."""
    return list(_command().sign_ins())


def _command() -> Any:
    return import_module(COMMAND)
