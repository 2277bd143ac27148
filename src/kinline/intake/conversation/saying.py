"""What the conversation says: whole sentences out of the script's languages, cut to what the channel carries."""

from collections.abc import Mapping
from datetime import date

from django.utils import translation
from django.utils.formats import date_format

from kinline.enquiries.messages import families as pages
from kinline.enquiries.messages.desk import LANGUAGES as NAMES
from kinline.intake import answers, scripts
from kinline.intake.scripts import Manner, Question
from kinline.intake.standing import AFTER, MORE, OPEN, Say, State
from kinrules.dates import PartialDate
from kinrules.refusal import Refused
from kinrules.terms import Relation

LABELS = (
    ("name", pages.LABEL_NAME),
    ("born", pages.LABEL_BORN),
    ("relation", pages.LABEL_RELATION),
)
WAYS = ("phone", "email", "telegram")
GROUP = 4


def question(state: State) -> Question | None:
    """The question that waits; None where none does."""
    return scripts.named(state.script).named(state.step)


def order(state: State) -> tuple[Question, ...]:
    """The questions that are asked in this conversation."""
    able = state.abilities
    return scripts.named(state.script).order(able.manner, reachable=able.reaches)


def sentence(state: State, name: str, /, **facts: object) -> tuple[Say, ...]:
    """The sentence ``name``, its blanks filled."""
    words = scripts.words(state.language)
    return _cut(state, _filled(words.said(name, state.abilities.manner), facts))


def with_choices(state: State, name: str, keys: tuple[str, ...], /, **facts: object) -> tuple[Say, ...]:
    """The sentence ``name`` with buttons under it; each is known again by the place where it was offered."""
    words = scripts.words(state.language)
    text = _filled(words.said(name, state.abilities.manner), facts)
    return _offering(state, text, tuple((key, label(state, key)) for key in keys))


def words_of(state: State, text: str) -> tuple[Say, ...]:
    """A sentence that is written already."""
    return _cut(state, text)


def again(state: State, problem: str) -> tuple[Say, ...]:
    """What could not be read, said so, with the buttons of the question."""
    asked = question(state)
    if asked is None or (asked.kind == "language" and state.abilities.manner is Manner.VOICE):
        return ask(state)
    own = scripts.words(state.language).again(asked.name, state.abilities.manner)
    text = problem if problem and state.abilities.manner in {Manner.CHAT, Manner.LETTER} else own
    return _offering(state, text, offered(state))


def ask(state: State) -> tuple[Say, ...]:
    """The question that waits, or all of them to whoever writes letters."""
    if state.step == OPEN:
        return sentence(state, "joined")
    if state.step == MORE:
        return more_list(state)
    asked = question(state)
    if asked is None or state.step in AFTER:
        return sentence(state, "kept")
    if asked.kind == "language" and state.abilities.manner is Manner.VOICE:
        return tuple(
            Say(text=scripts.words(each).question(asked.name, Manner.VOICE), language=each)
            for each in scripts.LANGUAGES
        )
    facts = {"seen": _seen(state), "lines": lines(state)}
    text = _filled(scripts.words(state.language).question(asked.name, state.abilities.manner), facts)
    return _offering(state, text, offered(state))


def change_what(state: State) -> tuple[Say, ...]:
    """What can be changed, after somebody said that it is not right."""
    words = scripts.words(state.language).said("change_what", state.abilities.manner)
    return _offering(state, words, offered(state))


def numbered_questions(state: State) -> str:
    """The questions of a letter under their numbers."""
    words = scripts.words(state.language)
    return "\n".join(
        f"{number}. {words.question(each.name, Manner.LETTER)}" for number, each in enumerate(order(state), 1)
    )


def more_list(state: State) -> tuple[Say, ...]:
    """What a family may add, each with its number."""
    return with_choices(state, "more_list", tuple(pages.ADDITIONS))


def hint(state: State) -> tuple[Say, ...]:
    """What helps in the detail that the family chose to add."""
    with translation.override(state.language):
        return words_of(state, str(pages.ADDITION_HINTS[state.adding]))


def offered(state: State) -> tuple[tuple[str, str], ...]:
    """Keys and words of the buttons under the question that waits, those left out that would lead nowhere."""
    asked = question(state)
    if asked is None:
        return ()
    able = state.abilities
    may_skip = asked.may_be_skipped(reachable=able.reaches)
    hidden = {
        "phone": not able.phone,
        "page": not able.page,
        "share": not (able.shares_contact and able.buttons),
        "skip": not may_skip,
        "page_only": may_skip,
        "here": not able.reaches,
    }
    keys = [key for key in asked.choices.get(able.manner, ()) if not hidden.get(key)]
    return tuple((key, label(state, key)) for key in keys)


def label(state: State, key: str) -> str:
    """The words of a button."""
    if key in NAMES:
        return NAMES[key]
    own = scripts.words(state.language).choices
    if key in own:
        return own[key]
    with translation.override(state.language):
        return str(pages.ADDITIONS[key] if key in pages.ADDITIONS else pages.RELATIONS[Relation(key)])


def lines(state: State) -> str:
    """The answers for checking, label and value: no name ever stands inside a sentence."""
    said = state.answers
    with translation.override(state.language):
        spoken = {
            "name": said.get("name", ""),
            "born": born(said.get("born", ""), said.get("born_words", "")),
            "relation": said.get("relation_words")
            or str(pages.RELATIONS[Relation(said.get("relation") or Relation.OTHER)]),
        }
        rows = [f"{wording}: {spoken[name]}" for name, wording in LABELS]
        free = [each.name for each in order(state) if each.kind == "free" and said.get(each.name)]
        rows += [f"{pages.ADDITIONS.get(name, name)}: {said[name]}" for name in free]
        ways = ", ".join(said[way] for way in WAYS if said.get(way))
        return "\n".join([*rows, f"{pages.LABEL_WAYS}: {ways}"] if ways else rows)


def born(written: str, said: str) -> str:
    """A date of birth with its month in words, so that a misreading is seen; else what was said."""
    try:
        return pages.partial_date(PartialDate.parse(written))
    except Refused:
        return said or str(pages.NOT_GIVEN)


def day(state: State, day: date) -> str:
    """A day in the family's language, such as "27 November"."""
    with translation.override(state.language):
        return date_format(day, "j E")


def grouped(code: str) -> str:
    """A code as people read cards aloud: four groups of four."""
    return " ".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def spoken(code: str) -> str:
    """A code digit by digit, a stop after each four."""
    return " ".join(f"{' '.join(group)}." for group in grouped(code).split())


def _seen(state: State) -> str:
    """Who may read along on this way; nothing where nobody may."""
    if state.abilities.confidential:
        return ""
    own = f"seen_{state.abilities.channel.value}"
    words = scripts.words(state.language)
    return words.said(own if own in words.say else "seen_other", state.abilities.manner)


def _filled(text: str, facts: Mapping[str, object]) -> str:
    """``text`` with its blanks filled; a line that stays empty is left out."""
    return "\n".join(line for line in (each.format_map(facts) for each in text.splitlines()) if line)


def _offering(state: State, text: str, choices: tuple[tuple[str, str], ...]) -> tuple[Say, ...]:
    """``text`` with buttons; every button has its number before it, as whoever has none types that."""
    manner = state.abilities.manner
    if not choices or manner in {Manner.VOICE, Manner.SHORT}:
        return _cut(state, text)
    counted = [(f"{state.step}:{key}", f"{number} {words}") for number, (key, words) in enumerate(choices, 1)]
    if not state.abilities.buttons:
        return _cut(state, "\n".join([text, *(words for _key, words in counted)]))
    *before, last = _cut(state, text)
    shares = next((key for key, _words in counted if key.endswith(":share")), "")
    return (*before, Say(text=last.text, language=state.language, choices=tuple(counted), wants_contact=shares))


def _cut(state: State, text: str) -> tuple[Say, ...]:
    pieces = answers.split(text, state.abilities.longest)
    return tuple(Say(text=piece, language=state.language) for piece in pieces)
