"""A family that speaks on several channels is read as one, and no officer reads its code."""

import pytest

from kinline.intake.models import Conversation
from kinline.ledger import queries as ledger
from tests import people
from tests.bureau import signed_in
from tests.reading import words
from tests.rooms.enquiries.desk.conftest import asked
from tests.rooms.intake.desk import CODE, hears

pytestmark = pytest.mark.django_db


def test_what_one_family_says_on_two_channels_is_one_thread():
    at_olha, enquiry = signed_in(people.OLHA), asked()
    by_chat, by_mail = hears("Пишу звідси", address="17"), hears("А тепер звідти", address="another")
    Conversation.objects.filter(pk__in=[by_chat.pk, by_mail.pk]).update(enquiry=enquiry)

    shown = words(at_olha.get(f"/conversations/{by_chat.pk}/").content)

    assert "Пишу звідси" in shown
    assert "А тепер звідти" in shown
    assert "viewed" in [entry.kind for entry in ledger.of(f"conversation:{by_mail.pk}")]


def test_a_case_code_is_shown_to_no_officer():
    held = hears(f"Мій код {CODE}, допоможіть, погрожують")

    shown = words(signed_in(people.OLHA).get(f"/conversations/{held.pk}/").content)

    assert CODE not in shown
    assert "Мій код •••• •••• •••• ••••, допоможіть" in shown
