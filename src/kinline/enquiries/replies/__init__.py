"""Replies to families as they are begun: one template a file, each in every language, each naming what it promises.

No template has a blank that could hold fate. What an officer adds in free words is read again by the officer and
checked against ``fate.toml``; a person tells fate, never a reply.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

from django.utils import timezone, translation
from django.utils.formats import date_format

from kinline.enquiries import promises
from kinrules.refusal import Refused

Promise = Literal["", "next_look", "first_word", "chosen"]

LANGUAGES = ("uk", "ru", "en")
_NOT_TEMPLATES = frozenset({"fate.toml"})


@dataclass(frozen=True)
class Text:
    """A template in one language: what officers call it, the whole text, and the short one for SMS."""

    title: str
    text: str
    sms: str


@dataclass(frozen=True, kw_only=True)
class Template:
    """One reply. ``move`` is the enquiry's verb it makes, if any; ``promise`` says which day it promises."""

    name: str
    order: int
    move: str
    promise: Promise
    answer: str
    reached: bool
    asks: bool
    timed: bool
    texts: Mapping[str, Text]
    details: Mapping[str, Mapping[str, str]]

    def title(self, language: str) -> str:
        """What officers call it, in their language."""
        return self.texts[spoken(language)].title


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A reply as the family gets it."""

    words: str
    language: str
    promise_on: date | None


def spoken(language: str) -> str:
    """``language`` if replies are written in it, else English."""
    return language if language in LANGUAGES else "en"


@cache
def every() -> dict[str, Template]:
    """All templates by name, in the order in which officers choose.

    Raises:
        KeyError: a template lacks a language.
    """
    files = [entry for entry in resources.files(__package__).iterdir() if entry.name.endswith(".toml")]
    read = (_template(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")))
            for entry in files if entry.name not in _NOT_TEMPLATES)  # fmt: skip
    return {template.name: template for template in sorted(read, key=lambda template: template.order)}


def named(name: str) -> Template:
    """The template ``name``.

    Raises:
        Refused: there is none; the page is older than the templates.
    """
    if name not in every():
        raise Refused("reply.unknown-template", f"there is no reply {name!r}")
    return every()[name]


def fill(
    template: Template,
    *,
    language: str,
    at: datetime,
    short: bool = False,
    detail: str = "",
    chosen: date | None = None,
    own_words: str = "",
) -> Filled:
    """Fill the blanks of ``template``: the day it promises, the question it asks, the time of a call.

    ``short`` takes the text for SMS. ``own_words`` are added as they are at the end of the whole text.

    Raises:
        Refused: a day or a question is missing.
    """
    tongue = spoken(language)
    day = _promised(template, chosen, on=timezone.localdate(at))
    question = _question(template, detail, tongue) if not short else ""
    with translation.override(tongue):
        named_day = date_format(day, "j E") if day else ""
        time = date_format(timezone.localtime(at), "H:i")
    text = template.texts[tongue].sms if short else template.texts[tongue].text
    words = text.format_map({"date": named_day, "time": time, "detail": question}).strip()
    added = own_words.strip()
    return Filled(words=f"{words}\n\n{added}" if added else words, language=tongue, promise_on=day)


def _promised(template: Template, chosen: date | None, *, on: date) -> date | None:
    if template.promise == "next_look":
        return chosen or promises.next_look(on=on)
    if template.promise == "first_word":
        return promises.first_word(on=on)
    if template.promise == "chosen" and (chosen is None or chosen <= on):
        raise Refused("reply.no-day", "this reply promises a day, and it must lie ahead")
    return chosen if template.promise == "chosen" else None


def _question(template: Template, detail: str, language: str) -> str:
    if not template.asks:
        return ""
    if detail not in template.details:
        raise Refused("reply.no-detail", "this reply asks for a detail; none was chosen")
    return template.details[detail][language]


def _template(name: str, content: dict[str, Any]) -> Template:
    return Template(
        name=name,
        order=content["order"],
        move=content.get("move", ""),
        promise=content.get("promise", ""),
        answer=content.get("answer", ""),
        reached=content.get("reached", True),
        asks=content.get("asks", False),
        timed=content.get("timed", False),
        texts={language: Text(**content[language]) for language in LANGUAGES},
        details=_in_every_language(content.get("details", {}).items()),
    )


def _in_every_language(details: Iterable[tuple[str, dict[str, str]]]) -> dict[str, dict[str, str]]:
    return {kind: {language: sentences[language] for language in LANGUAGES} for kind, sentences in details}
