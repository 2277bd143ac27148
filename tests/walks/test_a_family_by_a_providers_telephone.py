"""A mother calls through a provider of calls, over its signed requests: the same enquiry as by the bureau's own line."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import path

from kinline.channels import fetching, reading
from kinline.channels.telephone import public
from kinline.channels.telephone.keeping import Keeper, NotTaken
from kinline.correspondence.models import Outgoing
from kinline.enquiries.models import Addition, Enquiry
from kinline.enquiries.queries import families
from kinline.intake import actions, making, waiting
from kinline.intake.models import Attachment, Conversation, Item, Raw
from kinline.ledger import storing
from tests import people
from tests.bureau import acting
from tests.channels.telephone import calls, provider
from tests.channels.telephone.calls import NOON, chooses, says
from tests.channels.telephone.provider import VOICE, Caller

pytestmark = pytest.mark.django_db(transaction=True)

urlpatterns = [path("", lambda request: None)]


@pytest.fixture(autouse=True)
def shelf(settings):
    settings.ROOT_URLCONF = __name__
    with provider.keeping() as shelf, reading.reader(at=NOON) as cell:
        shelf.cell = cell
        opened(shelf)
        yield shelf


def opened(shelf, **how):
    """Put the door where the test's calls go."""
    hook = provider.hook(shelf, shelf.cell, **how)
    urlpatterns[:] = public.doors(hook, at=provider.AT)
    return hook


def asks(caller: Caller) -> str:
    """She asks in Ukrainian; the code that she hears."""
    caller.begin("uk", "1")
    caller.speak()
    caller.press("14032001")
    caller.press("1")
    return heard_code(caller)


def heard_code(caller: Caller) -> str:
    return "".join(name.removeprefix("uk/digit-") for name in caller.heard if name.startswith("uk/digit-"))


def what_was_made(held: Conversation) -> tuple[object, ...]:
    """All of an enquiry that does not differ from call to call."""
    recording, number = Attachment.objects.get(heard__address=held.address), held.address.partition(";")[0]
    standing = {name: value for name, value in held.standing.items() if name not in {"code_hash", "draft_hash"}}
    texts = Outgoing.objects.filter(channel="sms", address=number).count()
    case = held.enquiry.case
    told = (held.enquiry.channel, case.born, case.sought_name, held.person, recording.media_type, number, texts)
    return (*told, {**standing, "abilities": {**standing["abilities"], "address": ""}})


def test_an_enquiry_by_a_provider_is_the_same_as_by_our_own_line(shelf):
    code = asks(Caller(shelf))
    calls.calling(_own_line)

    [through, by_line] = Conversation.objects.order_by("pk")
    [made, alike] = what_was_made(through), what_was_made(by_line)

    assert made == alike
    assert made[:4] == ("telephone", "2001-03-14", making.NAME_BY_VOICE, "recorded")
    assert families.by_code(code) == through.enquiry
    assert storing.read(Attachment.objects.order_by("pk")[0].stored_as) == VOICE
    assert waiting.recordings().count() == 2


async def _own_line(line) -> None:
    async with line.called_by() as mother:
        await chooses(mother, "1")
        await says(mother)
        await mother.hears("uk/born-1")
        await mother.press("14032001")
        await mother.hears("uk/contact-1")
        await mother.press("1")
        await mother.hears("uk/closing-8")


def test_the_code_is_said_again_and_opens_the_case_in_another_call(shelf):
    caller = Caller(shelf)
    code = asks(caller)
    caller.press("1")
    actions.write_down(waiting.recordings().get(), people.ANDRIY.name, actor=acting(people.OLHA), at=NOON)
    again = Caller(shelf, number="anonymous", call="CA99").begin("uk", "2")
    again.press(code)
    again.press("0501234567#")

    assert heard_code(caller) == code
    assert "uk/state_received-1" in again.heard
    again.speak(name="RE000002")
    assert Addition.objects.filter(enquiry=Enquiry.objects.get()).count() == 2
    assert not [raw for raw in Raw.objects.all() if code.encode() in bytes(raw.content)]


def test_what_is_not_signed_is_refused_and_leaves_nothing(shelf):
    forged = Caller(shelf, secret="guessed").ask()
    bare = Client().post(f"/{provider.AT}", {"CallSid": "CA1", "From": "+000500"})

    assert (forged.status_code, bare.status_code, Client().get(f"/{provider.AT}").status_code) == (403, 403, 405)
    assert (forged.content, bare.content) == (b"", b"")
    assert not Item.objects.exists()


def test_a_request_that_comes_twice_is_kept_once_and_answered_alike(shelf):
    caller = Caller(shelf).begin("uk", "1")
    count, heard = Item.objects.count(), caller.heard

    caller.ask(caller.last[0], **caller.last[1])

    assert (Item.objects.count(), caller.heard) == (count, heard)


def test_another_process_says_again_what_was_said(shelf):
    caller = Caller(shelf).begin("uk", "1")
    heard = caller.heard
    opened(shelf)

    caller.ask(caller.last[0], **caller.last[1])

    assert caller.heard == heard


def test_a_step_that_is_not_kept_is_said_to_be_not_taken(shelf):
    caller = Caller(shelf).begin("uk", "1")
    opened(shelf, keeper=_KeepsNothing)

    response = caller.speak()

    assert response.status_code == 200
    assert caller.heard[0] == "uk/not_taken-1"
    assert caller.answer.find("Record") is not None
    assert not Attachment.objects.exists()


class _KeepsNothing(Keeper):
    def hear(self, step):
        raise NotTaken

    def said_last(self, step):
        raise OperationalError("the database is away")


def test_a_recording_that_is_late_is_asked_for_anew_and_fetched_later(shelf):
    caller = Caller(shelf).begin("uk", "1")
    caller.speak(kept=False)
    heard = list(caller.heard)
    shelf.files["RE000001"] = VOICE
    ours = provider.recordings(shelf)

    fetching.fetch_due("telephone", ours.fetch, clock=calls.clock)

    assert (heard[0], "uk/who-again-1" in heard) == ("uk/not_taken-1", True)
    assert storing.read(waiting.recordings().get().stored_as) == VOICE
    assert not Outgoing.objects.filter(channel="telephone", status="new").exists()


def test_what_is_kept_here_is_deleted_at_the_provider(shelf):
    asks(Caller(shelf))
    shelf.is_closed = True
    ours = provider.recordings(shelf)
    early = fetching.delete_due("telephone", ours.delete)
    shelf.is_closed = False

    gone = [fetching.delete_due("telephone", ours.delete) for _time in range(2)]

    assert (early, gone, shelf.gone, shelf.files) == (0, [1, 0], ["RE000001"], {})
    assert waiting.recordings().count() == 1


def test_a_call_that_drops_after_the_name_leaves_the_name(shelf):
    caller = Caller(shelf).begin("uk", "1")
    caller.speak("hangup")

    assert caller.puts_down().status_code == 200
    assert Conversation.objects.get().standing["answers"]["name"] == making.NAME_BY_VOICE
    assert not Outgoing.objects.filter(channel="telephone", status__in=["new", "claimed"]).exists()


def test_key_zero_after_the_tone_keeps_the_name_and_passes_the_call_on(shelf):
    opened(shelf, person="+000777")
    caller = Caller(shelf).begin("uk", "1")
    caller.speak("0")

    dial = caller.answer.find("Dial")
    assert (caller.heard[0], dial.find("Number").text) == ("uk/connecting-1", "+000777")
    assert Attachment.objects.count() == 1
    caller.ask(dial.get("action"), DialCallStatus="no-answer")
    assert "uk/person_called-1" in caller.heard
    caller.ask(dial.get("action"), DialCallStatus="completed")
    assert [part.tag for part in caller.answer] == ["Hangup"]


def test_silence_is_asked_again_and_never_put_down(shelf):
    caller = Caller(shelf)
    caller.ask()
    for _time in range(6):
        caller.is_silent()

    assert caller.answer.find("Gather").get("timeout") == "30"
    assert caller.heard
    assert Item.objects.count() == 4


def test_a_key_pressed_before_the_tone_leads_to_the_tone_at_once(shelf):
    caller = Caller(shelf).begin("uk", "1")
    count = Item.objects.count()

    caller.press("5")

    assert caller.heard == ["uk/tone"]
    assert caller.answer.find("Record") is not None
    assert Item.objects.count() == count


@pytest.mark.once  # prompts are files
def test_prompts_are_open_to_all_and_may_be_kept():
    seen = {
        name: Client().get(f"/{provider.AT}/prompts/{name}.wav")
        for name in ("uk/who-1", "uk/tone", "ru/stop", "uk/x", "xx/who-1")
    }

    assert [each.status_code for each in seen.values()] == [200, 200, 200, 404, 404]
    assert seen["uk/who-1"].content.startswith(b"RIFF")
    assert seen["uk/who-1"]["Cache-Control"] == "public, max-age=86400"
