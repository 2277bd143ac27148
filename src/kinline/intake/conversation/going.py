"""Going from one question to another, and to the end: nothing here reads what was said."""

from dataclasses import replace
from datetime import date

from kinline.correspondence.masking import without_codes
from kinline.intake import answers, making, words
from kinline.intake.conversation import saying
from kinline.intake.scripts import Manner, Question
from kinline.intake.standing import SENT, Finished, State, Turn, Waiting, Why

WHO, CODE, CODE_CHECK = "who", "code", "code_check"
SECRET = frozenset({CODE, CODE_CHECK})
TRIES_UNTIL_A_PERSON = {Manner.VOICE: 3}
OTHERWISE = 2
MOST_NOTED = 200_000


def to(state: State, step: str, *, back_to: str = "") -> Turn:
    """Ask ``step`` now. Once it is answered the conversation returns to ``back_to``, or goes on in its order."""
    moved = replace(state, step=step, back_to=back_to if back_to != step else "", missed=0, code_hash="")
    return Turn(moved, saying.ask(moved), Waiting())


def back(state: State) -> Turn:
    """Ask again what was asked before this; from a question beside the order, what was asked when it came up."""
    names = [each.name for each in saying.order(state)]
    if state.back_to:
        return to(state, state.back_to)
    name = _place_of(state)
    return to(state, names[max(names.index(name) - 1, 0)] if name in names else names[0])


def following(state: State) -> Turn:
    """The next question, or the end of the conversation."""
    if state.back_to:
        return to(state, state.back_to)
    names = [each.name for each in saying.order(state)]
    name = _place_of(state)
    rest = names[names.index(name) + 1 :] if name in names else names[:1]
    if not rest:
        return finished(state)
    # Who calls from a number that cannot be called back is asked for one at once.
    hides_number = state.abilities.manner is Manner.VOICE and not state.abilities.reaches
    return to(state, "number" if hides_number and rest[0] == "contact" else rest[0])


def gap(state: State) -> Turn:
    """The question to go on with where the script no longer has the one that waited."""
    names = [each.name for each in saying.order(state)]
    return to(state, names[-1] if state.answers.get("name") else WHO)


def finished(state: State) -> Turn:
    """Hand the answers on. What they say lies in the enquiry from there, and no longer here."""
    if not state.answers.get("name"):
        return to(state, WHO)
    outcome = Finished(intake=making.intake(state), notes=state.notes, code_hash=state.draft_hash)
    sent = replace(state, step=SENT, answers={}, notes=(), missed=0, back_to="", draft_hash="")
    return Turn(sent, (), outcome)


def ask_check(state: State, code_hash: str) -> Turn:
    """A code was typed: ask for the one more thing that opens its case."""
    back_to = state.back_to if state.step in SECRET else state.step
    asking = replace(state, step=CODE_CHECK, code_hash=code_hash, back_to=back_to, missed=0)
    return Turn(asking, saying.ask(asking), Waiting())


def with_note(state: State, text: str) -> State:
    """Keep words that answer nothing; the same words once. Codes, checks and words of command are not kept.

    Whoever writes without end fills no row: the raw messages hold everything.
    """
    text = without_codes(text)
    if not text or text in state.notes or state.step in SECRET or words.command(text):
        return state
    if sum(map(len, state.notes)) + len(text) > MOST_NOTED:
        return state
    return replace(state, notes=(*state.notes, text))


def not_understood(state: State, asked: Question | None, text: str, *, problem: str = "") -> Turn:
    """Ask again; the second time a person reads it, and what may be left out is left out. Their words are kept."""
    kept = with_note(replace(state, missed=state.missed + 1), text)
    if kept.missed != TRIES_UNTIL_A_PERSON.get(state.abilities.manner, OTHERWISE):
        return Turn(kept, saying.again(kept, problem), Waiting())
    says = saying.sentence(kept, "person_reads")
    if asked is None or not asked.may_be_skipped(reachable=state.abilities.reaches):
        return Turn(kept, (*says, *saying.ask(kept)), Waiting(person=Why.NOT_UNDERSTOOD))
    if asked.kind == "birth":
        own_words = {"born": "", "born_words": text[: answers.LONGEST_DATE]}
        kept = replace(kept, answers={**kept.answers, **own_words})
    turn = following(kept)
    return Turn(turn.state, (*says, *turn.says), replace(turn.outcome, person=Why.NOT_UNDERSTOOD))


def draft_is_over(*, last_said: date, on: date, days: int) -> bool:
    """Whether nobody touched an unfinished conversation for so many ``days``, and it may be forgotten."""
    return (on - last_said).days >= days


def _place_of(state: State) -> str:
    asked = saying.question(state)
    return (asked.after or asked.name) if asked is not None else state.step
