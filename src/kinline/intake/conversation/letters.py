"""A letter answers all questions at once, under their numbers; what cannot be read in it goes to a person as it is."""

from dataclasses import replace
from datetime import date

from kinline.intake import answers, words
from kinline.intake.conversation import going, reading, saying
from kinline.intake.scripts import LANGUAGES
from kinline.intake.standing import OPENING, STOPPED, Opening, Said, State, Turn, Waiting, Why

FIRST = "who"


def turn(state: State, said: Said, *, on: date) -> Turn:
    """Read the numbered answers of a letter, and go as far as they lead."""
    command = words.command(said.text)
    if command in LANGUAGES:
        state = replace(state, language=command)
    if command == "person":
        return Turn(state, saying.sentence(state, "person_called"), Waiting(person=Why.ASKED))
    if command == "stop":
        stopped = replace(state, step=STOPPED, back_to=FIRST)
        return Turn(stopped, saying.sentence(stopped, "letter_kept"), Waiting(person=Why.ASKED))
    read, unread = _read(state, said, on=on)
    kept = going.with_note(replace(state, answers={**state.answers, **read}), said.text)
    why = Why.NOT_UNDERSTOOD if unread else None
    if kept.answers.get("name"):
        sent = going.finished(kept)
        return Turn(sent.state, sent.says, replace(sent.outcome, person=why))
    if state.step == OPENING:
        return Turn(replace(kept, step=OPENING), (), Opening(person=Why.NOT_UNDERSTOOD))
    return Turn(kept, saying.sentence(kept, "letter_kept"), Waiting(person=Why.NOT_UNDERSTOOD))


def _read(state: State, said: Said, *, on: date) -> tuple[dict[str, str], bool]:
    """The answers that could be read, and whether one could not."""
    questions = saying.order(state)
    found = answers.numbered(said.text, count=len(questions)) | {}
    if not found and said.whole:
        found = answers.numbered(said.whole, count=len(questions))
    read: dict[str, str] = {}
    unread = False
    for number, text in found.items():
        each = reading.answer(state, questions[number - 1], text, on=on)
        read |= each.values
        unread = unread or not (each.understood or words.command(text) == "skip")
    return read, unread
