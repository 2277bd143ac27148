"""Real calls to the line: SIP and RTP over UDP, keys as RFC 4733 has them, a name as a voice."""

import pytest

from kinline.correspondence.models import Outgoing
from kinline.enquiries.models import Enquiry
from kinline.intake import making
from kinline.intake.models import Attachment, Conversation, Item, Raw
from tests.channels.telephone.calls import Line, calling, voice

pytestmark = pytest.mark.django_db(transaction=True)


async def asks(line: Line) -> None:
    """A mother asks about her son, in Ukrainian."""
    async with line.called_by() as mother:
        await mother.hears("uk/language-2")
        await mother.press("1")
        await mother.hears("uk/menu-1")
        await mother.press("1")
        await mother.hears("uk/who-2")
        await mother.hears("tone")
        await mother.speak(voice())
        await mother.press("#")
        await mother.hears("uk/born-1")
        await mother.press("14032001")
        await mother.hears("uk/contact-1")
        await mother.press("1")
        await mother.hears("uk/closing-2")
        await mother.hears("uk/closing-8")


def test_an_enquiry_is_made_by_telephone():
    line = calling(asks)

    enquiry = Enquiry.objects.get()
    assert (enquiry.channel, enquiry.case.born, enquiry.case.sought_name) == (
        "telephone",
        "2001-03-14",
        making.NAME_BY_VOICE,
    )
    assert len([name for name in line.said if name.startswith("uk/digit-")]) == 16
