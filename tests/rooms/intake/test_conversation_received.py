"""Whole conversations, from the first word to an enquiry in the database with its code and safe word."""

from datetime import UTC, datetime

import pytest

from kinline.enquiries import actions
from kinline.enquiries.models import Enquiry
from kinline.enquiries.queries import families
from kinline.intake import making
from kinline.intake.conversation import Abilities, Finished, Joining, Said, Turn, begin, closing, step
from kinline.intake.joining import open_case
from kinline.intake.scripts import ENQUIRY
from kinline.staff.queries import FAMILY
from kinrules.terms import Channel
from tests import people
from tests.rooms.intake.family import EMAIL, ON, SMS, TELEGRAM, TELEPHONE, WAYS

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMES = {"uk": people.ANDRIY.name, "ru": people.ANDRIY.name_ru, "en": people.ANDRIY.latin}
SON = {"uk": "син", "ru": "сын", "en": "son"}
YES = {"uk": "так", "ru": "да", "en": "yes"}
NUMBERS = {"uk": "1", "ru": "2", "en": "3"}

pytestmark = pytest.mark.django_db


def said_on(abilities: Abilities, language: str) -> list[str]:
    """What a family says on this way, one thing after the other."""
    name = NAMES[language]
    if abilities is EMAIL:
        return [f"1. {name}\n2. 14.03.2001\n3. {SON[language]}"]
    if abilities is SMS:
        return [name, "14.03.2001", SON[language]]
    if abilities is TELEPHONE:
        return [NUMBERS[language], "1", name, "14032001", "1"]
    return [NUMBERS[language], name, "14.03.2001", SON[language], "+380501234567", YES[language]]


def talk(abilities: Abilities, language: str, name: str = "") -> Turn:
    """A whole conversation."""
    turn = begin(ENQUIRY, abilities, language=language, on=ON)
    for text in said_on(abilities, language):
        turn = step(turn.state, Said(text=text.replace(NAMES[language], name or NAMES[language])), on=ON)
    return turn


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
@pytest.mark.parametrize("abilities", WAYS, ids=lambda way: way.channel)
def test_a_whole_conversation_becomes_an_enquiry_with_code_and_word(abilities, language):
    turn = talk(abilities, language)
    assert isinstance(turn.outcome, Finished)

    received = actions.receive(turn.outcome.intake, actor=FAMILY, at=NOON)
    _state, says = closing(
        turn.state, code=received.code, safe_word=received.safe_word, promise_on=received.enquiry.promise_on
    )

    enquiry = Enquiry.objects.get()
    spoken = "\n".join(say.text for say in says)
    grouped = " ".join(received.code[place : place + 4] for place in range(0, 16, 4))
    assert (enquiry.language, enquiry.channel) == (language, abilities.channel.value)
    assert (enquiry.case.sought_name, enquiry.case.born) == (NAMES[language], "2001-03-14")
    assert spoken.count(grouped) + spoken.replace(". ", " ").count(" ".join(received.code)) == 1
    assert spoken.count(received.safe_word) == 1


@pytest.mark.parametrize("abilities", WAYS, ids=lambda way: way.channel)
def test_the_same_answers_in_any_language_are_the_same_enquiry(abilities):
    digests = set()
    for language in ("uk", "ru", "en"):
        outcome = talk(abilities, language, name="Koval").outcome
        assert isinstance(outcome, Finished)
        digests.add(outcome.intake.digest())

    assert len(digests) == 1


def test_the_enquiry_knows_on_which_ways_the_family_is_reached():
    outcome = talk(TELEGRAM, "uk").outcome
    assert isinstance(outcome, Finished)

    assert [(way.channel, way.value) for way in outcome.intake.ways] == [
        (Channel.TELEGRAM, TELEGRAM.address),
        (Channel.TELEPHONE, "+380501234567"),
    ]
    assert outcome.intake.details == {"sex": "m"}


def test_a_name_that_was_only_spoken_is_found_by_no_search():
    turn = begin(ENQUIRY, TELEPHONE, language="uk", on=ON)
    for said in (Said(answer="1"), Said(answer="1"), Said(attachments_count=1), Said(answer="*"), Said(answer="1")):
        turn = step(turn.state, said, on=ON)
    assert isinstance(turn.outcome, Finished)

    received = actions.receive(turn.outcome.intake, actor=FAMILY, at=NOON)

    assert received.enquiry.case.sought_name == making.NAME_BY_VOICE
    assert received.enquiry.case.name_key == ""


def begun_on_telegram() -> tuple[str, str]:
    """A code and its safe word."""
    outcome = talk(TELEGRAM, "uk").outcome
    assert isinstance(outcome, Finished)
    received = actions.receive(outcome.intake, actor=FAMILY, at=NOON)
    return received.code, received.safe_word


def try_code(code: str, check: str, came_by: Abilities = SMS) -> Joining:
    turn = begin(ENQUIRY, came_by, language="uk", first=Said(text=code), on=ON)
    turn = step(turn.state, Said(text=check), on=ON)
    assert isinstance(turn.outcome, Joining)
    return turn.outcome


@pytest.mark.parametrize("check", ["", "2001", "+380 50 123 45 67"])
def test_a_conversation_goes_on_by_another_way_with_the_code_and_one_check(check):
    code, word = begun_on_telegram()

    opened = open_case(try_code(code, check or word), came_by=SMS, at=NOON)

    assert opened.enquiry == Enquiry.objects.get()


def test_five_wrong_checks_wait_even_for_the_right_one():
    code, word = begun_on_telegram()
    for _turn in range(5):
        opened = open_case(try_code(code, "1950"), came_by=SMS, at=NOON)
    assert opened.must_wait

    waiting = open_case(try_code(code, word), came_by=TELEPHONE, at=NOON)

    assert waiting.must_wait
    assert waiting.enquiry is None


def test_five_codes_that_nobody_has_wait_as_well():
    codes = ["1011537290875321", "4821093756123474"]
    code, word = begun_on_telegram()
    for turn in range(5):
        opened = open_case(try_code(codes[turn % 2], "2001"), came_by=SMS, at=NOON)

    assert opened.must_wait
    assert open_case(try_code(code, word), came_by=SMS, at=NOON).must_wait
    assert open_case(try_code(code, word), came_by=TELEGRAM, at=NOON).enquiry is not None


def test_a_wrong_check_and_a_code_that_nobody_has_come_to_the_same():
    code, _word = begun_on_telegram()

    wrong = open_case(try_code(code, "1950"), came_by=SMS, at=NOON)
    nobodys = open_case(try_code("4821093756123474", "1950"), came_by=SMS, at=NOON)

    assert wrong == nobodys


def test_an_enquiry_is_received_once_however_often_its_conversation_is_repeated():
    for _delivery in range(2):
        outcome = talk(TELEGRAM, "uk").outcome
        assert isinstance(outcome, Finished)
        actions.receive(outcome.intake, actor=FAMILY, at=NOON, ticket="the conversation's own")

    assert Enquiry.objects.count() == 1
    assert families.by_ticket("the conversation's own") is not None
