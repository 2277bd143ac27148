"""What the bureau writes is one whole mail: plain, dated, known by its number, and nobody can slip a field in."""

from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import default

import pytest

from kinline.channels.base import Outbound
from kinline.channels.email import CHANNEL, Email
from kinrules.refusal import Refused
from tests import people
from tests.channels.email.letters import read

pytestmark = pytest.mark.once  # writing a mail touches no database

INJECTION = "x\r\nBcc: evil@example.net\r\n\r\nOther words"


def written(**fields: object) -> EmailMessage:
    """The one mail that carries this."""
    said = {"number": "4711", "address": people.MARIA.email, "text": "Ми отримали ваш лист."} | fields
    [parcel] = Email(sender="bureau@example.org").write(Outbound(**said))
    mail = message_from_string(str(parcel.body["message"]), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_mail_is_plain_text_and_marked_as_answered_by_a_machine():
    mail = written(
        subject="[4821 0937 56] Ми отримали ваш лист", answers="<a@example.org>", at=datetime(2026, 11, 23, tzinfo=UTC)
    )

    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().strip() == "Ми отримали ваш лист."
    assert {name: str(mail[name]) for name in mail if not name.startswith(("MIME", "Content-T"))} == {
        "From": "bureau@example.org",
        "To": people.MARIA.email,
        "Subject": "[4821 0937 56] Ми отримали ваш лист",
        "Date": "Mon, 23 Nov 2026 00:00:00 +0000",
        "Message-ID": "<4711@example.org>",
        "In-Reply-To": "<a@example.org>",
        "References": "<a@example.org>",
        "Auto-Submitted": "auto-replied",
        "Content-Language": "uk",
    }


def test_a_mail_that_answers_none_is_made_by_a_machine_all_the_same():
    mail = written()

    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["In-Reply-To"] is None


@pytest.mark.parametrize("field", ["subject", "number", "answers", "language", "text"])
def test_no_words_can_begin_a_field_of_their_own(field: str):
    mail = written(**{field: INJECTION})

    assert mail["Bcc"] is None
    assert str(mail["To"]) == people.MARIA.email
    assert len(mail.keys()) == len(set(mail.keys()))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "maria",
        "a@example.org, b@example.org",
        f"a@example.org{INJECTION}",
        "Maria <a@example.org>",
        "a@b\r\nBcc: c@d",
    ],
)
def test_what_is_no_single_address_is_refused(address: str):
    with pytest.raises(Refused) as refused:
        CHANNEL.write(Outbound(number="1", address=address, text="x"))

    assert refused.value.code == "channel.email-address"


def test_a_repeat_has_the_same_message_id_and_its_parts_have_others():
    outbound = Outbound(number="4711", address=people.MARIA.email, text="слово " * 300)

    parts = Email(longest=1_000).write(outbound)

    assert parts == Email(longest=1_000).write(outbound)
    assert len({parcel.body["message_id"] for parcel in parts}) == len(parts) == 2


def test_choices_stand_below_with_their_numbers():
    mail = written(choices=(("son", "Син"), ("husband", "Чоловік")))

    assert mail.get_content().splitlines()[-2:] == ["1. Син", "2. Чоловік"]


def test_what_was_written_is_read_again_as_a_machines():
    [parcel] = CHANNEL.write(Outbound(number="4711", address=people.MARIA.email, text="Ми отримали ваш лист."))

    inbound = read(str(parcel.body["message"]).encode())

    assert (inbound.text, inbound.kind, inbound.wire_id) == ("Ми отримали ваш лист.", "auto", parcel.body["message_id"])
