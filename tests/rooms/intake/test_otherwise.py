"""Whom a message of ours does not reach is told so on another way of theirs: that alone, once, and where it is safe."""

from datetime import timedelta

import pytest

from kinline.channels import reading
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.enquiries import sms
from kinline.intake import actions, messages
from kinline.intake.actions.otherwise import tell_otherwise
from kinline.intake.models import Conversation, Item
from kinrules.terms import Channel
from tests.bureau import NOON
from tests.rooms.enquiries.desk.conftest import asked
from tests.rooms.intake.conftest import Delivery, said

pytestmark = pytest.mark.django_db
CHAT, MAIL = ("telegram", "17"), ("email", "family@example.org")
HOUR = timedelta(hours=1)


def speaks(channel: str, address: str, text: str = "Пишу звідси", **more) -> Conversation:
    wire_id = f"{channel}:{Item.objects.count()}"
    item = Item.objects.get(pk=Delivery(external_id=wire_id, raw=wire_id.encode(), channel=channel).taken().number)
    inbound = said(wire_id=wire_id, address=address, text=text, **more)
    actions.note_read(item, [inbound], at=NOON, abilities=reading.abilities_of(channel))
    return Conversation.objects.get(channel=channel, address=address)


@pytest.fixture
def family():
    """A family that proved two ways; everything that we said so far arrived."""
    held = [speaks(*CHAT), speaks(*MAIL)]
    Conversation.objects.filter(pk__in=[each.pk for each in held]).update(enquiry=asked())
    Outgoing.objects.exclude(status="withdrawn").update(status="sent")
    return held


def writes(channel: str, address: str) -> Outgoing:
    to = outbox.Place(channel=channel, account="bot", address=address)
    return outbox.write(outbox.Words(text="Код 4821 0937 5612 3474", language="uk"), to=to, at=NOON)


def dies(message: Outgoing) -> None:
    Outgoing.objects.filter(pk=message.pk).update(status="dead", failure="blocked", ended_at=NOON)


def told() -> list[tuple[str, str, str]]:
    return list(Outgoing.objects.filter(once__startswith="unreached:").values_list("channel", "address", "text"))


def test_a_family_whose_letter_is_dead_is_told_once_in_its_chat_and_reads_nothing_else(family):
    dies(writes(*MAIL))

    counts = [tell_otherwise(at=NOON), tell_otherwise(at=NOON + HOUR)]

    assert counts == [1, 0]
    assert told() == [(*CHAT, "Ми не змогли написати вам на пошту. Відповідайте тут або дзвоніть.")]


def test_a_channel_that_is_down_for_an_hour_is_no_way_for_what_waits_there(family):
    writes(*CHAT)

    counts = [tell_otherwise(at=NOON + timedelta(minutes=minutes)) for minutes in (59, 61)]

    assert counts == [0, 1]
    assert told()[0][:2] == MAIL


def test_once_they_are_heard_again_the_next_failure_is_told_again(family):
    dies(writes(*MAIL))
    tell_otherwise(at=NOON)
    speaks(*MAIL, text="Знову тут")

    assert tell_otherwise(at=NOON) == 1


def test_a_sentence_that_does_not_arrive_either_is_followed_by_no_other(family):
    dies(writes(*MAIL))
    tell_otherwise(at=NOON)
    dies(Outgoing.objects.get(once__startswith="unreached:"))
    Outgoing.objects.filter(channel="email").update(status="withdrawn")

    assert tell_otherwise(at=NOON) == 0


@pytest.mark.parametrize("changes", [{"person": "blocked"}, {"enquiry": None}])
def test_who_blocked_us_or_was_not_joined_to_the_case_is_told_nothing(family, changes):
    Conversation.objects.filter(channel="telegram").update(**changes)
    dies(writes(*MAIL))

    assert tell_otherwise(at=NOON) == 0


def test_who_asked_us_to_stop_is_told_nothing(family):
    speaks(*CHAT, text="стоп")
    dies(writes(*MAIL))

    assert tell_otherwise(at=NOON) == 0


def test_a_way_for_which_nobody_ever_vouched_carries_nothing():
    enquiry = asked()
    speaks(*CHAT, authenticated=False)
    speaks(*MAIL)
    Conversation.objects.update(enquiry=enquiry)
    Outgoing.objects.exclude(status="withdrawn").update(status="sent")
    dies(writes(*MAIL))

    assert tell_otherwise(at=NOON) == 0


@pytest.mark.parametrize("channel", list(messages.UNREACHED))
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_sentence_is_one_sms_without_a_link(channel, language):
    words = messages.unreached(Channel(channel), language=language).text

    assert sms.parts(words) == 1
    assert not messages.LINK.search(words)
