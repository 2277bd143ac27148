"""After the end: the code is said once, and everything that is written later is added to the case.

Also what is said once the caller knows more than a conversation may: whether a case was opened, by when a person reads.
"""

from dataclasses import replace
from datetime import date

from django.utils import translation

from kinline.enquiries.actions.add import LONGEST
from kinline.enquiries.messages.families import ADDITIONS, STATE_NOTES, STATES
from kinline.intake import answers, scripts, words
from kinline.intake.conversation import going, reading, saying
from kinline.intake.scripts import Manner, named
from kinline.intake.standing import (
    AFTER,
    MORE,
    OPEN,
    STOPPED,
    Adding,
    Deleting,
    Said,
    Say,
    State,
    Telling,
    Turn,
    Waiting,
    Why,
)
from kinrules import limits
from kinrules.terms import PublicState

ANYTHING = "message"
MORE_TO_TELL, PAPERS = "more", "papers"
# What at the end of a case is no news to be added to it.
NOTHING_NEW = frozenset({"start", "help", "greeting", "thanks", "back", "yes", "no", "skip", "more", "papers"})


def closing(state: State, *, code: str, safe_word: str, promise_on: date) -> tuple[State, tuple[Say, ...]]:
    """The enquiry was received: code, safe word and promise, said once. They are not kept here.

    No ``code`` where a letter was given it before: it stands in the subject, and nobody knows it any more.
    """
    facts = {
        "code": saying.grouped(code),
        "code_spoken": saying.spoken(code),
        "word": safe_word,
        "date": saying.day(state, promise_on),
    }
    opened = replace(state, step=OPEN)
    if state.abilities.manner is Manner.SHORT:
        parts = (saying.sentence(opened, name, **facts) for name in ("closing", "closing_word"))
        return opened, tuple(say for part in parts for say in part)
    if state.abilities.manner is Manner.LETTER:
        if not code:
            return opened, saying.sentence(opened, "closing_draft", **facts)
        return opened, _letter(opened, "closing", facts)
    return opened, saying.with_choices(opened, "closing", _choices(opened), **facts)


def opened(state: State, *, code: str, code_hash: str, promise_on: date) -> tuple[State, tuple[Say, ...]]:
    """A letter without a name got a code: say it, and ask the questions under their numbers."""
    waiting = replace(state, step="who", draft_hash=code_hash)
    facts = {"code": saying.grouped(code), "date": saying.day(state, promise_on)}
    [*before, last] = _letter(waiting, "opened", facts)
    numbered = saying.numbered_questions(waiting)
    return waiting, (*before, replace(last, text=f"{last.text}\n\n{numbered}"))


def joined(state: State, *, is_open: bool, must_wait: bool = False, on: date) -> Turn:
    """The check was tried. A code that nobody has and a wrong check are answered in the same words."""
    if must_wait:
        wait = saying.sentence(state, "wait", minutes=limits.on(on, "code_wait_minutes"))
        turn = going.to(state, state.back_to or "who")
        return Turn(turn.state, (*wait, *turn.says), Waiting(person=Why.TRIES))
    if not is_open:
        turn = going.to(state, "code", back_to=state.back_to)
        return Turn(turn.state, (*saying.sentence(state, "not_together"), *turn.says), Waiting())
    told = _told(state)
    held = replace(state, step=OPEN, code_hash="", back_to="", answers={}, notes=(), missed=0, adding="")
    return Turn(held, saying.sentence(held, "joined"), Adding(parts=told) if told else Waiting())


def added(state: State, *, kind: str = ANYTHING, read_by: date) -> tuple[Say, ...]:
    """It was added: who reads it by when."""
    name = "stop_kept" if kind == "stop" else "added"
    return saying.sentence(state, name, date=saying.day(state, read_by))


def standing(state: State, *, public: PublicState, promise_on: date | None) -> tuple[Say, ...]:
    """One of the six neutral states, in the words of the families' pages, and the promise; nothing else."""
    with translation.override(state.language):
        facts = {"state": str(STATES[public]), "note": str(STATE_NOTES[public])}
    says = saying.sentence(state, "standing", **facts)
    if promise_on is None or public is PublicState.FINISHED:
        return says
    return (*says, *saying.sentence(state, "standing_promise", date=saying.day(state, promise_on)))


def reminded(state: State, *, hours: int, on: date) -> tuple[State, tuple[Say, ...]]:
    """One reminder after as many ``hours`` of silence as the question allows; nothing where none is due."""
    asked = saying.question(state)
    if state.reminded or asked is None or hours < asked.remind_after_hours:
        return state, ()
    says = saying.sentence(state, "reminder", days=limits.on(on, "draft_days"))
    return replace(state, reminded=True), (*says, *saying.ask(state))


def turn(state: State, said: Said) -> Turn:
    """What is written to an open case: something to add, a button, or a wish."""
    meant = reading.pressed(state, said)
    if meant is None:
        return Turn(state, saying.sentence(state, "stale"), Waiting())
    command = _choice(state, meant) or words.command(meant)
    if command == "papers" and _offers_papers(state):
        return Turn(state, (), Deleting())
    if command == "status":
        return Turn(state, (), Telling())
    if command in {"person", "stop"}:
        kind, why = ("call_me", Why.ASKED) if command == "person" else ("stop", None)
        return Turn(replace(state, step=OPEN), (), Adding(kind=kind, parts=(meant,), person=why))
    if command == "more" and state.abilities.manner is Manner.CHAT:
        listed = replace(state, step=MORE, adding="")
        return Turn(listed, saying.more_list(listed), Waiting())
    if state.step == MORE and not state.adding and (kind := reading.one_of(state, tuple(ADDITIONS), meant)):
        adding = replace(state, adding=kind)
        return Turn(adding, saying.hint(adding), Waiting())
    if state.abilities.manner is Manner.VOICE and answers.as_number(meant) is not None:
        return Turn(state, saying.sentence(state, "help"), Waiting())
    if state.abilities.manner is Manner.VOICE and said.attachments_count:
        note = scripts.words(state.language).said("recorded", Manner.VOICE)
        return Turn(replace(state, step=OPEN), (), Adding(parts=(note,), person=Why.RECORDED))
    if not meant or command in NOTHING_NEW:
        return Turn(state, saying.sentence(state, "joined" if not said.attachments_count else "kept"), Waiting())
    parts = answers.split(meant, LONGEST)
    return Turn(replace(state, step=OPEN, adding=""), (), Adding(kind=state.adding or ANYTHING, parts=parts))


def reworded(state: State, said: Said) -> Turn:
    """A message was changed afterwards: kept beside the first, and no answer to what is asked now."""
    if state.step in AFTER:
        parts = answers.split(said.text, LONGEST)
        return Turn(state, (), Adding(parts=parts)) if parts else Turn(state, saying.sentence(state, "kept"), Waiting())
    kept = going.with_note(state, said.text)
    if state.step == STOPPED:
        return Turn(kept, saying.sentence(kept, "kept"), Waiting())
    return Turn(kept, (*saying.sentence(kept, "reworded"), *saying.ask(kept)), Waiting())


def is_unfinished(state: State) -> bool:
    """Whether the conversation is a draft: begun, and not at its end."""
    return state.step == STOPPED or named(state.script).named(state.step) is not None


def _told(state: State) -> tuple[str, ...]:
    """What was said in an enquiry that was begun and not sent, before it turned out that there is a case."""
    said = [text for text in state.answers.values() if text]
    return answers.split("\n".join([*dict.fromkeys(said), *state.notes]), LONGEST)


def _choice(state: State, text: str) -> str:
    """The button under the closing words that ``text`` is."""
    offers = state.step == OPEN and state.abilities.manner is Manner.CHAT
    return reading.one_of(state, _choices(state), text) if offers else ""


def _offers_papers(state: State) -> bool:
    return PAPERS in _choices(state)


def _choices(state: State) -> tuple[str, ...]:
    """What is offered at the end of a chat; nothing that its channel does not do."""
    return (MORE_TO_TELL, PAPERS) if state.abilities.deletes else (MORE_TO_TELL,)


def _letter(state: State, name: str, facts: dict[str, str]) -> tuple[Say, ...]:
    [subject] = saying.sentence(state, f"{name}_subject", **facts)
    return tuple(replace(say, subject=subject.text) for say in saying.sentence(state, name, **facts))
