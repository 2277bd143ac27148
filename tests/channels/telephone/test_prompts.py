"""What callers hear: every text was spoken as it is written, soon enough, and not at too great a length."""

from array import array
from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from kinline.channels.base import Outbound
from kinline.channels.telephone import CHANNEL, sound, texts, writing
from kinline.channels.telephone.menu import menu
from kinline.channels.telephone.voices import Voices
from kinline.channels.telephone.writing import STOP
from kinline.intake import scripts
from kinline.intake.scripts import Manner
from tools import prompts as tool

LANGUAGES = scripts.LANGUAGES
MOST_MEGABYTES = 3
FIRST_OPTION, WHOLE_ENQUIRY = 5.0, 75.0


def seconds(language: str, name: str, **facts: str) -> float:
    """How long a text takes to be said, with its pauses."""
    text = writing.templates(language)[name].format_map(facts)
    _name, said = writing.plan(text, language=language)
    times, spoken = menu().times, writing.prompts(language)
    assert said, text
    return sum(times.stop if each == STOP else spoken[each].seconds + times.between for each in said)


@pytest.mark.house
def test_every_prompt_is_spoken_as_its_text_is_written_now():
    table = {language: dict(tool.kept()["prompts"][language]) for language in LANGUAGES}

    assert tool.stale(table) == []
    assert {language: dict(writing.templates(language)) for language in LANGUAGES} == {
        language: texts.templates(language) for language in LANGUAGES
    }


@pytest.mark.house
def test_all_prompts_together_are_small():
    files = list(tool.PROMPTS.rglob("*.wav"))

    assert sum(path.stat().st_size for path in files) < MOST_MEGABYTES * 1_000_000
    assert {path.parent.name for path in files} == {*LANGUAGES, "prompts"}


def test_the_first_option_is_heard_within_five_seconds():
    assert seconds("uk", "language") <= FIRST_OPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_enquiry_takes_little_more_than_a_minute_of_listening(language):
    facts = {"code_spoken": "4 8 2 1. 0 9 3 7. 5 6 1 2. 3 4 7 4.", "word": texts.words(language)[0]}
    with translation.override(language):
        facts["date"] = date_format(date(2026, 11, 27), "j E")
    chosen = LANGUAGES[: LANGUAGES.index(language) + 1]

    heard = sum(seconds(each, "language") for each in chosen)
    heard += sum(seconds(language, name) for name in ("menu", "who", "born", "contact"))
    heard += seconds(language, "closing", **facts)

    assert heard <= WHOLE_ENQUIRY


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_safe_word_and_every_day_of_the_year_can_be_said(language):
    template = writing.templates(language)["standing_promise"]
    with translation.override(language):
        days = [date_format(date.fromordinal(date(2028, 1, 1).toordinal() + n), "j E") for n in range(366)]

    unspoken = [day for day in days if not writing.plan(template.format(date=day), language=language)[1]]

    assert unspoken == []
    assert len(texts.words(language)) == 32
    assert all(word in {prompt.text for prompt in writing.prompts(language).values()} for word in texts.words(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_caller_is_asked_was_spoken(language):
    told = scripts.words(language)
    for question in scripts.named().order(Manner.VOICE, reachable=False):
        text = told.question(question.name, Manner.VOICE)

        (parcel,) = CHANNEL.write(Outbound("1", "x", text, language=language))

        assert parcel.body["unspoken"] == "", question.name


def test_no_menu_has_more_than_four_keys_and_a_person():
    for question in scripts.named().questions:
        assert len(question.choices.get(Manner.VOICE, ())) <= 4


def test_what_was_never_spoken_is_named_and_not_left_out():
    (parcel,) = CHANNEL.write(Outbound("1", "x", "This was never spoken.", language="en"))

    assert (parcel.body["prompts"], parcel.body["unspoken"]) == ([], "This was never spoken.")


def test_a_bureaus_own_recording_is_said_instead_of_ours(tmp_path):
    (tmp_path / "uk").mkdir()
    (tmp_path / "uk/who-1.wav").write_bytes(sound.pcm_file(array("h", [1_000] * 320).tobytes()))
    (tmp_path / "uk/who-2.wav").write_bytes(b"no recording at all")
    own, ours = Voices(tmp_path), Voices()

    assert len(own.frames("who-1", language="uk", law=sound.Law.A)) == 2
    assert own.frames("who-2", language="uk", law=sound.Law.MU) == ours.frames("who-2", language="uk", law=sound.Law.MU)


def test_sound_keeps_its_height_under_both_laws():
    for law in sound.Law:
        heard = [sound.linear(byte, law) for byte in range(256)]
        again = [sound.linear(sound.byte_of(law)[(height >> 2) & 0x3FFF], law) for height in heard]
        assert max(abs(one - other) for one, other in zip(heard, again, strict=True)) <= 8
