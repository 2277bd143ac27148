"""No flood keeps the post of others: channels are read in turn, and whoever says too much at once is read beside them."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinline.channels import reading
from kinline.channels.base import Inbound
from kinline.intake import actions, queries
from kinline.intake.models import Heard, Item
from kinrules import limits
from tests.bureau import NOON
from tests.rooms.intake.conftest import Delivery

pytestmark = pytest.mark.django_db
MOST = limits.on(NOON.date(), "sender_usual_per_hour")
LOUD, QUIET = "loud", "quiet"


def waiting(count: int, *, channel: str = "telegram", first: int = 1) -> None:
    """So much post of one channel, as if it had been taken; its bytes are left out."""
    Item.objects.bulk_create(
        Item(channel=channel, account="bot", external_id=f"{number}", size=0, received_at=NOON)
        for number in range(first, first + count)
    )


def taken(external_id: str, *, channel: str = "telegram") -> int:
    return Delivery(external_id=external_id, raw=external_id.encode(), channel=channel).taken().number


def was_loud(address: str = LOUD, *, count: int = MOST + 1, at=NOON, authenticated: bool = True) -> None:
    """So much was heard from an address already."""
    item = Item.objects.get(pk=taken(f"before:{address}:{authenticated}"))
    Heard.objects.bulk_create(
        Heard(item=item, position=place, kind="message", address=address, authenticated=authenticated, heard_at=at)
        for place in range(count)
    )
    Item.objects.filter(pk=item.pk).update(state="read")


def says(address: str, *, authenticated: bool = True) -> list[Inbound]:
    return [Inbound("wire", address=address, text="words", authenticated=authenticated)]


def read_all(addresses: dict[int, str]) -> list[int]:
    """Read whatever waits, as the reader does, and return the numbers in the order in which they were read."""
    turn, order = queries.FIRST_TURN, []
    while (begun := actions.begin_reading(at=NOON, turn=turn)) is not None:
        item, _raw = begun
        turn = turn.after(item)
        said = says(addresses[item.pk])
        if not actions.put_off(item, said, at=NOON):
            actions.note_read(item, said, at=NOON)
            order.append(item.pk)
    return order


def test_a_flood_on_one_channel_keeps_no_mail_waiting():
    waiting(500, channel="aaa")
    mail = taken("mail", channel="email")
    flood = Item.objects.filter(channel="aaa").first()

    following = queries.next_in_turn(queries.FIRST_TURN.after(flood), at=NOON)

    assert following.pk == mail


def test_every_channel_has_its_turn_and_gives_its_oldest_first():
    numbers = {taken(f"{channel}{each}", channel=channel): channel for channel in ("sms", "email") for each in "abc"}
    sms, email = ([number for number, of in numbers.items() if of == channel] for channel in ("sms", "email"))

    order = read_all(dict.fromkeys(numbers, QUIET))

    assert order == [number for pair in zip(email, sms, strict=True) for number in pair]


def test_whoever_floods_is_read_behind_the_others_of_the_channel():
    was_loud()
    flood = [taken(f"{each}") for each in range(6)]
    family = taken("family")

    order = read_all(dict.fromkeys(flood, LOUD) | {family: QUIET})

    assert order == [family, *flood]


def test_while_others_never_stop_the_slow_lane_has_one_turn_in_ten():
    slow, usual = Item(sender="digest"), Item(channel="telegram")
    waiting(30)
    Item.objects.filter(pk=Item.objects.latest("pk").pk).update(sender="digest")

    turn, lanes = queries.FIRST_TURN, ""
    for _each in range(21):
        item = queries.next_in_turn(turn, at=NOON)
        turn = turn.after(slow if item.sender else usual)
        lanes += "s" if item.sender else "u"

    assert lanes == "uuuuuuuuus" * 2 + "u"


def test_a_flood_in_anothers_name_puts_nobody_off_but_itself():
    was_loud(QUIET, authenticated=False)
    item, _raw = (taken("1"), actions.begin_reading(at=NOON))[1]

    forged = actions.put_off(item, says(QUIET, authenticated=False), at=NOON)
    item.refresh_from_db()
    honest = queries.is_put_off(queries.sender_of(item, address=QUIET, authenticated=True))

    assert (forged, honest, item.attempts, item.leased_until) == (True, False, 0, None)


def test_an_hour_later_a_sender_is_like_any_other():
    was_loud(at=NOON - timedelta(minutes=61))
    taken("1")
    item, _raw = actions.begin_reading(at=NOON)

    assert not actions.put_off(item, says(LOUD), at=NOON)


def test_whoever_has_something_in_the_slow_lane_has_the_next_there_too():
    was_loud(at=NOON - timedelta(minutes=59))
    taken("1")
    taken("2")
    first, _raw = actions.begin_reading(at=NOON)
    assert actions.put_off(first, says(LOUD), at=NOON)

    second, _raw = actions.begin_reading(at=NOON)

    assert actions.put_off(second, says(LOUD), at=NOON + timedelta(minutes=5))


def test_what_the_slow_lane_holds_is_read_at_once_when_nothing_else_waits():
    was_loud()
    number = taken("1")

    order = read_all({number: LOUD})

    assert order == [number]


def test_the_reader_itself_keeps_to_the_turns():
    numbers = [taken(f"{channel}{each}", channel=channel) for channel in ("sms", "email") for each in "ab"]
    turns = []

    with reading.Reader(seconds=5, megabytes=400, packages=("tests.rooms.channels.doors",)) as cell:
        for _each in numbers:
            reading.read_next(cell, clock=lambda: NOON)
            turns.append(cell.turn.channel)

    assert turns == ["email", "sms", "email", "sms"]


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    post=st.lists(
        st.tuples(st.sampled_from(["email", "sms", "telegram"]), st.sampled_from([LOUD, "louder", QUIET])), max_size=12
    )
)
def test_nothing_is_lost_and_each_address_is_read_in_its_order(post):
    Item.objects.filter(state="waiting").update(state="read")
    run = f"{Item.objects.count()}"
    was_loud(LOUD + run)
    was_loud("louder" + run)
    addresses = {
        taken(f"{run}:{each}", channel=channel): f"{channel}{name}{run}" if channel != "telegram" else name + run
        for each, (channel, name) in enumerate(post)
    }

    order = read_all(addresses)

    assert sorted(order) == sorted(addresses)
    for address in set(addresses.values()):
        own = [number for number in order if addresses[number] == address]
        assert own == sorted(own)


@pytest.mark.once
def test_whose_turn_it_is_is_found_by_index_however_much_waits():
    waiting(300)
    lanes = list(queries._lanes(queries.Turn("email", "a"), at=NOON))

    with connection.cursor() as cursor:
        plans = []
        for lane in lanes:
            sql, params = lane[:1].query.sql_with_params()
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            plans.append(" ".join(str(row) for row in cursor.fetchall()))

    assert ["item_waiting" in plan for plan in plans] == [True] * 4
    assert not [plan for plan in plans if "TEMP B-TREE" in plan]
