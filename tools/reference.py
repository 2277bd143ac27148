"""Print the reference pages of the documentation from the tables of the code, so that they cannot disagree.

python -m tools.reference            write the pages
python -m tools.reference --check    write nothing; exit 1 if a page is stale
"""

import inspect
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import django
from typer.main import get_command

from kinline.sites import cli
from kinrules import limits, permissions, rules, states, terms
from kinrules.machine import Machine, Move

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
NOTE = "<!-- Printed from the code by `make docs`. Change the code, not this page. -->\n"
WIDTH = 80


def states_page() -> str:
    """Every state machine: its diagram, and every move with what it rests on."""
    parts = ["# States", "Every change of a state is one of these moves, made by `ledger.actions.advance`."]
    for machine in states.MACHINES.values():
        words = inspect.getdoc(import_module(f"{states.__name__}.{machine.name}")) or ""
        parts += [f"## {machine.name}", words, f"```mermaid\n{machine.mermaid()}\n```", _moves(machine)]
    return _page(parts)


def permissions_page() -> str:
    """Who may do what."""
    return _page(["# Permissions", "A permission is granted if one of its ways is open.", permissions.table()])


def limits_page() -> str:
    """Every number of the law and of the bureau's promises."""
    head = "| limit | value | unit | in force from | source |\n| --- | ---: | --- | --- | --- |"
    rows = [
        f"| `{limit.name}`: {limit.title} | {value} | {limit.unit} | {since} | {limit.source} |"
        for limit in limits.every().values()
        for since, value in limit.values
    ]
    return _page(["# Limits", "\n".join([head, *rows])])


def rules_page() -> str:
    """Every rule of law, with its source and examples."""
    parts = ["# Rules", "Each rule is a function that returns why not, or nothing if it is allowed."]
    for _finder, name, _is_package in sorted(iter_modules(rules.__path__), key=lambda module: module[1]):
        words = inspect.getdoc(import_module(f"{rules.__name__}.{name}")) or ""
        parts += [f"## {name.replace('_', ' ')}", _with_examples(words)]
    return _page(parts)


def glossary_page() -> str:
    """Every standard term with its source."""
    parts = ["# Glossary", inspect.getdoc(terms) or ""]
    for name, term in vars(terms).items():
        if inspect.isclass(term) and issubclass(term, StrEnum) and term is not StrEnum:
            values = "\n".join(f"- {member.name.lower().replace('_', ' ')} (`{member.value}`)" for member in term)
            parts += [f"## {_spaced(name)}", inspect.getdoc(term) or "", values]
    return _page(parts)


def cli_page() -> str:
    """Every command with its options."""
    command = get_command(cli.application())
    parts = [
        "# Command line",
        (
            "What is asked for goes to standard output; words and progress go to standard error. `--json` gives one "
            "JSON document."
        ),
        (
            "| exit code | meaning |\n| ---: | --- |\n"
            "| 0 | done |\n| 1 | failed |\n| 2 | wrong usage |\n| 3 | not found |\n| 4 | not allowed |\n"
            "| 5 | conflict: it has changed since |\n| 6 | some rows have problems; the good ones are done |\n"
            "| 7 | a gate is not met |\n| 75 | try later |\n| 130 | stopped |"
        ),
    ]
    return _page(parts + _commands(command, "kinline"))


PAGES: dict[str, Callable[[], str]] = {
    "reference/states.md": states_page,
    "reference/permissions.md": permissions_page,
    "reference/limits.md": limits_page,
    "reference/rules.md": rules_page,
    "reference/cli.md": cli_page,
    "glossary.md": glossary_page,
}


def stale() -> list[str]:
    """Pages that no longer say what the code says."""
    return [name for name, page in PAGES.items() if not _is_fresh(DOCS / name, page())]


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` only look."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", cli.SETTINGS)
    django.setup()
    if "--check" in arguments:
        names = stale()
        sys.stderr.writelines(f"docs/{name} is stale; run make docs\n" for name in names)
        return 1 if names else 0
    for name, page in PAGES.items():
        if not _is_fresh(DOCS / name, page()):
            (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
            (DOCS / name).write_text(page(), encoding="utf-8")
    return 0


def _page(parts: list[str]) -> str:
    return NOTE + "\n" + "\n\n".join(part.strip() for part in parts if part) + "\n"


def _is_fresh(path: Path, page: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == page


def _moves(machine: Machine) -> str:
    head = "| move | from | to | permission | rests on |\n| --- | --- | --- | --- | --- |"
    rows = [
        f"| {machine.words[move.verb]} (`{move.verb}`) | {_words(machine, move.sources)} | "
        f"{machine.words[move.target]} | `{move.who}` | {_rests_on(move)} |"
        for move in machine.moves
    ]
    return "\n".join([head, *rows])


def _words(machine: Machine, names: tuple[str, ...]) -> str:
    return ", ".join(machine.words[name] for name in names)


def _rests_on(move: Move) -> str:
    every = [kind.value for kind in move.needs]
    return ", ".join([*every, " or ".join(kind.value for kind in move.needs_one_of)]).strip(", ")


def _with_examples(words: str) -> str:
    """The docstring, its examples fenced."""
    before, mark, examples = words.partition(">>> ")
    return f"{before.strip()}\n\n```python\n{mark}{examples.strip()}\n```" if mark else before.strip()


def _spaced(name: str) -> str:
    """
    >>> _spaced("CustodyEventKind")
    'Custody event kind'
    """
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip().capitalize()


def _commands(command: Any, name: str) -> list[str]:
    if not hasattr(command, "commands"):
        context = command.make_context(name, [], resilient_parsing=True, terminal_width=WIDTH)
        return [f"## {name}", f"```text\n{_trimmed(command.get_help(context))}\n```"]
    return [part for verb, inner in command.commands.items() for part in _commands(inner, f"{name} {verb}")]


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
