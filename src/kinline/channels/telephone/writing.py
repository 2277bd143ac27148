"""What the bureau says, as prompts in their order. What was never spoken is named, and never left out in silence."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from kinline.channels import text
from kinline.channels.base import Outbound, Parcel
from kinline.channels.telephone.menu import ONE_KEY, menu
from kinrules.refusal import Refused

LONGEST = 5_000
STOP = "stop"
"""Among prompts: a pause, as where a sentence ends."""

_BLANK = re.compile(r"\{(\w+)\}")
_EDGE = " \n\t.,;!?:"
_DAY = re.compile(r"([0-9]{1,2}) (\w+)")


@dataclass(frozen=True)
class Prompt:
    """What was spoken: its words and how long it lasts."""

    text: str
    seconds: float
    digest: str


@cache
def prompts(language: str) -> Mapping[str, Prompt]:
    """Name -> prompt."""
    rows = _table()["prompts"].get(language, {}).items()
    return {name: Prompt(str(row["text"]), float(row["seconds"]), str(row["digest"])) for name, row in rows}


def templates(language: str) -> Mapping[str, str]:
    """Name -> text with blanks."""
    return _table()["templates"].get(language, {})


def write(outbound: Outbound) -> Parcel:
    """Return the plan: ``prompts`` in their order, what is ``listened`` for, and ``unspoken`` words, "" for none.

    Raises:
        Refused: the text is longer than anybody would listen to.
    """
    words = "\n".join([outbound.text, *(f"{place} {said}" for place, (_key, said) in enumerate(outbound.choices, 1))])
    if len(words) > LONGEST:
        raise Refused("channel.telephone-too-long", f"{len(words)} letters, and nobody listens to more than {LONGEST}")
    plain = " ".join(text.readable(words).split())
    name, said = plan(plain, language=outbound.language)
    listening = menu().after(name) if name else ONE_KEY
    body: dict[str, object] = {
        "text": plain,
        "language": outbound.language,
        "name": name,
        "prompts": list(said),
        "unspoken": "" if said else plain,
        "listening": asdict(listening) | {"takes": listening.takes.value},
    }
    return Parcel(wire="line", to=outbound.address, body=body)


def plan(plain: str, *, language: str) -> tuple[str, tuple[str, ...]]:
    """The name of the text and its prompts; "" and none where it was never spoken."""
    for name, form, template in _forms(language):
        if (found := form.fullmatch(plain)) is not None:
            said = list(_said(template, found.groupdict(), language))
            return (name, tuple(each for each in said if each)) if all(said) else ("", ())
    return "", ()


@cache
def _table() -> dict[str, dict[str, dict[str, Any]]]:
    table: dict[str, dict[str, dict[str, Any]]] = json.loads(
        resources.files(__package__).joinpath("spoken.json").read_text(encoding="utf-8")
    )
    return table


@cache
def _forms(language: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Name, form and text of each template; those without blanks first, as they are surer."""
    named = sorted(templates(language).items(), key=lambda each: "{" in each[1])
    return tuple((name, re.compile(_form(template)), template) for name, template in named)


def _form(template: str) -> str:
    parts, seen = [], set()
    for place, part in enumerate(_BLANK.split(template)):
        if place % 2 == 0:
            parts.append(re.escape(part))
        else:
            parts.append(f"(?P={part})" if part in seen else f"(?P<{part}>.+?)")
            seen.add(part)
    return "".join(parts)


@cache
def _by_words(language: str) -> Mapping[str, str]:
    named = {prompt.text.strip(_EDGE): name for name, prompt in prompts(language).items()}
    return {words: name for words, name in named.items() if not name.startswith(("digit-", "minutes-"))}


def _said(template: str, facts: Mapping[str, str], language: str) -> Iterator[str]:
    """Names of the prompts, a stop after each sentence; "" for what was never spoken."""
    for place, part in enumerate(_BLANK.split(template)):
        if place % 2 == 0:
            yield from _sentences(part, language)
        else:
            yield from _filled(part, facts[part], language)


def _sentences(part: str, language: str) -> Iterator[str]:
    known = _by_words(language)
    for sentence in re.split(r"(?<=[.!?:])\s+", part):
        words = sentence.strip().lstrip(_EDGE).strip(_EDGE)
        if words:
            yield known.get(words, "")
        if sentence.rstrip().endswith((".", "!", "?")):
            yield STOP


def _filled(blank: str, value: str, language: str) -> Iterator[str]:
    """The prompts for what fills a blank."""
    if blank == "code_spoken":
        yield from (STOP if sign == "." else f"digit-{sign}" for sign in value if sign in ".0123456789")
        return
    if blank == "minutes":
        yield f"minutes-{value}" if f"minutes-{value}" in prompts(language) else ""
        return
    if blank == "date":
        yield from _date(value, language)
        return
    yield from _sentences(value, language)


def _date(value: str, language: str) -> Iterator[str]:
    found, months = _DAY.fullmatch(value), menu().dates[language].months
    if found is None or found[2] not in months or not 1 <= int(found[1]) <= 31:
        yield ""
        return
    yield from (f"day-{int(found[1]):02}", f"month-{months.index(found[2]) + 1:02}")
