"""What a mail is: a person's words, a machine's, or a letter of ours that came back; and who vouches for its sender."""

import pytest

from kinline.channels.base import Kind
from tests.channels.email.letters import HEAD, in_parts, letter, read

pytestmark = pytest.mark.once  # reading a mail touches no database

DAEMON = "From: MAILER-DAEMON@mail.example.org\nMessage-ID: <report@mail.example.org>\n"
SERVER = "mail.bureau.example"
PASS = f"{SERVER}; dmarc=pass (p=reject) header.from=example.org"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated (vacation)"),
        ("Precedence", "bulk"),
        ("Precedence", "list"),
        ("Precedence", "junk"),
        ("List-Id", "<news.example.org>"),
        ("List-Unsubscribe", "<mailto:off@example.org>"),
        ("Return-Path", "<>"),
        ("X-Autoreply", "yes"),
        ("Subject", "Out of Office: away"),
        ("Subject", "Automatic reply: message"),
        ("Subject", "Автоматична відповідь: лист"),
        ("Subject", "Автоответ: письмо"),
    ],
)
def test_a_machines_letter_is_known(field: str, value: str):
    assert read(letter(**{field: value})).kind is Kind.AUTO


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Auto-Submitted", "no"),
        ("Precedence", "normal"),
        ("Return-Path", "<a@example.org>"),
        ("Subject", "Не можу прийти"),
    ],
)
def test_a_persons_letter_is_not_taken_for_a_machines(field: str, value: str):
    assert read(letter(**{field: value})).kind is Kind.MESSAGE


@pytest.mark.parametrize(
    "raw",
    [
        letter("Failed.\nMessage-ID: <4711@example.org>\n", head=DAEMON, subject="failure notice"),
        letter("Failed.\n> Message-ID: <4711@example.org>\n", head=HEAD, x_failed_recipients="b@example.org"),
        letter("x", head=DAEMON, subject="Недоставленное сообщение", in_reply_to="<4711@example.org>"),
        letter("x", head=DAEMON, subject="Mail delivery failed: returning message", references="<4711@example.org>")
        + b"\nMessage-Id: <4711@example.org>",
    ],
)
def test_a_bounce_of_no_standard_is_tied_to_its_letter(raw: bytes):
    inbound = read(raw)

    assert (inbound.kind, inbound.about) == (Kind.BOUNCE, "<4711@example.org>")


def test_a_letter_that_is_only_late_did_not_come_back():
    report = "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; b@example.org\nAction: delayed\nStatus: 4.4.1\n"

    inbound = read(
        in_parts(("Content-Type: message/delivery-status", report), kind="report; report-type=delivery-status")
    )

    assert inbound.kind is Kind.AUTO


def test_a_receipt_is_a_machines_and_names_its_letter():
    told = (
        "Final-Recipient: rfc822; b@example.org\nOriginal-Message-ID: <4711@example.org>\nDisposition: x; displayed\n"
    )

    inbound = read(
        in_parts(
            ("Content-Type: message/disposition-notification", told),
            kind="report; report-type=disposition-notification",
        )
    )

    assert (inbound.kind, inbound.about) == (Kind.AUTO, "<4711@example.org>")


def test_nobody_is_vouched_for_until_a_server_is_trusted():
    raw = letter(authentication_results=PASS, head="From: maria@example.org\n")

    assert not read(raw).authenticated
    assert read(raw, trusted=[SERVER]).authenticated
    assert not read(raw, trusted=["other.example"]).authenticated


@pytest.mark.parametrize(
    "sender",
    [
        "maria@example.org",
        "<maria@example.org>",
        "Maria Koval <maria@example.org>",
        '"Koval, Maria" <maria@Example.ORG>',
        "=?utf-8?B?0JzQsNGA0ZbRjw==?= <maria@example.org>",
    ],
)
def test_a_plain_sender_is_vouched_for(sender: str):
    assert read(letter(authentication_results=PASS, head=f"From: {sender}\n"), trusted=[SERVER]).authenticated


@pytest.mark.parametrize(
    "sender",
    [
        "maria@example.org, evil@example.net",
        "maria@example.org\nFrom: evil@example.net",
        "evil@example.net\nFrom: maria@example.org",
        '"maria@example.org" <evil@example.net>',
        '"evil@example.net" <maria@example.org>',
        "evil@example.net <maria@example.org>",
        "<evil@example.net> <maria@example.org>",
        "maria@example.org (evil@example.net)",
        "maria@example.org\x00@example.net",
        "<@evil.example,@example.net:maria@example.org>",
        "=?utf-8?Q?evil=40example.net?= <maria@example.org>",
        "Friends: maria@example.org;",
        '"maria"@example.org <maria@example.org>',
        "maria@exаmple.org",
        "maria@sub.example.org",
        "maria",
        "",
    ],
)
def test_an_ambiguous_sender_is_vouched_for_by_nobody(sender: str):
    assert not read(letter(authentication_results=PASS, head=f"From: {sender}\n"), trusted=[SERVER]).authenticated


@pytest.mark.parametrize(
    "results",
    [
        f"{SERVER}; dmarc=fail header.from=example.org",
        f"{SERVER}; dmarc=none header.from=example.org",
        f"{SERVER}; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=example.org",
        f"{SERVER}; dmarc=pass header.from=example.net",
        f"{SERVER}; dmarc=pass",
        f"{SERVER}; dmarc=fail (dmarc=pass) header.from=example.org",
        f"{SERVER}; none (; dmarc=pass header.from=example.org)",
        f'{SERVER}; spf=pass smtp.mailfrom="x; dmarc=pass header.from=example.org"',
        f"evil.example; x=({SERVER}); dmarc=pass header.from=example.org",
        f"{SERVER}.evil.example; dmarc=pass header.from=example.org",
        f"{PASS}\nAuthentication-Results: {SERVER}; dmarc=fail header.from=example.org",
        f"{SERVER}; dmarc=fail header.from=example.org\nAuthentication-Results: {PASS}",
        f"x\nX-Authentication-Results: {PASS}",
        f"x\nARC-Authentication-Results: i=1; {PASS}",
    ],
)
def test_results_that_are_not_a_plain_pass_vouch_for_nobody(results: str):
    raw = letter(authentication_results=results, head="From: maria@example.org\n")

    assert not read(raw, trusted=[SERVER]).authenticated


def test_results_of_two_programs_of_one_server_are_read_together():
    raw = letter(
        authentication_results=f"{SERVER} 1; dkim=pass header.d=example.org\nAuthentication-Results: {PASS}",
        head="From: maria@example.org\n",
    )

    assert read(raw, trusted=[SERVER]).authenticated
