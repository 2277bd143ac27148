"""Kinds of letters: one file of the folder ``letters`` each, in every language, read once.

A kind names the blanks an officer fills in (``needs``); its parts say where they stand. ``after_telling`` marks kinds
that may be drafted only after a person told the family by voice.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

ON_EVERY_LETTER = ("addressee", "address", "person", "reference", "contact", "contact_phone")
"""Blanks that every letter has. The rest stands in ``needs`` of its kind."""


@dataclass(frozen=True)
class Part:
    """One short part of a letter: a heading, whole sentences, what the officer wrote, and sentences after that."""

    heading: str
    words: tuple[str, ...]
    blank: str
    also: str
    after: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A letter in one language. ``approved_by`` is the editor who answers for the words; empty marks a draft."""

    approved_by: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of letter in all its languages."""

    name: str
    after_telling: bool
    needs: tuple[str, ...]
    texts: Mapping[str, Text]


@cache
def every() -> Mapping[str, Kind]:
    """All kinds by name; the folder is the list.

    Raises:
        ValueError: a file names a blank that it never places, or places one that it does not name.
    """
    folder = files(__package__).joinpath("letters")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    kinds = (_read(name.removesuffix(".toml"), folder.joinpath(name).read_text(encoding="utf-8")) for name in names)
    return MappingProxyType({kind.name: kind for kind in kinds})


@cache
def frame(language: str) -> Mapping[str, str]:
    """The sentences and labels that stand on every letter in ``language``."""
    stated = tomllib.loads(files(__package__).joinpath("frame.toml").read_text(encoding="utf-8"))
    return MappingProxyType(stated[language])


def _read(name: str, written: str) -> Kind:
    content = tomllib.loads(written)
    needs = tuple(content.pop("needs"))
    after_telling = bool(content.pop("after_telling", False))
    texts = {language: _text(stated) for language, stated in content.items()}
    for language, text in texts.items():
        placed = {blank for part in text.parts for blank in (part.blank, part.also) if blank}
        if placed != set(needs):
            raise ValueError(f"letter {name!r} in {language!r} places {sorted(placed)}, but needs {sorted(needs)}")
    return Kind(name, after_telling, needs, MappingProxyType(texts))


def _text(stated: Mapping[str, Any]) -> Text:
    return Text(stated["approved_by"], stated["heading"], tuple(_part(part) for part in stated["parts"]))


def _part(stated: Mapping[str, Any]) -> Part:
    return Part(
        heading=stated.get("heading", ""),
        words=tuple(stated.get("words", ())),
        blank=stated.get("blank", ""),
        also=stated.get("also", ""),
        after=tuple(stated.get("after", ())),
    )
