"""A case code lies readable nowhere longer than it is needed: docs/decisions/0020-codes-do-not-stay.md."""

import pytest
from django.db import connection

from kinline.correspondence.masking import HIDDEN
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.enquiries.models import Addition
from kinline.intake.models import Conversation, Heard, Raw
from tests.bureau import NOON
from tests.rooms.intake.conftest import ADDRESS
from tests.rooms.intake.desk import CODE, hears

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = ("Петренко Петро", "2001", "син", "+380501234567", "так")


def asked() -> None:
    for each in ("/start", "1", *WORDS):
        hears(each)


def sends_all() -> list[str]:
    """Send what is written; returns it as it went out."""
    Outgoing.objects.update(attempted_at=None)
    said = []
    while (message := outbox.claim(worker="test", at=NOON)) is not None:
        said.append(message.text)
        outbox.sent(message, at=NOON)
        Outgoing.objects.update(attempted_at=None)
    return said


def everywhere_but_the_bytes(digits: str) -> list[str]:
    """Tables in which these digits stand, with or without blanks."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == Raw._meta.db_table:
                continue
            cursor.execute(f"SELECT * FROM {table}")
            if any(digits in str(cell).replace(" ", "") for row in cursor.fetchall() for cell in row):
                found.append(table)
    return found


def test_a_code_we_said_is_gone_once_it_is_sent():
    asked()
    [code] = [line.split(": ")[1] for said in sends_all() for line in said.splitlines() if "Ваш код справи" in line]

    assert everywhere_but_the_bytes(code.replace(" ", "")) == []
    assert HIDDEN in Outgoing.objects.filter(address=ADDRESS, text__contains="Ваш код справи").get().text


@pytest.mark.parametrize("text", [CODE, f"Мій код {CODE}, допоможіть"])
def test_a_code_that_was_typed_lies_in_the_bytes_alone(text):
    hears("/start")
    hears("1")
    hears(text)

    assert everywhere_but_the_bytes(CODE.replace(" ", "")) == []
    assert HIDDEN in Heard.objects.latest("pk").text


def test_a_code_beside_other_words_is_not_added_to_a_case():
    asked()
    hears(f"Мій код {CODE}, він у березні телефонував")

    assert Addition.objects.latest("pk").words == f"Мій код {HIDDEN}, він у березні телефонував"


def test_a_code_that_was_typed_still_opens_the_question_for_its_check():
    hears("/start")
    hears("1")
    hears(CODE)

    assert Conversation.objects.get(address=ADDRESS).standing["step"] == "code_check"


def test_a_message_that_is_not_sent_keeps_its_code_and_one_withdrawn_does_not():
    words = outbox.Words(text=f"Ваш код справи: {CODE}", language="uk", subject=f"[{CODE}]")
    place = outbox.Place(channel="telegram", account="bot", address="9")
    message = outbox.write(words, to=place, at=NOON)
    before = Outgoing.objects.get(pk=message.pk)

    outbox.withdraw(message, why="test", at=NOON)

    after = Outgoing.objects.get(pk=message.pk)
    assert CODE in before.text
    assert CODE in before.subject
    assert (after.text, after.subject) == (f"Ваш код справи: {HIDDEN}", f"[{HIDDEN}]")
    assert after.text_digest != before.text_digest
