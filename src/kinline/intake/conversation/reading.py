"""Which answer is meant: by the key of a button, its number, its words, or read as the kind of the question says."""

from dataclasses import replace
from datetime import date

from kinline.enquiries import danger
from kinline.intake import answers, scripts, words
from kinline.intake.answers import Read
from kinline.intake.conversation import saying
from kinline.intake.scripts import Manner, Question
from kinline.intake.standing import Said, State

KEYS = {"0": "person", "*": "skip", "#": ""}
# Words that can never be a name or a relation.
NO_NAMES = frozenset({"yes", "no", "skip", "page_only"})
IN_FREE_WORDS = frozenset({"name", "relation", "birth", "contact", "free"})


def pressed(state: State, said: Said) -> str | None:
    """What was typed, or the word of the button that was pressed; None for a button of another place."""
    if not said.answer:
        return said.text
    place, colon, key = said.answer.rpartition(":")
    if colon:
        return key if place == state.step else None
    return KEYS.get(key, key) if state.abilities.manner is Manner.VOICE else key


def choice(state: State, text: str) -> str:
    """The key of the button that ``text`` is; "" for none."""
    keys = tuple(key for key, _words in saying.offered(state))
    command = words.command(text)
    return one_of(state, keys, text) or (command if command in keys else "")


def one_of(state: State, keys: tuple[str, ...], text: str) -> str:
    """Which of ``keys`` the text is: itself, its number, or its words in any language; "" for none."""
    number = answers.as_number(text)
    if number is not None and 1 <= number <= len(keys):
        return keys[number - 1]
    for key in keys:
        spoken = (replace(state, language=language) for language in scripts.LANGUAGES)
        if text == key or any(words.same(text, saying.label(each, key)) for each in spoken):
            return key
    return ""


def answer(state: State, asked: Question, text: str, *, on: date) -> Read:
    """``text`` as an answer to this question, its problem in the family's language."""
    return answers.in_language(state.language, lambda: _read(state, asked, text, on=on))


def is_cry(state: State, kind: str, text: str) -> bool:
    """Whether danger is told where an answer was asked for. Said a second time it is taken as the answer it may be."""
    return kind in IN_FREE_WORDS and text not in state.notes and danger.heard(text)


def _read(state: State, asked: Question, text: str, *, on: date) -> Read:
    kind = asked.kind
    if kind == "birth":
        return answers.birth(text, on=on)
    if kind == "contact":
        return answers.contact(text)
    if kind == "code":
        return answers.code(text)
    if kind == "free":
        return answers.free(text, question=asked.name)
    if kind not in {"name", "relation"} or words.command(text) in NO_NAMES:
        return answers.NOT_READ
    return answers.name(text) if kind == "name" else answers.relation(text, language=state.language)
