"""What is read aloud: scripts per language and fate, and the lines that come of them when every blank is filled.

A script is a file ``scripts/<language>/<name>.toml``. A line has one sentence (``say``), or one for each sex (``m``,
``f``, ``u`` for unknown); ``label`` and ``blank`` stand beside it, because a name has no place inside a Ukrainian or
Russian sentence; ``note`` is for the officer and not read aloud; ``when`` shows the line only under a condition;
``each`` puts the officer's own lines in its place. The caller's own name is filled in when the line is shown.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from kinrules.refusal import Refused
from kinrules.terms import Fate

Line = dict[str, str]

TOLD = (Fate.ALIVE_IN_CUSTODY, Fate.IN_HOSPITAL, Fate.RELEASED, Fate.ESCAPED, Fate.DEAD, Fate.MISSING)
"""Fates that a person may tell. That nothing is known is an answer of the enquiries, not a disclosure."""

MISTAKE = "mistake"
CALLER = "caller"
_SEXES = frozenset("mf")


@dataclass(frozen=True)
class Script:
    """A script in one language. ``approved_by`` is the editor who answers for the words; empty marks a draft."""

    approved_by: str
    closing: bool
    lines: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Blanks:
    """What is filled into a script: single blanks, the officer's own lines, and conditions that hold."""

    relation: str
    sex: str
    single: Mapping[str, str]
    own_lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conditions: frozenset[str] = frozenset()


def languages() -> tuple[str, ...]:
    """Languages in which there are scripts; the folder is the list."""
    return tuple(sorted(entry.name for entry in files(__package__).joinpath("scripts").iterdir() if entry.is_dir()))


@cache
def script(name: str, language: str) -> Script:
    """One script.

    Raises:
        Refused: there is none of this name in this language.
    """
    content = _content(name, language)
    lines = tuple(MappingProxyType(line) for line in content["line"])
    return Script(content["approved_by"], content.get("closing", True), lines)


def is_draft(name: str, language: str) -> bool:
    """Whether any part of the call still waits for an editor's approval by name."""
    return not all(script(part, language).approved_by for part in _parts(name, language))


def filled(name: str, language: str, *, blanks: Blanks) -> list[Line]:
    """The whole call, line by line: opening, the script, closing; one line is one screen."""
    spoken = (line for part in _parts(name, language) for line in script(part, language).lines)
    kin = _kin(language, blanks)
    return [filled_line for line in spoken for filled_line in _fill(line, blanks, kin)]


def said_by(lines: list[Line], *, caller: str) -> list[Line]:
    """The lines with the caller's own name in its place."""
    return [line | {"value": caller} if line["blank"] == CALLER else line for line in lines]


def _parts(name: str, language: str) -> tuple[str, ...]:
    return ("opening", name, "closing") if script(name, language).closing else ("opening", name)


def _fill(line: Mapping[str, str], blanks: Blanks, kin: str) -> Iterator[Line]:
    if "when" in line and line["when"] not in blanks.conditions:
        return
    if "each" in line:
        for own in blanks.own_lines.get(line["each"], ()):
            yield _line(own)
        return
    say = line.get("say") or line[_sex(blanks)]
    blank = line.get("blank", "")
    value = blanks.single.get(blank, "")
    label = line.get("label", "") if value or blank == CALLER else ""  # a label with nothing behind it is not read out
    yield _line(say.replace("{kin}", kin)) | {
        "label": label,
        "blank": blank,
        "value": value,
        "note": line.get("note", ""),
    }


def _line(say: str) -> Line:
    return {"say": say, "label": "", "blank": "", "value": "", "note": ""}


def _kin(language: str, blanks: Blanks) -> str:
    words = _content("kin", language)
    known: dict[str, str] = words.get(blanks.relation, {})
    unknown: str = words["child"]["u"]
    return known.get(_sex(blanks), unknown)


def _sex(blanks: Blanks) -> str:
    return blanks.sex if blanks.sex in _SEXES else "u"


@cache
def _content(name: str, language: str) -> dict[str, Any]:
    file = files(__package__).joinpath("scripts", language, f"{name}.toml")
    if language not in languages() or not file.is_file():
        raise Refused("disclosure.no-script", "there is no script for this call in this language")
    return tomllib.loads(file.read_text(encoding="utf-8"))
