"""What its channel says did not arrive is tied to the message that failed, and to no other."""

import pytest

from kinline.channels.base import Kind
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.intake import actions
from kinline.intake.models import Item
from tests.bureau import NOON
from tests.rooms.intake.conftest import Delivery, said

pytestmark = pytest.mark.django_db


def sent(name: str, *, account: str) -> Outgoing:
    """A message that its wire took, and calls so."""
    to = outbox.Place(channel="sms", account=account, address="+380501234567")
    outbox.write(outbox.Words(text="NIB", language="uk"), to=to, at=NOON)
    claimed = outbox.claim(worker="test", at=NOON, channel="sms")
    outbox.sent(claimed, at=NOON, sent_as=name)
    return claimed


def reported(name: str, *, account: str) -> None:
    item = Item.objects.get(pk=Delivery(channel="sms", account=account).taken().number)
    actions.note_read(item, [said(kind=Kind.BOUNCE, about=name, authenticated=False)], at=NOON)


@pytest.mark.parametrize("account", ["+380440000000", ""])
def test_a_message_that_did_not_arrive_waits_for_a_person(account):
    failed, arrived = sent("out-1", account=account), sent("out-2", account=account)

    reported("out-1", account="+380440000000")

    rows = [Outgoing.objects.get(pk=message.pk) for message in (failed, arrived)]
    assert [(row.status, row.failure) for row in rows] == [("dead", "not-delivered"), ("sent", "")]


def test_a_report_to_another_account_of_ours_is_about_none_of_this_one():
    other = sent("out-1", account="+380449999999")

    reported("out-1", account="+380440000000")

    assert Outgoing.objects.get(pk=other.pk).status == "sent"
