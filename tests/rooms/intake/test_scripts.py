"""The scripts: complete in every language, within the limits of their channels, and never saying what may not be said."""

import re
import string
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.formats import date_format

from kinline.enquiries import fate, safe_words, sms
from kinline.enquiries.actions.add import KINDS
from kinline.enquiries.intake import DETAILS
from kinline.enquiries.messages.families import RELATIONS
from kinline.intake import scripts, words
from kinline.intake.scripts import LANGUAGES, Manner
from kinrules.terms import Relation

LONGEST = {"code": "0000 0000 0000 0000", "minutes": "15", "days": "30", "state": "", "note": ""}
DAYS = [date(2026, month, 27) for month in range(1, 13)]
NAMES_WHAT_FAMILIES_ASK_ABOUT = {"questions.language.chat"}
WARNS_OF_MONEY = {"questions.language.chat"}
MONEY = re.compile(r"\b(?:грош|деньг|денег|заплат|сплат|оплат|money|pay|fee)")


def spoken(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence of a language with the place where it stands."""
    told = scripts.words(language)
    yield from _flat({"questions": told.questions, "say": told.say, "choices": told.choices})


def _flat(content: Any, before: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(content, str):
        yield before, content
        return
    for key, value in content.items():
        yield from _flat(value, f"{before}.{key}" if before else key)


def blanks(text: str) -> list[str]:
    return sorted(name for _text, name, _format, _conversion in string.Formatter().parse(text) if name)


def test_a_language_that_lacks_a_sentence_is_named():
    faults = list(
        scripts.gaps({"uk": {"say": {"a": "А", "b": "Б"}}, "ru": {"say": {"a": ""}}, "en": {"say": {"a": "A"}}})
    )

    assert faults == ["ru lacks say.b", "ru is empty at say.a", "en lacks say.b"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_the_blanks_of_its_siblings(language):
    english = dict(spoken("en"))

    assert {place: blanks(text) for place, text in spoken(language)} == {
        place: blanks(text) for place, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_words_in_every_manner_it_is_asked_in(language):
    told = scripts.words(language)

    for question in scripts.named().questions:
        own = told.questions[question.name]
        lacking = [manner for manner in question.manners if manner.value not in own and question.name != "menu"]
        assert not lacking, question.name
        assert own["why"]
        assert own["again"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_short_text_fits_one_message(language):
    longest_word = max(safe_words.words(language), key=len)
    with translation.override(language):
        longest_day = max((date_format(day, "j E") for day in DAYS), key=len)
    facts = LONGEST | {"word": longest_word, "date": longest_day}

    too_long = [
        (place, len(text.format_map(facts)))
        for place, text in spoken(language)
        if place.endswith((".short", "closing_word")) and sms.parts(text.format_map(facts)) != 1
    ]

    assert too_long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_short_conversation_can_say_has_a_short_form(language):
    told = scripts.words(language)
    not_in_short = {
        "seen_telegram", "seen_other", "call_us", "our_page", "change_what", "closing_word", "closing_subject", "opened",
        "closing_draft", "opened_subject", "letter_kept", "more_list", "papers_deleted", "surrender", "queue", "recorded",
        "files_kept_deleted", "files_kept_left", "papers_left", "papers_none", "reworded",
        "file_too_large", "file_not_taken",
    }  # fmt: skip

    lacking = [name for name, said in told.say.items() if name not in not_in_short and "short" not in said]

    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_can_tell_what_became_of_anybody(language):
    telling = [place for place, text in spoken(language) if fate.may_be_told_by(text)]

    assert set(telling) <= NAMES_WHAT_FAMILIES_ASK_ABOUT


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_is_named_only_to_warn_of_it(language):
    naming = [place for place, text in spoken(language) if MONEY.search(text.casefold())]

    assert set(naming) <= WARNS_OF_MONEY


def test_one_word_never_means_two_commands():
    meant: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for command, every in scripts.words(language).commands.items():
            for said in every:
                meant.setdefault(words.plain(said), set()).add(command)

    assert {said: commands for said, commands in meant.items() if len(commands) > 1} == {}


def test_no_safe_word_is_a_command():
    taken = [word for language in LANGUAGES for word in safe_words.words(language) if words.command(word)]

    assert taken == []


def test_relations_and_details_are_those_of_the_enquiries():
    for language in LANGUAGES:
        assert set(scripts.words(language).relations) == {relation.value for relation in RELATIONS}
    assert set(scripts.named().named("relation").choices[Manner.CHAT]) <= {relation.value for relation in Relation}
    assert {"message", "call_me", "stop"} <= set(KINDS)


def test_only_the_name_and_a_way_to_answer_are_required():
    asked = scripts.named().order(Manner.CHAT, reachable=True)
    hidden = scripts.named().order(Manner.CHAT, reachable=False)

    required = {question.name for question in asked if not question.may_be_skipped(reachable=True)}
    assert required == {"who", "check"}
    assert {each.name for each in hidden if not each.may_be_skipped(reachable=False)} == {"who", "contact", "check"}


def test_every_key_of_a_button_is_short_enough_for_any_channel():
    keys = [f"{each.name}:{key}" for each in scripts.named().questions for row in each.choices.values() for key in row]

    assert max(len(key.encode()) for key in [*keys, *(f"more:{kind}" for kind in KINDS)]) <= 64


def test_every_kind_of_question_can_be_read():
    kinds = {"language", "choice", "name", "birth", "relation", "contact", "check", "code", "code_check", "free"}

    assert {question.kind for question in scripts.named().questions} <= kinds
    assert {question.name for question in scripts.named().questions if question.kind == "free"} <= set(DETAILS)


def test_a_telephone_offers_few_keys():
    for question in scripts.named().questions:
        assert len(question.choices.get(Manner.VOICE, ())) <= 4
