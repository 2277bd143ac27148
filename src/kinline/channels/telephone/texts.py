"""Every text that a caller can hear, by its name, and the pieces out of which each is put together.

A text has blanks: the digits of a code, a day, a word. What stands between them is spoken once and kept; what fills
them is put together out of digits, days, months and words that were spoken one by one. The tool that has the prompts
spoken asks this module what there is to speak; the line only reads what was spoken (``prompts.py``).
"""

import re
from collections.abc import Iterator

from django.utils import translation

from kinline.channels.telephone.menu import menu
from kinline.enquiries import safe_words
from kinline.enquiries.messages.families import STATE_NOTES, STATES
from kinline.intake import scripts
from kinline.intake.scripts import Manner

LANGUAGES = scripts.LANGUAGES
SAID = (
    "person_reads", "person_called", "surrender", "stale", "kept", "files_kept", "help", "closing", "added", "joined",
    "standing", "standing_promise", "not_together", "wait",
)  # fmt: skip
"""What the conversation can say on the telephone beside its questions."""
MINUTES = (15,)
_BLANK = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")
_EDGE = " \n\t.,;!?:"


def templates(language: str) -> dict[str, str]:
    """Name -> text with its blanks. Of two texts that are alike the first is kept."""
    found: dict[str, str] = {}
    for name, text in [*_conversation(language), *menu().own[language].items(), *_states(language)]:
        plain = " ".join(text.split())
        if plain not in found.values():
            found[name] = plain
    return found


def pieces(text: str) -> list[str]:
    """What is spoken of a text: its sentences, cut where a blank is.

    >>> pieces("Thank you. Your code is: {code}. We write by {date}, even without news.")
    ['Thank you.', 'Your code is:', 'We write by', 'even without news.']
    """
    cut = [piece for sentence in _SENTENCE.split(text) for piece in _BLANK.split(sentence)[::2]]
    return [piece for each in cut if (piece := each.strip().lstrip(_EDGE)).strip(_EDGE)]


def prompts(language: str) -> dict[str, str]:
    """Name of a prompt -> its words. The same words have one name."""
    found: dict[str, str] = {}
    named: set[str] = set()
    for name, text in templates(language).items():
        for number, piece in enumerate(pieces(text), 1):
            if piece not in named:
                named.add(piece)
                found[f"{name}-{number}"] = piece
    return found | dict(_single(language))


def words(language: str) -> tuple[str, ...]:
    """The safe words that can be said on the telephone."""
    return safe_words.spoken(language)


def _conversation(language: str) -> Iterator[tuple[str, str]]:
    told, script = scripts.words(language), scripts.named()
    for question in script.questions:
        if Manner.VOICE in question.manners or not question.manners:
            yield question.name, told.question(question.name, Manner.VOICE)
            if question.kind != "language":  # asked again in all languages, in the same words
                yield f"{question.name}-again", told.again(question.name, Manner.VOICE)
    for name in SAID:
        yield name, told.said(name, Manner.VOICE)


def _states(language: str) -> Iterator[tuple[str, str]]:
    with translation.override(language):
        for state in STATES:
            yield f"state_{state.value}", f"{STATES[state]}."
            yield f"note_{state.value}", str(STATE_NOTES[state])


def _single(language: str) -> Iterator[tuple[str, str]]:
    dates = menu().dates[language]
    for digit in range(10):
        yield f"digit-{digit}", str(digit)
    for number, day in enumerate(dates.days, 1):
        yield f"day-{number:02}", day
    for number, month in enumerate(dates.months, 1):
        yield f"month-{number:02}", month
    for minutes in MINUTES:
        yield f"minutes-{minutes}", str(minutes)
    for number, word in enumerate(words(language), 1):
        yield f"word-{number:02}", word
