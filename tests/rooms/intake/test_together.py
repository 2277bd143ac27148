"""Whoever brings post at the same time shares one commit, and nobody pays for a neighbour's post."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

import pytest
from django.db import IntegrityError, connection

from kinline.intake.actions.together import Together
from kinline.intake.models import Item, Raw
from kinline.ledger import queries as ledger
from tests.rooms.intake.conftest import Delivery

taking = import_module("kinline.intake.actions.take")  # the room's own name for it is the function
pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30.0


@dataclass(frozen=True)
class Parcel:
    """An order of some bytes."""

    name: str
    size: int = 1


@contextmanager
def held(together: Together, count: int) -> Iterator[None]:
    """Somebody writes, until ``count`` others wait behind him."""
    with together._turn:
        together._is_writing = True
    try:
        yield
        deadline = time.monotonic() + PATIENCE
        while len(together._waiting) < count and time.monotonic() < deadline:
            time.sleep(0.001)
        assert len(together._waiting) == count
    finally:
        with together._turn:
            together._is_writing = False
            together._turn.notify_all()


def brought(together: Together, *works: Callable[[], object]) -> list[Future]:
    """All of it at once, behind somebody who writes; what became of each."""
    with ThreadPoolExecutor(len(works)) as crowd:
        with held(together, len(works)):
            done = [crowd.submit(_and_let_go, work) for work in works]
        return [each for each in done if each.exception(PATIENCE) or True]


def _and_let_go(work: Callable[[], object]) -> object:
    try:
        return work()
    finally:
        connection.close()


def test_whoever_waits_is_written_with_all_who_wait():
    written: list[list[str]] = []
    together = Together[Parcel](lambda some: written.append([each.name for each in some]), most=64, most_bytes=100)

    done = brought(together, *[lambda name=name: together.bring(Parcel(name)) for name in "abcd"])

    assert [each.result() for each in done] == [True] * 4
    assert [sorted(batch) for batch in written] == [["a", "b", "c", "d"]]


def test_what_is_too_much_for_one_commit_goes_in_several():
    written: list[int] = []
    together = Together[Parcel](lambda some: written.append(len(some)), most=3, most_bytes=100)
    sizes = [10, 200, 10, 60, 60, 10, 10, 10]

    done = brought(together, *[lambda size=size: together.bring(Parcel("x", size)) for size in sizes])

    assert all(each.result() for each in done)
    assert sum(written) == len(sizes)
    assert max(written) <= 3


def test_what_fails_together_is_left_to_each_alone():
    def write(some: list[Parcel]) -> None:
        if any(each.name == "poison" for each in some):
            raise ValueError("poison")

    together = Together[Parcel](write, most=64, most_bytes=100)
    done = brought(together, *[lambda name=name: together.bring(Parcel(name)) for name in ("a", "poison", "b")])

    assert [each.result() for each in done] == [False] * 3
    with pytest.raises(ValueError, match="poison"):
        together.bring(Parcel("poison"))
    assert together.bring(Parcel("after"))


def test_post_brought_at_once_is_kept_in_one_commit_each_with_its_bytes_promise_and_entry():
    before = ledger.last().seq
    deliveries = [Delivery(external_id=f"at-once:{each}", raw=b"%d" % each) for each in range(12)]

    done = brought(taking._TOGETHER, *[each.taken for each in deliveries])

    numbers = [each.result().number for each in done]
    kept = [
        (Item.objects.get(pk=number).external_id, bytes(Raw.objects.get(item=number).content)) for number in numbers
    ]
    assert kept == [(each.external_id, each.raw) for each in deliveries]
    assert ledger.last().seq == before + 12
    assert ledger.first_broken() is None


def test_a_repeat_a_rewriting_and_poison_spoil_nothing_for_their_neighbours():
    twice, poison = Delivery(external_id="twice"), Delivery(external_id="poison", account=None)
    rewritten, quiet = Delivery(external_id="twice", raw=b"other"), Delivery(external_id="quiet")

    done = brought(taking._TOGETHER, twice.taken, twice.taken, rewritten.taken, poison.taken, quiet.taken)

    first, second, other, poisoned, neighbour = done
    assert isinstance(poisoned.exception(), IntegrityError)
    assert not neighbour.result().again
    same = {first.result().number, second.result().number}
    numbers = same | {other.result().number}
    assert (len(same), len(numbers)) in {(1, 2), (2, 2)}  # whichever bytes came first
    assert sum(each.result().conflict for each in (first, second, other)) in {1, 2}
    assert Item.objects.filter(external_id="twice").count() == 2
    assert ledger.first_broken() is None
