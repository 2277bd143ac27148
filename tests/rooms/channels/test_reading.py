"""Hostile post ends its cell and nothing else: it is set apart, and its neighbour is read and answered."""

from datetime import timedelta

import pytest

from kinline.channels import reading
from kinline.correspondence.outbox import queries as outbox
from kinline.intake import actions, queries
from kinline.intake.models import Attachment, Item
from tests.bureau import NOON

DOORS = ("tests.rooms.channels.doors",)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cell():
    with reading.Reader(seconds=2, megabytes=400, packages=DOORS) as reader:
        yield reader


class Clock:
    """Goes on by a minute each time somebody looks."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self):
        self.now += timedelta(minutes=1)
        return self.now


def taken(raw: bytes, *, channel: str = "plain") -> Item:
    done = actions.take(channel=channel, account="test", external_id=raw.decode(), raw=raw, at=NOON)
    return Item.objects.get(pk=done.number)


@pytest.mark.parametrize(
    ("trick", "trouble"),
    [
        (b"hang", "too-long"),
        (b"swell", "memory"),
        (b"die", "ended"),
        (b"raise", "raised"),
        (b"write", "raised"),
        (b"chatter", "ended"),
    ],
)
@pytest.mark.once  # nothing of a database is in it
def test_a_cell_is_all_that_hostile_post_can_end(cell, trick, trouble):
    with pytest.raises(reading.Unread) as unread:
        cell.read("plain", trick)

    assert unread.value.trouble == trouble
    assert cell.read("plain", b"neighbour")[0].text == "neighbour"


@pytest.mark.once  # nothing of a database is in it
def test_post_that_spins_is_ended_by_the_clock(cell):
    with pytest.raises(reading.Unread, match=r"too-long|ended"):
        cell.read("plain", b"spin")


@pytest.mark.once  # nothing of a database is in it
def test_a_cell_knows_nothing_of_the_bureau(cell):
    environment = cell.read("plain", b"environment")[0].text.split(",")

    assert not [name for name in environment if name.startswith("KINLINE")]


@pytest.mark.once  # nothing of a database is in it
@pytest.mark.parametrize("name", ["unheard", "../plain", "__init__", "base", ""])
def test_a_channel_that_is_none_is_named_so(cell, name):
    with pytest.raises(reading.Unread, match="no-channel"):
        cell.read(name, b"words")


@pytest.mark.once  # nothing of a database is in it
def test_many_megabytes_come_through_whole():
    raw = b"a" * (20 * 2**20)

    with reading.Reader(seconds=120, megabytes=400, packages=DOORS) as patient:
        said = patient.read("plain", raw)

    assert said[0].text == raw.decode()


def test_what_was_read_is_kept_and_acknowledged():
    item = taken("Слова".encode())

    count = reading.read_due(clock=Clock(), packages=DOORS)

    item.refresh_from_db()
    assert (count, item.state, queries.heard_in(item).get().text) == (1, "read", "Слова")
    assert Attachment.objects.get().size == 3
    assert outbox.of_item(item.pk).status == "new"


def test_poison_is_set_apart_after_three_tries_and_its_neighbour_is_answered():
    poison, neighbour = taken(b"die"), taken(b"neighbour")

    tries = reading.read_due(clock=Clock(), packages=DOORS)

    poison.refresh_from_db()
    neighbour.refresh_from_db()
    assert (tries, poison.state, poison.trouble, poison.attempts) == (4, "quarantined", "ended", 3)
    assert (neighbour.state, outbox.of_item(neighbour.pk).status) == ("read", "new")
    assert list(queries.for_a_person()) == [poison]


def test_what_a_channel_calls_unreadable_waits_for_a_person():
    item = taken(b"unreadable")

    reading.read_due(clock=Clock(), packages=DOORS)

    item.refresh_from_db()
    assert (item.state, item.trouble) == ("quarantined", "unreadable")
