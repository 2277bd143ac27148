"""The command line ``kinline NOUN VERB``.

Each file in ``commands/`` is a noun and holds ``app``, a typer application with its verbs; those in ``commands/top/``
hold verbs without a noun. What is asked for goes to standard output, words and progress to standard error. Exit codes
are in ``exits``.
"""

import json
import logging
import os
import sys
import traceback
from importlib import import_module
from pkgutil import iter_modules

import django
import typer

SETTINGS = "kinline.sites.settings"
TOP = "kinline.sites.commands.top"
NOUNS = "kinline.sites.commands"

# Verbs without a noun that must begin quickly.
VERBS = {"serve", "up", "worker", "migrate", "manage", "version", "doctor"}

log = logging.getLogger(__name__)


def application(noun: str = "") -> typer.Typer:
    """The command line, found by looking into the folder of commands.

    With ``noun``, only the verbs without a noun and those of this one: loading the others would double the time
    after which a command begins.
    """
    app = typer.Typer(
        name="kinline",
        help="Kinline: what became of a captured, missing or dead relative.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for _finder, name, _is_package in iter_modules(import_module(TOP).__path__):
        app.add_typer(import_module(f"{TOP}.{name}").app)
    for _finder, name, is_package in iter_modules(import_module(NOUNS).__path__):
        if not is_package and noun in {"", _spoken(name)}:
            app.add_typer(import_module(f"{NOUNS}.{name}").app, name=_spoken(name), no_args_is_help=True)
    return app


def main() -> None:
    """Run one command and leave with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        django.setup()
        application(_noun(sys.argv[1:]))(prog_name="kinline")
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last door: whatever it is becomes a sentence
        sys.exit(_answer(error))


def _noun(arguments: list[str]) -> str:
    """What the first word says: a noun, a verb without one, or nothing that is known, which gets the whole line."""
    first = arguments[0] if arguments else ""
    known = {_spoken(name) for _finder, name, _is_package in iter_modules(import_module(NOUNS).__path__)}
    return first if first in known | VERBS else ""


def _spoken(name: str) -> str:
    return name.replace("_", "-")


def _answer(error: BaseException) -> int:
    """Say what went wrong: as a sentence, or as JSON where JSON was asked for."""
    exits = import_module("kinline.sites.exits")  # speaks of rows, so it can be loaded only after Django is
    stop = exits.stop_for(error)
    if stop.code == "unexpected":
        log.error("command failed", exc_info=error)
    if os.environ.get("KINLINE_TRACE"):
        traceback.print_exception(error)
    if "--json" in sys.argv:
        answer = {"code": stop.code, "sentence": stop.sentence, "exit": int(stop.exit_code)}
        typer.echo(json.dumps({"error": answer}, ensure_ascii=False), err=True)
    else:
        typer.echo(stop.sentence, err=True)
    return int(stop.exit_code)


if __name__ == "__main__":
    main()
