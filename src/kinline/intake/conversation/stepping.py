"""The interpreter: from where a conversation stands and what was said, to where it stands then and what we say.

Pure. Anything may be said at any moment, and nothing that is said is lost.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kinline.correspondence.masking import without_codes
from kinline.enquiries import danger
from kinline.enquiries.queries import families
from kinline.intake import answers, making, scripts, words
from kinline.intake.conversation import after, going, letters, reading, saying
from kinline.intake.scripts import Manner, Question
from kinline.intake.standing import (
    AFTER,
    OPENING,
    STOPPED,
    Abilities,
    Finished,
    Joining,
    Said,
    State,
    Turn,
    Waiting,
    Why,
)
from kinrules import limits

Seal = Callable[[str], str]
SEALED = re.compile("[0-9a-f]{64}")
"""A code that was hashed before it was kept: by telephone its digits reach nobody behind the line."""
TAKES_NUMBERS = frozenset({"contact", "code_check"})
START = "/start"
CHANGES = {
    "change_name": "who",
    "change_date": "born",
    "change_relation": "relation",
    "change_contact": "contact",
}
# Words that mean the same wherever they are said; other words of command are answers to some question.
EVERYWHERE = frozenset(
    {"back", "stop", "help", "person", "code", "start", "greeting", "thanks", *CHANGES, *scripts.LANGUAGES}
)


def begin(
    script: str,
    abilities: Abilities,
    *,
    language: str = "",
    on: date,
    first: Said | None = None,
    seal: Seal = families.hashed,
) -> Turn:
    """Open a conversation. ``first`` is what the family wrote to open it, ``language`` what the channel says of it."""
    said = first or Said()
    said = replace(said, text=said.text.strip().removeprefix(START).strip(), answer="")
    tongue = words.language_of(f"{said.subject} {said.text}", hint=language)
    state = State(script=scripts.named(script).name, abilities=abilities, language=tongue, step=OPENING)
    if abilities.manner is Manner.LETTER:
        return step(state, said, on=on, seal=seal)
    state = replace(state, step=saying.order(state)[0].name)
    if answers.code(said.text).understood or words.command(said.text) == going.CODE:
        return step(state, said, on=on, seal=seal)
    is_greeting = words.command(said.text) in {"start", "greeting"}
    kept = going.with_note(state, "" if is_greeting else said.text)
    return _with_care(Turn(kept, saying.ask(kept), Waiting()), said, on=on)


def step(state: State, said: Said, *, on: date, seal: Seal = families.hashed) -> Turn:
    """What one thing said leads to. ``seal`` hashes a case code, which is never kept as it is."""
    said = replace(said, text=said.text.replace("\x00", "").strip() or said.contact)
    return _with_care(_turn(replace(state, reminded=False), said, on=on, seal=seal), said, on=on)


def _turn(state: State, said: Said, *, on: date, seal: Seal) -> Turn:
    """What is meant: a code, a word that means the same everywhere, or an answer to what waits."""
    if state.step == STOPPED and not said.edited:
        return _resumed(state, said)
    typed = answers.code(_in_subject(state, said, seal=seal) or said.text)
    if typed.understood and state.step != going.CODE:
        return going.ask_check(going.with_note(state, _beside_code(said)), seal(typed.values["code"]))
    if not typed.understood:  # a code among other words is no answer, and is kept nowhere
        said = replace(said, text=without_codes(said.text), whole=without_codes(said.whole))
    if said.edited and not _is_awaited(state):
        return after.reworded(state, said)
    if state.step in AFTER:
        return _at_the_end(state, said, on=on, seal=seal)
    if state.abilities.manner is Manner.LETTER and state.step not in going.SECRET:
        return letters.turn(state, said, on=on)
    return _in_the_middle(state, said, on=on, seal=seal)


def _in_the_middle(state: State, said: Said, *, on: date, seal: Seal) -> Turn:
    """Questions are being asked: a button, a word of command, a shared number, or an answer."""
    meant = reading.pressed(state, said)
    if meant is None:
        return Turn(state, (*saying.sentence(state, "stale"), *saying.ask(state)), Waiting())
    asked = saying.question(state)
    if asked is None:
        return going.gap(going.with_note(state, meant))
    if (command := words.command(meant)) in EVERYWHERE:
        return _commanded(state, command, on=on)
    if said.contact and asked.kind not in TAKES_NUMBERS:
        shared = replace(state, answers={**state.answers, "phone": said.contact})
        return Turn(shared, (*saying.sentence(shared, "kept"), *saying.ask(shared)), Waiting())
    if not meant:
        return _silent(state, said, asked)
    return _answered(state, asked, meant, on=on, seal=seal)


def _is_awaited(state: State) -> bool:
    """Whether a new wording may be the answer that is waited for: the first could not be read."""
    return state.step in going.SECRET or (state.step not in AFTER and state.missed > 0)


def _resumed(state: State, said: Said) -> Turn:
    """Whoever stopped and writes again goes on where it was; the words are kept and answer nothing."""
    kept = going.with_note(state, "" if words.command(said.text) else said.text)
    return going.to(kept, state.back_to or going.WHO)


def _at_the_end(state: State, said: Said, *, on: date, seal: Seal) -> Turn:
    """The case is open; only a new enquiry, another code and another language lead away from it."""
    command = words.command(said.text)
    if command == "new":
        return begin(state.script, state.abilities, language=state.language, on=on, seal=seal)
    if command == going.CODE:
        return going.to(state, going.CODE, back_to=state.step)
    if command in scripts.LANGUAGES:
        state = replace(state, language=command)
        return Turn(state, saying.sentence(state, "joined"), Waiting())
    return after.turn(state, said)


def _with_care(turn: Turn, said: Said, *, on: date) -> Turn:
    """Words of danger bring a person at once, and we say so; what was sent along is acknowledged."""
    state, says, outcome = turn
    if said.attachments_count and not isinstance(outcome, Finished) and outcome.person is not Why.RECORDED:
        says = (*saying.sentence(state, "files_kept"), *says)
    if not danger.heard(said.text, said.subject):
        return Turn(state, says, outcome)
    minutes = limits.on(on, "danger_minutes")
    says = (*saying.sentence(state, "danger", minutes=minutes), *says)
    return Turn(state, says, replace(outcome, person=Why.DANGER, minutes=minutes))


def _commanded(state: State, command: str, *, on: date) -> Turn:
    """What the same word does wherever it is said."""
    if command == "person":
        says = saying.sentence(state, "person_called")
        if _must_give_a_number(state):
            turn = going.to(state, "number", back_to=state.step)
            return Turn(turn.state, (*says, *turn.says), Waiting(person=Why.ASKED))
        return Turn(state, (*says, *saying.ask(state)), Waiting(person=Why.ASKED))
    if command == "stop":
        stopped = replace(state, step=STOPPED, back_to=state.step)
        return Turn(stopped, saying.sentence(stopped, "stopped", days=limits.on(on, "draft_days")), Waiting())
    if command == "help":
        why = scripts.words(state.language).questions[state.step]["why"]
        own = saying.words_of(state, why) if state.abilities.manner is Manner.CHAT else ()
        return Turn(state, (*own, *saying.sentence(state, "help"), *saying.ask(state)), Waiting())
    if command == "back":
        return going.back(state)
    if command in CHANGES:
        return going.to(state, CHANGES[command], back_to=state.step)
    if command == going.CODE:
        return going.to(state, going.CODE, back_to=state.step)
    if command in scripts.LANGUAGES:
        spoken = replace(state, language=command)
        return going.following(spoken) if state.step == "language" else Turn(spoken, saying.ask(spoken), Waiting())
    return Turn(state, saying.ask(state), Waiting())


def _answered(state: State, asked: Question, text: str, *, on: date, seal: Seal) -> Turn:
    """An answer to the question that waits."""
    if key := reading.choice(state, text):
        return _chosen(state, asked, key, on=on)
    command = words.command(text)
    declines = {"skip", "page_only", "no"} if asked.kind == "contact" else {"skip"}
    if command in declines and asked.may_be_skipped(reachable=state.abilities.reaches):
        return going.following(state)
    if asked.kind == "language":
        tongue = words.language_of(text, hint=state.language)
        return going.following(going.with_note(replace(state, language=tongue), text))
    if asked.kind == "check" and command in {"yes", "no"}:
        return going.following(state) if command == "yes" else Turn(state, saying.change_what(state), Waiting())
    if asked.kind == "code" and state.abilities.manner is Manner.VOICE and SEALED.fullmatch(text):
        return going.ask_check(state, text)
    if asked.kind == "code_check":
        return Turn(state, (), Joining(code_hash=state.code_hash, check=text.splitlines()[0]))
    if reading.is_cry(state, asked.kind, text):
        kept = going.with_note(state, text)
        return Turn(kept, saying.ask(kept), Waiting())
    read = reading.answer(state, asked, text, on=on)
    if not read.understood:
        return going.not_understood(state, asked, text, problem=read.problem)
    if asked.kind == "code":
        return going.ask_check(state, seal(read.values["code"]))
    return going.following(replace(state, answers={**state.answers, **read.values}))


def _chosen(state: State, asked: Question, key: str, *, on: date) -> Turn:
    """What a button does."""
    able = state.abilities
    if key in scripts.LANGUAGES:
        return going.following(replace(state, language=key))
    if key in CHANGES:
        return going.to(state, CHANGES[key], back_to=state.step)
    if key in {"phone", "page"}:
        says = saying.sentence(state, "call_us" if key == "phone" else "our_page", phone=able.phone, page=able.page)
        return Turn(state, says, Waiting())
    if key == "surrender":
        minutes = limits.on(on, "surrender_minutes")
        return Turn(state, saying.sentence(state, "surrender"), Waiting(person=Why.SURRENDER, minutes=minutes))
    if key == going.CODE:
        return going.to(state, going.CODE, back_to=state.step)
    if key == "number":
        return going.to(state, "number", back_to=state.back_to)
    if key == "page_only":
        return going.following(replace(state, answers={**state.answers, "page_only": "yes"}))
    if key == "share":  # the button was typed; what it sends comes as a number
        return Turn(state, saying.ask(state), Waiting())
    if asked.kind == "relation":
        return going.following(replace(state, answers={**state.answers, **answers.chosen(key)}))
    return going.following(state)


def _in_subject(state: State, said: Said, *, seal: Seal) -> str:
    """The code in the subject of a letter, unless it is the one that this conversation was given itself."""
    if state.abilities.manner is not Manner.LETTER or state.step in AFTER | going.SECRET:
        return ""
    found = answers.code_in(said.subject)
    return found if found and seal(found) != state.draft_hash else ""


def _beside_code(said: Said) -> str:
    """The words of a letter whose subject held a code; a code alone is never kept."""
    return "" if answers.code(said.text).understood else said.text


def _must_give_a_number(state: State) -> bool:
    """Whether somebody who hides the number asks to be called, and has given none."""
    able = state.abilities
    is_hidden = able.manner is Manner.VOICE and not able.reaches
    return is_hidden and not state.answers.get("phone") and state.step not in {"number", "language"}


def _silent(state: State, said: Said, asked: Question) -> Turn:
    """Nothing was typed: a spoken name, only a file, or nothing at all. A caller's silence is an answer not heard."""
    if state.abilities.manner is Manner.VOICE and not said.attachments_count:
        return going.not_understood(state, asked, "")
    if not said.attachments_count or asked.kind != "name" or state.abilities.manner is not Manner.VOICE:
        return Turn(state, saying.ask(state), Waiting())
    note = scripts.words(state.language).said("recorded", Manner.VOICE)
    named = replace(state, answers={**state.answers, "name": making.NAME_BY_VOICE})
    moved, says, outcome = going.following(going.with_note(named, note))
    return Turn(moved, says, replace(outcome, person=Why.RECORDED))
