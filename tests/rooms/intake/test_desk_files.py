"""What families send is seen at the desk as pixels of ours; the original is for few, and every look is written down."""

from io import BytesIO

import pytest
from django.core.files.storage import storages
from PIL import Image

from kinline.channels.base import Attachment
from kinline.evidence import actions as evidence
from kinline.evidence import viewing
from kinline.evidence.models import Picture, Rendering
from kinline.intake.models import Attachment as Kept
from kinline.intake.models import Conversation
from kinline.ledger import queries as ledger
from tests import people
from tests.bureau import NOON, signed_in
from tests.reading import words
from tests.rooms.evidence.hostile import CORPUS
from tests.rooms.evidence.papers import MAKER, WORDS, photograph
from tests.rooms.intake.desk import VOICE, hears

pytestmark = pytest.mark.django_db
PHOTOGRAPH = photograph()


def sends(content: bytes, *, name: str = "photo.jpg", kind: str = "image/jpeg") -> tuple[Conversation, Kept]:
    """A family sends a file, and the worker has made of it what it can."""
    held = hears(attachments=(Attachment(name=name, type=kind, size=len(content), content=content),))
    kept = Kept.objects.get()
    evidence.make_ready(kept.digest, at=NOON)
    return held, kept


def at(held: Conversation, kept: Kept, more: str = "") -> str:
    return f"/conversations/{held.pk}/file/{kept.pk}/{more}"


def test_a_photograph_is_seen_beside_the_words_and_larger_on_a_page_of_its_own():
    held, kept = sends(PHOTOGRAPH)
    browser = signed_in(people.OLHA)

    page = browser.get(f"/conversations/{held.pk}/").content.decode()
    small = browser.get(at(held, kept, "page/1/small/"))
    large = browser.get(at(held, kept, "page/1/large/"))

    assert at(held, kept, "page/1/small/") in page
    assert 'alt="' in page
    assert [Image.open(BytesIO(each.content)).size for each in (small, large)] == [(240, 320), (480, 640)]
    for answer in (small, large):
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert MAKER.encode() not in answer.content
        assert not Image.open(BytesIO(answer.content)).getexif()


def test_that_an_officer_looked_is_written_down_with_page_and_size():
    held, kept = sends(PHOTOGRAPH)

    signed_in(people.OLHA).get(at(held, kept, "page/1/large/"))

    entry = ledger.of(f"conversation:{held.pk}").last()
    assert entry.kind == "conversation.see_file"
    assert entry.facts == {"file": kept.pk, "digest": kept.digest, "page": 1, "size": "large"}


def test_two_officers_see_two_different_pictures():
    held, kept = sends(PHOTOGRAPH)

    seen = {signed_in(each).get(at(held, kept, "page/1/large/")).content for each in (people.OLHA, people.MARKO)}

    assert len(seen) == 2


def test_every_part_of_a_picture_bears_the_mark_of_who_looked():
    plain = BytesIO()
    Image.new("RGB", (1600, 1200), "white").save(plain, "JPEG")

    shown = Image.open(BytesIO(viewing.marked(plain.getvalue(), mark="0F1E2D3C 20261120T1205Z"))).convert("L")

    parts = [(left, top, left + 300, top + 300) for left in range(0, 1300, 300) for top in range(0, 900, 300)]
    assert all(shown.crop(part).getextrema()[0] < 220 for part in parts)


def test_the_original_is_for_who_judges_papers_and_for_nobody_who_only_answers():
    held, kept = sends(PHOTOGRAPH)

    refused = signed_in(people.OLHA).get(at(held, kept))
    opened = signed_in(people.MARKO).get(at(held, kept))

    assert refused.status_code == 403
    assert PHOTOGRAPH not in refused.content
    assert opened.content == PHOTOGRAPH
    assert opened["Content-Type"] == "application/octet-stream"
    assert [entry.kind for entry in ledger.of(f"conversation:{held.pk}")].count("conversation.open_file") == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("svg", "of a kind that may hold harm"),
        ("pixel-flood", "the picture is larger than what is shown here"),
        ("jpeg-of-three-bytes", "it is damaged"),
    ],
)
def test_what_cannot_be_shown_is_kept_and_why_is_said(name, says):
    held, kept = sends(CORPUS[name](), name="photo.jpg")
    browser = signed_in(people.MARKO)

    page = browser.get(f"/conversations/{held.pk}/")

    assert says in words(page.content)
    assert b"<img" not in page.content
    assert browser.get(at(held, kept, "page/1/large/")).status_code == 404
    assert browser.get(at(held, kept)).content == CORPUS[name]()


def test_what_is_not_made_ready_yet_says_so():
    held = hears(attachments=(Attachment("photo.jpg", "image/jpeg", len(PHOTOGRAPH), PHOTOGRAPH),))

    page = signed_in(people.OLHA).get(f"/conversations/{held.pk}/")

    assert "It is being made ready to be shown." in words(page.content)


def test_nothing_that_a_family_sent_lies_open_on_the_disk():
    sends(PHOTOGRAPH)

    row, page = Rendering.objects.get(), Picture.objects.get()
    stored = []
    for place in (row.stored_as, page.large_as, page.small_as):
        with storages["exhibits"].open(place) as file:
            stored.append(file.read())
    assert all(each.startswith(b"KLS1") for each in stored)
    assert not any(b"\xff\xd8\xff" in each or MAKER.encode() in each or WORDS.encode() in each for each in stored)


def test_a_voice_is_downloaded_never_shown_and_that_it_was_is_written_down():
    at_olha = signed_in(people.OLHA)
    held = hears(attachments=(VOICE,))
    hears(address="other", attachments=(VOICE,))
    own, strange = Kept.objects.order_by("pk")
    evidence.make_ready(own.digest, at=NOON)
    answer = at_olha.get(f"/conversations/{held.pk}/file/{own.pk}/")

    assert answer.content == VOICE.content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert [entry.kind for entry in ledger.of(f"conversation:{held.pk}")][-2:] == ["viewed", "conversation.open_file"]
    assert at_olha.get(f"/conversations/{held.pk}/file/{strange.pk}/").status_code == 404
