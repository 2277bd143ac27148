"""Real calls to the line: SIP and RTP over UDP, keys as RFC 4733 has them, a name as a voice."""

import asyncio

import pytest

from kinline.channels.telephone.keeping import Answer, Keeper, NotTaken
from kinline.channels.telephone.steps import Step
from kinline.correspondence.models import Outgoing
from kinline.enquiries import codes
from kinline.enquiries.actions import receive
from kinline.enquiries.intake import Intake
from kinline.enquiries.models import Addition, Enquiry
from kinline.enquiries.queries import families
from kinline.intake import making, waiting
from kinline.intake.models import Attachment, Conversation, Heard, Item, Raw
from kinline.ledger import storing
from kinline.staff.queries import FAMILY
from tests import people
from tests.channels.telephone.calls import NOON, Line, calling, chooses, says, voice

pytestmark = pytest.mark.django_db(transaction=True)

CODE = "4821093756123474"


async def says_the_name(line: Line, mother) -> None:
    await chooses(mother, "1")
    await says(mother)
    await mother.hears("uk/born-1")


async def asks(line: Line) -> None:
    """A mother asks about her son, in Ukrainian, from a mobile telephone."""
    async with line.called_by() as mother:
        await says_the_name(line, mother)
        await mother.press("14032001")
        await mother.hears("uk/contact-1")
        await mother.press("1")
        await mother.hears("uk/closing-8")
        await mother.press("1")
        await mother.hears("uk/closing-1")
        await mother.press("1")


def heard_code(line: Line) -> str:
    """The digits of the last code that was read aloud to its end."""
    digits = [name.removeprefix("uk/digit-") for name in line.said if name.startswith("uk/digit-")]
    return "".join(digits[:16])


def test_an_enquiry_is_made_by_telephone_and_its_code_heard():
    line = calling(asks)

    enquiry = Enquiry.objects.get()
    recording = Attachment.objects.get()
    assert (enquiry.channel, enquiry.case.born) == ("telephone", "2001-03-14")
    assert enquiry.case.sought_name == making.NAME_BY_VOICE
    assert families.by_code(heard_code(line)) == enquiry
    assert recording.media_type == "audio/wav"
    assert storing.read(recording.stored_as).startswith(b"RIFF")
    assert Conversation.objects.get().person == "recorded"
    assert list(waiting.recordings()) == [recording]


def test_a_mobile_telephone_gets_code_and_word_by_sms():
    line = calling(asks)

    texts = [message.text for message in Outgoing.objects.filter(channel="sms", address="+380501234567")]
    assert codes.read(heard_code(line)).flaw is None
    assert " ".join(heard_code(line)[place : place + 4] for place in range(0, 16, 4)) in texts[0]
    assert Enquiry.objects.get().safe_word in texts[1]


def test_a_line_that_drops_leaves_the_name_as_a_draft():
    async def drops(line: Line) -> None:
        async with line.called_by() as mother:
            await says_the_name(line, mother)

    calling(drops)

    held = Conversation.objects.get()
    assert not Enquiry.objects.exists()
    assert (held.person, held.standing["answers"]["name"]) == ("recorded", making.NAME_BY_VOICE)
    assert waiting.recordings().count() == 1
    assert not Outgoing.objects.filter(channel="telephone", status__in=["new", "claimed"]).exists()


def test_a_line_that_drops_while_the_name_is_said_keeps_what_was_said():
    async def drops(line: Line) -> None:
        async with line.called_by() as mother:
            await chooses(mother, "1")
            await mother.hears("tone")
            await mother.speak(voice())

    calling(drops)

    assert waiting.recordings().count() == 1


def test_key_zero_brings_a_person_from_the_first_second():
    async def zero(line: Line) -> None:
        async with line.called_by() as mother:
            await mother.press("0")
            await mother.hears("uk/person_called-1")

    calling(zero)

    assert Conversation.objects.get().person == "asked"


def test_whoever_needs_a_person_is_passed_on_where_there_is_one():
    async def zero(line: Line) -> None:
        async with line.called_by() as mother:
            await mother.press("0")
            await mother.hears("uk/connecting-1")
            for _try in range(100):
                if mother.is_over:
                    break
                await asyncio.sleep(0.05)
            assert mother.passed_on_to == "sip:staff@127.0.0.1"

    calling(zero, person="sip:staff@127.0.0.1")

    assert Conversation.objects.get().person == "asked"


def test_a_caller_who_hides_the_number_is_asked_for_one_before_a_call_back():
    async def hides(line: Line) -> None:
        async with line.called_by("anonymous") as mother:
            await chooses(mother, "0")
            await mother.hears("uk/number-1")
            await mother.press("0501234567#")
            await mother.hears("uk/menu-1")

    calling(hides)

    held = Conversation.objects.get()
    assert (held.person, held.standing["answers"]) == ("asked", {"phone": "0501234567"})


def test_a_code_that_is_mistyped_is_kept_nowhere():
    async def errs(line: Line) -> None:
        async with line.called_by() as mother:
            await chooses(mother, "2")
            await mother.hears("uk/code-1")
            await mother.press("482109#")
            await mother.hears("uk/code-again-1")

    calling(errs)

    assert not any(b"4821" in bytes(raw.content) for raw in Raw.objects.all())


def test_wrong_keys_three_times_bring_a_person_and_the_line_stays():
    async def errs(line: Line) -> None:
        async with line.called_by() as mother:
            await mother.hears("uk/language-2")
            await mother.press("2")
            for _time in range(3):
                await mother.hears("ru/menu-4") if not _time else await mother.hears("ru/menu-again-1")
                await mother.press("7")
            await mother.hears("ru/person_reads-1")
            await mother.hears("ru/menu-1")
            assert not mother.is_over

    calling(errs)

    assert Conversation.objects.get().person == "not_understood"


def test_silence_is_asked_again_then_met_by_a_person_and_never_put_down():
    async def waits(line: Line) -> None:
        async with line.called_by() as mother:
            for _time in range(3):
                await mother.hears("uk/language-2")
            await mother.hears("uk/person_reads-1")
            await mother.hears("uk/menu-4")
            assert not mother.is_over

    calling(waits)

    assert Conversation.objects.get().person == "not_understood"


def test_surrender_brings_a_person_at_once_and_makes_no_enquiry():
    async def asks_for_it(line: Line) -> None:
        async with line.called_by() as soldier:
            await chooses(soldier, "3")
            await soldier.hears("uk/surrender-1")

    calling(asks_for_it)

    held = Conversation.objects.get()
    assert held.person == "surrender"
    assert held.person_due_at is not None
    assert not Enquiry.objects.exists()
    assert not Outgoing.objects.filter(channel="sms").exists()


def test_a_code_is_hashed_before_it_is_kept_and_opens_the_case_to_neutral_words(asked_on_the_web):
    async def follows_up(line: Line) -> None:
        async with line.called_by("+380671112233") as mother:
            await chooses(mother, "2")
            await mother.hears("uk/code-1")
            await mother.press(CODE)
            await mother.hears("uk/code_check-1")
            await mother.press("2001#")
            await mother.hears("uk/state_received-1")
            await mother.hears("uk/joined-2")
            await says(mother)
            await mother.hears("uk/added-1")

    calling(follows_up)

    assert all(CODE.encode() not in bytes(raw.content) for raw in Raw.objects.all())
    assert not any(CODE in heard.answer + heard.text for heard in Heard.objects.all())
    assert Conversation.objects.get().enquiry == asked_on_the_web
    assert Addition.objects.get().enquiry == asked_on_the_web


class Broken(Keeper):
    """A line whose database has gone after the first step."""

    def hear(self, step: Step) -> Answer:
        if step.step:
            raise NotTaken
        return super().hear(step)


def test_what_cannot_be_kept_is_said_so():
    async def tries(line: Line) -> None:
        async with line.called_by() as mother:
            await mother.hears("uk/language-2")
            await mother.press("1")
            await mother.hears("uk/not_taken-1")

    calling(tries, keeper=Broken)

    assert Item.objects.count() == 1


@pytest.fixture
def asked_on_the_web(transactional_db) -> Enquiry:
    """An enquiry with a known code about a man born in 2001."""
    asked = Intake(name=people.ANDRIY.name, language="uk", born="2001-03-14")
    return receive(asked, actor=FAMILY, at=NOON, code=CODE).enquiry
