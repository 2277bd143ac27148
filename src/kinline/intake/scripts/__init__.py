"""Scripts of questions, as they lie in this folder: the order in one file for all channels, the words one a language.

What is incomplete is not read at all: a language that lacks one sentence would fail a family in the middle.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from kinline.enquiries.replies import LANGUAGES as LANGUAGES
from kinline.enquiries.replies import spoken as spoken

ENQUIRY = "enquiry"


class Manner(StrEnum):
    """How a channel lets people speak; each channel has one."""

    CHAT = "chat"  # typed, with buttons where there are any
    VOICE = "voice"  # heard, answered with keys
    SHORT = "short"  # one SMS
    LETTER = "letter"  # all questions at once, numbered


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a script; its words are in the languages' files."""

    name: str
    kind: str
    manners: frozenset[Manner]
    optional: str
    choices: Mapping[Manner, tuple[str, ...]]
    after: str
    remind_after_hours: int

    def may_be_skipped(self, *, reachable: bool) -> bool:
        """Whether the family may leave it; ``reachable`` says that the channel itself leads back to it."""
        return self.optional == "yes" or (self.optional == "when_reachable" and reachable)


@dataclass(frozen=True, kw_only=True)
class Script:
    """Questions in their order."""

    name: str
    title: str
    source: str
    questions: tuple[Question, ...]

    def named(self, name: str) -> Question | None:
        """The question ``name``; None if this script has none, as after a change of the script."""
        return next((question for question in self.questions if question.name == name), None)

    def order(self, manner: Manner, *, reachable: bool) -> tuple[Question, ...]:
        """What is asked in this manner. Whoever cannot be reached otherwise is always asked for a way."""
        return tuple(
            question
            for question in self.questions
            if manner in question.manners or (question.optional == "when_reachable" and not reachable)
        )


@dataclass(frozen=True, kw_only=True)
class Words:
    """Everything that is said and understood in one language."""

    questions: Mapping[str, Mapping[str, Any]]
    choices: Mapping[str, str]
    say: Mapping[str, Any]
    commands: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, Mapping[str, tuple[str, ...]]]
    myself: tuple[str, ...]
    beside_relation: tuple[str, ...]
    years: tuple[str, ...]
    before_age: tuple[str, ...]
    beside_years: tuple[str, ...]

    def said(self, name: str, manner: Manner) -> str:
        """The sentence ``name`` in this manner, its blanks not yet filled."""
        return _in_manner(self.say[name], manner)

    def question(self, name: str, manner: Manner) -> str:
        """The words of the question ``name``."""
        return _in_manner(self.questions[name], manner)

    def again(self, name: str, manner: Manner) -> str:
        """What is said when the answer to the question ``name`` could not be read."""
        return _in_manner(self.questions[name]["again"], manner)


@cache
def named(name: str = ENQUIRY) -> Script:
    """The script in the file ``name``.

    Raises:
        ValueError: it names a manner, or an ``after``, that there is not.
    """
    content = _read(f"{name}.toml")
    script = Script(
        name=name,
        title=content["title"],
        source=content["source"],
        questions=tuple(_question(row) for row in content["questions"]),
    )
    if unknown := [each.after for each in script.questions if each.after and script.named(each.after) is None]:
        raise ValueError(f"script {name!r} has no question {', '.join(unknown)}")
    return script


@cache
def words(language: str) -> Words:
    """What is said and understood in ``language``, or in English where nobody has written it yet.

    Raises:
        ValueError: a language lacks a key that another has.
    """
    contents = {each: _read(f"{each}.toml") for each in LANGUAGES}
    if faults := list(gaps(contents)):
        raise ValueError("; ".join(faults))
    content = contents[spoken(language)]
    understood = content["understood"]
    return Words(
        questions=content["questions"],
        choices=content["choices"],
        say=content["say"],
        commands={command: tuple(said) for command, said in understood["commands"].items()},
        relations={
            relation: {sex: tuple(said) for sex, said in by_sex.items()}
            for relation, by_sex in understood["relations"].items()
        },
        myself=tuple(understood["myself"]["any"]),
        beside_relation=tuple(understood["myself"]["beside"]),
        before_age=tuple(understood["age"]["before"]),
        years=tuple(understood["age"]["years"]),
        beside_years=tuple(understood["age"]["beside"]),
    )


def gaps(contents: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Which language lacks which key that another has, and which sentence is empty.

    >>> list(gaps({"uk": {"say": {"hello": "Вітаємо"}}, "ru": {"say": {}}}))
    ['ru lacks say.hello']
    """
    keys = {language: dict(_flat(content)) for language, content in contents.items()}
    every = {key for found in keys.values() for key in found}
    for language, found in keys.items():
        yield from (f"{language} lacks {key}" for key in sorted(every - found.keys()))
        yield from (f"{language} is empty at {key}" for key, value in found.items() if value == "")


def _flat(content: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        place = f"{before}.{key}" if before else key
        if isinstance(value, Mapping):
            yield from _flat(value, place)
        else:
            yield place, value.strip() if isinstance(value, str) else value


def _in_manner(said: str | Mapping[str, Any], manner: Manner) -> str:
    if isinstance(said, str):
        return said.strip()
    return str(said.get(manner.value) or said[Manner.CHAT.value]).strip()


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        name=row["name"],
        kind=row["kind"],
        manners=frozenset(Manner(manner) for manner in row["manners"]),
        optional=row["optional"],
        choices={Manner(manner): tuple(keys) for manner, keys in row.get("choices", {}).items()},
        after=row.get("after", ""),
        remind_after_hours=row["remind_after_hours"],
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
