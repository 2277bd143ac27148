"""A mother writes a mail at night: kept, read in the cell, answered, and an enquiry stands; over real IMAP and SMTP."""

import re
from functools import partial
from pathlib import Path

import pytest

from kinline import channels
from kinline.channels import reading, sending
from kinline.channels.email import poll, smtp
from kinline.channels.refusing import refuse
from kinline.correspondence.models import Outgoing
from kinline.enquiries.models import Enquiry
from kinline.intake import actions, queries
from kinline.intake.models import Conversation, Item
from kinrules import limits
from tests import dovecot, people
from tests.bureau import NOON
from tests.channels.email.letters import letter
from tests.channels.email.wires import open_post_office

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(dovecot.PROGRAM is None, reason=dovecot.WITHOUT),
]

RETURNED = Path(__file__).parents[3] / "shared/data/mail/mikel-mail/emails/multipart_report_emails/report_530.eml"
RETURNED_ID = b"<200712232303.lBNN3jDq002941@mail12.rrrr.com.au>"
BUREAU, SERVER = "bureau@bureau.example", "mx.bureau.example"
VOUCHED = f"{SERVER}; dmarc=pass header.from=example.org"


@pytest.fixture(autouse=True)
def _set_up():
    channels.set_up("email", sender=BUREAU, trusted=[SERVER])
    yield
    channels.set_up("email", sender="bureau@localhost.localdomain", trusted=[])
    channels.settings_of.clear()


@pytest.fixture
def mailbox():
    with dovecot.standing() as server:
        yield server


@pytest.fixture
def office():
    with open_post_office() as office:
        yield office


@pytest.fixture
def bureau(mailbox, office):
    """The worker at work: takes what came, reads it, and sends what is to be said."""
    keeping = poll.Keeping(take=actions.take, known=queries.names_under, clock=clock, refuse=refuse)
    ear = poll.Poller(mailbox.server(), account=BUREAU, keeping=keeping)

    def works() -> None:
        with ear.opened() as box:
            ear.once(box)
        reading.read_due(clock=clock)
        # It is always noon, so the pace of letters to one address is set aside.
        while sending.send_next("email", partial(smtp.send, office.server()), worker="test", clock=clock):
            Outgoing.objects.filter(attempted_at__isnull=False).update(attempted_at=None)

    return works


def clock():
    return NOON


def mail(body: str, *, number: int = 1, vouched: bool = True, **fields: str) -> bytes:
    head = f"From: {people.MARIA.email}\nTo: {BUREAU}\nMessage-ID: <{number}@example.org>\n"
    head += f"Authentication-Results: {VOUCHED}\n" if vouched else ""
    return letter(body, head=head, Content_Type="text/plain; charset=utf-8", **fields)


def test_a_mother_asks_by_mail_and_one_enquiry_holds_her_answers(mailbox, office, bureau):
    mailbox.deliver(mail("Добрий день! Я нічого не знаю про свого сина. Допоможіть, будь ласка.", Subject="Мій син"))
    bureau()
    first = office.letters()[-1]
    code = re.search(r"\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}", first["subject"])
    questions = [line for line in first.get_content().splitlines() if re.match(r"\s*\d\.", line)]

    answers = f"1. {people.ANDRIY.name}\n2. 14.03.2001\n3. син\n4. +380501234567\n"
    mailbox.deliver(mail(answers, number=2, In_Reply_To=first["message-id"], Subject=f"Re: {code and code[0]}"))
    bureau()

    enquiry = Enquiry.objects.get()
    assert first["to"] == people.MARIA.email
    assert code is not None
    assert len(questions) >= 4
    assert Conversation.objects.get().enquiry == enquiry
    assert enquiry.safe_word in "\n".join(each.get_content() for each in office.letters())
    assert Item.objects.count() == 2
    assert not Outgoing.objects.filter(status="dead").exists()


def test_machines_get_no_answer(mailbox, office, bureau):
    mailbox.deliver(mail("Щотижневі новини", List_Id="<news.example.org>", Precedence="bulk"))
    mailbox.deliver(mail("Мене немає", number=2, Auto_Submitted="auto-replied"))
    mailbox.deliver(mail("undeliverable", number=3, Return_Path="<>", Subject="Undelivered Mail Returned to Sender"))

    bureau()

    assert Item.objects.count() == 3
    assert office.letters() == []


def test_a_sender_for_whom_nobody_vouches_is_kept_and_not_answered(mailbox, office, bureau):
    mailbox.deliver(mail("Шукаю сина.", vouched=False))

    bureau()

    assert Item.objects.count() == 1
    assert office.letters() == []


def test_a_mail_that_comes_twice_is_answered_once(mailbox, office, bureau):
    mailbox.deliver(mail("Шукаю сина."))
    bureau()
    said = len(office.letters())

    mailbox.deliver(mail("Шукаю сина."))
    bureau()

    assert Item.objects.count() == 2
    assert len(office.letters()) == said


def returned(message_id: str) -> bytes:
    """A report (RFC 3464) of a server that could not deliver the letter with this id."""
    daemon = "From: MAILER-DAEMON@mx.example.org\nMessage-ID: <report@mx.example.org>\nReturn-Path: <>\n"
    parts = (
        ("text/plain", "Your message could not be delivered."),
        (
            "message/delivery-status",
            "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; b@example.org\nAction: failed\n",
        ),
        ("text/rfc822-headers", f"From: {BUREAU}\nMessage-ID: {message_id}\n"),
    )
    body = "".join(f"--b\nContent-Type: {kind}\n\n{content}\n" for kind, content in parts) + "--b--\n"
    kind = "multipart/report; report-type=delivery-status; boundary=b"
    return letter(body, head=daemon, Content_Type=kind, Subject="Undelivered Mail Returned to Sender")


def returned_indeed(message_id: str) -> bytes:
    """A report as a server once wrote it, with the id of our letter in place of that of another."""
    if not RETURNED.exists():
        pytest.skip("the collected mails are not beside the project (../shared/data/mail)")
    return RETURNED.read_bytes().replace(RETURNED_ID, message_id.encode())


@pytest.mark.parametrize("report", [returned, returned_indeed])
def test_a_letter_that_comes_back_is_tied_to_the_one_that_failed(mailbox, office, bureau, report):
    mailbox.deliver(mail("Шукаю сина."))
    bureau()
    ours, others = office.letters()[-1], len(office.letters()) - 1

    mailbox.deliver(report(ours["message-id"]))
    bureau()

    failed = Outgoing.objects.get(status="dead")
    assert (failed.sent_as, failed.failure, failed.address) == (ours["message-id"], "not-delivered", people.MARIA.email)
    assert Outgoing.objects.filter(status="sent").count() == others


@pytest.fixture
def little_room(monkeypatch):
    """Hardly any mail fits."""
    on = limits.on
    monkeypatch.setattr(limits, "on", lambda day, name: 700 if name == "intake_item_bytes" else on(day, name))


def test_a_letter_that_is_too_large_is_said_not_to_be_taken_once_a_day(mailbox, office, bureau, little_room):
    for number in (1, 2):
        mailbox.deliver(mail("Мій син. " * 200, number=number, Subject="=?utf-8?b?0JzRltC5INGB0LjQvQ==?="))

    bureau()
    bureau()

    [told] = office.letters()
    assert Item.objects.count() == 0
    assert "Ми НЕ змогли взяти ваш лист" in told.get_content()
    assert told["Auto-Submitted"] == "auto-replied"
    assert sorted(Outgoing.objects.values_list("kind", "failure")) == [("E1", ""), ("E1", "told-lately")]


@pytest.mark.parametrize("fields", [{"vouched": False}, {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}])
def test_nobody_is_told_of_a_large_letter_whom_no_machine_may_answer(mailbox, office, bureau, little_room, fields):
    mailbox.deliver(mail("Мій син. " * 200, **fields))

    bureau()

    assert office.letters() == []
    assert Outgoing.objects.count() == 0
