"""What was only spoken on the telephone is heard by an officer, written down, and searched from then on."""

import pytest

from kinline.correspondence.models import Outgoing
from kinline.enquiries.models import Addition, Enquiry
from kinline.intake import actions, making, waiting
from kinline.intake.models import Attachment, Transcript
from kinline.ledger import queries as ledger
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, acting, signed_in
from tests.reading import words
from tests.rooms.intake.spoken import CALLER, WAV, calls, calls_on

pytestmark = pytest.mark.django_db

LIST = "/conversations/recordings/"


@pytest.fixture
def at_olha(db):
    """The browser of an enquiry operator."""
    return signed_in(people.OLHA)


def write(browser, recording: Attachment, heard: str):
    return browser.post(f"{LIST}{recording.pk}/", {f"r{recording.pk}-words": heard})


def test_a_name_is_heard_and_written_down_and_then_searched(at_olha):
    held = calls("1", "1", "", "14032001", "1")
    recording = Attachment.objects.get()

    page = words(at_olha.get(LIST).content)
    sound = at_olha.get(f"{LIST}{recording.pk}/sound/")
    saved = write(at_olha, recording, people.ANDRIY.name)

    held.refresh_from_db()
    assert "The name of the person sought" in page
    assert (sound["Content-Type"], sound.content) == ("audio/wav", WAV)
    assert saved.status_code == 302
    assert held.enquiry.case.sought_name == people.ANDRIY.name
    assert held.enquiry.case.name_key
    assert held.person == ""
    assert "Everything that was said is written down." in words(at_olha.get(LIST).content)
    kinds = [entry.kind for entry in ledger.of(f"conversation:{held.pk}")]
    assert {"conversation.listen", "conversation.write_down"} <= set(kinds)


def test_a_name_of_a_call_that_broke_off_makes_the_enquiry(at_olha):
    held = calls("1", "1", "")

    write(at_olha, Attachment.objects.get(), people.ANDRIY.name)

    held.refresh_from_db()
    assert held.enquiry.case.sought_name == people.ANDRIY.name
    assert held.enquiry.channel == "telephone"
    assert Outgoing.objects.filter(channel="sms", address=CALLER).count() == 2
    assert Enquiry.objects.count() == 1


def test_what_is_added_by_voice_is_added_in_words(at_olha):
    held = calls("1", "1", "", "14032001", "1")
    write(at_olha, Attachment.objects.get(), people.ANDRIY.name)
    held.refresh_from_db()
    more = calls("1", call="6f0c1a2b")
    more.enquiry, more.standing = held.enquiry, held.standing
    more.save()
    said = calls_on(more)

    write(at_olha, said, "Він мав синю куртку")

    assert "Він мав синю куртку" in [addition.words for addition in Addition.objects.all()]


def test_nothing_and_what_can_be_no_name_is_not_saved(at_olha):
    calls("1", "1", "", "14032001", "1")
    recording = Attachment.objects.get()

    empty, digits = write(at_olha, recording, "  "), write(at_olha, recording, "12345")

    assert (empty.status_code, digits.status_code) == (422, 422)
    assert "This can be no name" in words(digits.content)
    assert not Transcript.objects.exists()
    assert Enquiry.objects.get().case.sought_name == making.NAME_BY_VOICE


def test_a_recording_is_written_down_once():
    calls("1", "1", "", "14032001", "1")
    recording, olha = Attachment.objects.get(), acting(people.OLHA)
    actions.write_down(recording, people.ANDRIY.name, actor=olha, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.write_down(recording, "Інший", actor=olha, at=NOON)

    assert refused.value.code == "recording.written"
    assert not waiting.recordings().exists()


def test_who_may_not_answer_families_hears_nothing():
    calls("1", "1", "")
    recording = Attachment.objects.get()
    at_taras = signed_in(people.TARAS)

    assert at_taras.get(LIST).status_code == 403
    assert at_taras.get(f"{LIST}{recording.pk}/sound/").status_code == 403
    assert write(at_taras, recording, people.ANDRIY.name).status_code == 403
