"""A mother writes an SMS at night: brought, kept, read in the cell, answered in single parts; over real HTTP."""

from importlib.resources import files

import pytest
from django.test import Client
from django.urls import path

from kinline import channels
from kinline.channels import reading, sending
from kinline.channels.sms import poll, provider, public
from kinline.channels.sms.gateway import Gateway
from kinline.correspondence.models import Outgoing
from kinline.demo.sms_gateway.phones import Network, Phone
from kinline.demo.sms_gateway.server import serving
from kinline.enquiries import sms
from kinline.enquiries.models import Enquiry
from kinline.intake import actions
from kinline.intake.models import Conversation, Heard, Item
from tests import people
from tests.bureau import NOON

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = people.MARIA.telephone.replace(" ", "")
OURS, SECRET, HOOK_SECRET = "+000500", "to-send-with", "to-be-known-by"
STATED = provider.read((files("kinline.demo.sms_gateway") / "asked.toml").read_text())
urlpatterns = [
    path(
        "hooks/sms",
        public.webhook(
            public.Hook(
                secret=HOOK_SECRET,
                receiving=STATED.receiving,
                account=OURS,
                take=actions.take,
                clock=lambda: NOON,
            )
        ),
    )
]


def clock():
    return NOON


@pytest.fixture(autouse=True)
def _set_up():
    stated = STATED.receiving
    channels.set_up("sms", names=dict(stated.names), undelivered=list(stated.undelivered), vouched=True)
    yield
    channels.set_up("sms", names={}, undelivered=[], vouched=False)
    channels.settings_of.clear()


@pytest.fixture
def network() -> Network:
    return Network(secret=SECRET, hook_secret=HOOK_SECRET, ours=OURS)


@pytest.fixture
def gateway(network):
    with serving(network) as address:
        gateway = Gateway(STATED, address=address, secret=SECRET)
        yield gateway
        gateway.close()


@pytest.fixture
def bureau(gateway):
    """The worker at work: asks for what came, reads it, sends what is to be said; returns when nothing is left."""

    def works() -> None:
        while poll.once(gateway, account=OURS, take=actions.take, clock=clock).taken + reading.read_due(clock=clock):
            sending.send_due("sms", gateway.send, worker="test", clock=clock)

    return works


@pytest.fixture
def maria(network) -> Phone:
    return Phone(network, NUMBER)


def asks(maria, bureau) -> None:
    for words in ("Шукаю сина", people.ANDRIY.name, "2001", "син", "так", "так"):
        if Enquiry.objects.exists():
            return
        maria.writes(words)
        bureau()


def test_a_family_asks_by_sms_and_an_enquiry_stands(maria, bureau):
    asks(maria, bureau)

    enquiry = Enquiry.objects.get()
    told = maria.reads()
    assert Conversation.objects.get().enquiry == enquiry
    assert enquiry.safe_word in "\n".join(told)
    assert "Код" in "\n".join(told)
    assert all(sms.parts(each) == 1 for each in told)
    assert not Outgoing.objects.filter(status="dead").exists()


def test_no_sms_of_the_whole_way_names_anybody(maria, bureau):
    asks(maria, bureau)

    told = "\n".join(maria.reads()).casefold()
    assert not [part for part in people.ANDRIY.name.casefold().split() if part in told]
    assert "http" not in told
    assert "www" not in told


def test_a_message_that_does_not_arrive_is_laid_before_a_person(maria, bureau):
    maria.goes()
    maria.writes("Шукаю сина")

    bureau()

    failed = Outgoing.objects.filter(status="dead", failure="not-delivered")
    assert failed.exists()
    assert all(each.sent_as.startswith("out-") for each in failed)


@pytest.mark.urls("tests.walks.test_a_family_by_sms")
def test_what_the_provider_brings_is_taken_when_it_is_signed_and_once(network):
    browser, brought = Client(), {"id": "in-1", "from": NUMBER, "text": "Шукаю сина"}
    body, signed = network.signed(brought)
    kind = "application/json"

    statuses = [
        browser.post("/hooks/sms", body, content_type=kind, headers={"X-Signature": shown}).status_code
        for shown in ("", signed[:-1] + "0", "sha256=", signed, signed)
    ]
    changed = browser.post("/hooks/sms", body + b" ", content_type=kind, headers={"X-Signature": signed}).status_code

    assert (statuses, changed) == ([403, 403, 403, 200, 200], 403)
    assert browser.get("/hooks/sms").status_code == 405
    assert Item.objects.count() == 1


@pytest.mark.urls("tests.walks.test_a_family_by_sms")
def test_what_cannot_be_kept_is_not_acknowledged(network, monkeypatch):
    body, signed = network.signed({"id": "in-2", "from": NUMBER, "text": "Шукаю сина"})
    monkeypatch.setattr("kinline.correspondence.outbox.actions.promise_receipts", _full)

    answer = Client().post("/hooks/sms", body, content_type="application/json", headers={"X-Signature": signed})

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert not Item.objects.exists()


def test_what_was_brought_twice_is_answered_once(maria, bureau, network):
    maria.writes("Шукаю сина")
    again = list(network.waiting)
    bureau()
    told = maria.reads()

    network.waiting.extend(again)
    bureau()

    assert maria.reads() == told
    assert Heard.objects.filter(kind="message").count() == 1


def _full(*_args, **_named):
    raise OSError("No space left on device")
