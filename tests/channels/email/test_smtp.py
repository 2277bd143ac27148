"""A letter reaches the mail server once, by the way the bureau named, and what became of it is told as a code."""

import logging
import socket
from functools import partial

import pytest

from kinline.channels.base import Outbound, Parcel
from kinline.channels.email import Email, places, smtp
from kinline.channels.outcomes import Refused, Sent, Unreachable
from tests import certificates, people
from tests.channels.email.wires import PASSWORD, USER, open_post_office
from tests.servers import free_port

pytestmark = pytest.mark.once  # no database is asked

BUREAU = "bureau@bureau.example"


@pytest.fixture
def office():
    with open_post_office() as office:
        yield office


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A certificate that this machine trusts while the test runs."""
    files = certificates.for_localhost(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    return files


def parcel(text: str = "Ми отримали вашого листа.", *, to: str = people.MARIA.email) -> Parcel:
    (written,) = Email(sender=BUREAU).write(Outbound(number="4711", address=to, text=text, subject="Ваш лист"))
    return written


def test_a_letter_is_handed_over_whole_with_sender_and_receiver_on_its_envelope(office):
    outcome = smtp.send(office.server(), parcel())

    (letter,), (envelope,) = office.letters(), office.envelopes
    assert outcome == Sent("<4711@bureau.example>")
    assert (envelope.mail_from, envelope.rcpt_tos) == (BUREAU, [people.MARIA.email])
    assert letter["message-id"] == "<4711@bureau.example>"
    assert letter["subject"] == "Ваш лист"
    assert letter.get_content().strip() == "Ми отримали вашого листа."


def test_a_line_that_begins_with_a_dot_arrives_as_it_was_written(office):
    smtp.send(office.server(), parcel("first\n.\n.second\nFrom here"))

    assert office.letters()[0].get_content().splitlines() == ["first", ".", ".second", "From here"]


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        ("RCPT", "550 5.1.1 no such user maria", Refused("smtp-550")),
        ("RCPT", "451 4.7.1 greylisted", Unreachable("smtp-451")),
        ("RCPT", "530 5.7.0 sign in first", Unreachable("smtp-530")),
        ("DATA", "554 5.7.1 refused", Refused("smtp-554")),
        ("DATA", "452 4.3.1 no room", Unreachable("smtp-452")),
        ("MAIL", "552 5.3.4 too large", Refused("smtp-552")),
        ("MAIL", "553 5.7.1 sender not owned", Unreachable("smtp-553")),
        ("MAIL", "421 4.3.2 going down", Unreachable("smtp-421")),
    ],
)
def test_what_the_server_answers_becomes_a_code_for_the_outbox(office, step, answer, outcome):
    office.answers[step] = answer

    assert smtp.send(office.server(), parcel()) == outcome
    assert office.letters() == []


def test_a_server_that_is_not_there_is_tried_again_later():
    nobody = places.Server("127.0.0.1", free_port(), places.PLAIN)

    assert smtp.send(nobody, parcel()) == Unreachable("network")


def test_a_server_that_says_nothing_is_tried_again_later(monkeypatch):
    monkeypatch.setattr(smtp, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dumb = places.Server("127.0.0.1", silent.getsockname()[1], places.PLAIN)

        assert smtp.send(dumb, parcel()) == Unreachable("cut-off")


@pytest.mark.parametrize("security", [places.STARTTLS, places.TLS])
def test_behind_tls_the_bureau_signs_in(certificate, security):
    with open_post_office(certificate=certificate, security=security) as office:
        outcome = smtp.send(office.server(security=security, user=USER), parcel())
        wrong = smtp.send(office.server(security=security, user=USER, password="another"), parcel())

    assert outcome == Sent("<4711@bureau.example>")
    assert wrong == Unreachable("sign-in")
    assert len(office.envelopes) == 1


@pytest.mark.parametrize("security", [places.STARTTLS, places.TLS])
def test_a_certificate_that_nobody_vouches_for_gets_no_letter(tmp_path, security):
    files = certificates.for_localhost(tmp_path)
    with open_post_office(certificate=files, security=security) as office:
        assert smtp.send(office.server(security=security), parcel()) == Unreachable("tls")
        assert office.envelopes == []


def test_a_server_without_starttls_gets_neither_letter_nor_password(office):
    assert smtp.send(office.server(security=places.STARTTLS, user=USER), parcel()) == Unreachable("not-offered")
    assert office.envelopes == []


def test_an_address_beyond_ascii_needs_a_server_that_can_read_it(office):
    sent = smtp.send(office.server(), parcel(to="марія@example.org"))

    assert sent == Sent("<4711@bureau.example>")
    assert office.envelopes[0].rcpt_tos == ["марія@example.org"]


def test_neither_password_nor_address_nor_words_reach_a_log(office, certificate, caplog):
    caplog.set_level(logging.DEBUG)
    office.answers["RCPT"] = f"550 no such user {people.MARIA.email}"
    with open_post_office(certificate=certificate, security=places.TLS) as guarded:
        outcomes = [
            smtp.send(office.server(), parcel()),
            smtp.send(guarded.server(security=places.TLS, user=USER), parcel()),
        ]

    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("kinline", "smtplib"))]
    said = f"{ours} {outcomes} {guarded.server(user=USER)!r}"
    assert PASSWORD not in said
    assert people.MARIA.email not in said


@pytest.mark.parametrize(
    "address",
    ["pop3://mail.example.org", "smtp://mail.example.org", "smtps://u:secret@mail.example.org", "smtps://", ""],
)
def test_a_server_that_cannot_be_trusted_with_letters_is_not_accepted(address):
    with pytest.raises(ValueError, match="mail server"):
        places.server(address, password="")


def test_a_server_is_named_with_the_usual_port():
    named = partial(places.server, password="")

    assert named("smtps://mail.example.org").port == 465
    assert named("smtp+starttls://mail.example.org").port == 587
    assert named("imap://localhost:1143/Families%20east") == places.Server(
        "localhost", 1143, places.PLAIN, folder="Families east"
    )
