"""A mother asks by telephone, the name is written down at the desk, and she goes on by another telephone with her code."""

import pytest

from kinline.enquiries.models import Addition, Enquiry
from kinline.intake import actions, waiting
from kinline.intake.models import Conversation
from tests import people
from tests.bureau import acting
from tests.channels.telephone.calls import NOON, Line, calling, voice

pytestmark = pytest.mark.django_db(transaction=True)


async def asks(line: Line) -> None:
    """She asks in Russian, and does not know the day of birth."""
    async with line.called_by() as mother:
        await mother.press("2")
        await mother.hears("ru/menu-1")
        await mother.press("1")
        await mother.hears("tone")
        await mother.speak(voice())
        await mother.press("#")
        await mother.hears("ru/born-1")
        await mother.press("*")
        await mother.hears("ru/contact-1")
        await mother.press("1")
        await mother.hears("ru/closing-8")


def test_a_family_asks_by_telephone_and_comes_back_with_its_code():
    line = calling(asks)
    code = "".join(name.removeprefix("ru/digit-") for name in line.said if name.startswith("ru/digit-"))
    actions.write_down(waiting.recordings().get(), people.ANDRIY.name, actor=acting(people.OLHA), at=NOON)

    async def comes_back(line: Line) -> None:
        async with line.called_by("") as mother:
            await mother.press("1")
            await mother.hears("uk/menu-1")
            await mother.press("2")
            await mother.hears("uk/code-1")
            await mother.press(code)
            await mother.hears("uk/code_check-1")
            await mother.press("0501234567#")
            await mother.hears("uk/state_received-1")
            await mother.hears("tone")
            await mother.speak(voice())
            await mother.press("#")
            await mother.hears("uk/added-1")

    calling(comes_back)

    enquiry = Enquiry.objects.get()
    assert enquiry.case.sought_name == people.ANDRIY.name
    assert [held.enquiry for held in Conversation.objects.order_by("pk")] == [enquiry, enquiry]
    assert Addition.objects.filter(enquiry=enquiry).count() == 2
