"""Papers are sealed and kept once; making them ready is tried a few times, and never for ever."""

from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.storage import storages

from kinline import keys
from kinline.evidence import actions, queries, sorts
from kinline.evidence.models import Picture, Rendering
from kinline.jobs import worker
from kinline.jobs.models import Job
from kinline.ledger import sealing, storing
from tests.bureau import NOON
from tests.rooms.evidence.papers import ogg, photograph

pytestmark = pytest.mark.django_db
PAPER = photograph()


def path_of(kept: actions.Kept) -> Path:
    return Path(storages["exhibits"].path(kept.stored_as))


def test_a_paper_is_made_ready_by_the_worker_and_once():
    kept = actions.keep(PAPER, at=NOON)
    actions.keep(PAPER, at=NOON)

    tried = worker.drain(worker="test", clock=lambda: NOON)

    shown = queries.of([kept.digest])[kept.digest]
    assert (tried, Job.objects.get().status) == (1, "done")
    assert (shown.status, shown.sort, shown.in_all, len(shown.pages)) == ("shown", "jpeg", 1, 1)
    assert storing.read(kept.stored_as) == PAPER


@pytest.mark.parametrize(("content", "sort", "trouble"), [(ogg(), "ogg", "no-picture"), (b"words", "", "not-allowed")])
def test_what_has_no_picture_is_kept_and_says_so(content, sort, trouble):
    kept = actions.keep(content, at=NOON)

    actions.make_ready(kept.digest, at=NOON)

    shown = queries.of([kept.digest])[kept.digest]
    assert (shown.status, shown.sort, shown.trouble, shown.pages) == ("kept", sort, trouble, ())


def test_a_paper_that_takes_its_maker_down_is_laid_aside_after_three_tries():
    kept = actions.keep(PAPER, at=NOON)
    for _crash in range(3):
        assert actions._begin(kept.digest, at=NOON) is not None

    assert actions.make_ready(kept.digest, at=NOON) is None

    row = Rendering.objects.get()
    assert (row.status, row.trouble, row.attempts) == ("kept", "gave-up", 3)


def test_what_may_be_the_machines_fault_is_tried_again_later_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(actions.making, "_walls", lambda: ("/bin/false",))
    kept = actions.keep(PAPER, at=NOON)

    for _try in range(3):
        assert Rendering.objects.get().status == "waiting"
        actions.make_ready(kept.digest, at=NOON)

    row = Rendering.objects.get()
    assert (row.status, row.trouble) == ("kept", "ended")
    assert Job.objects.filter(run_after=NOON + actions.AGAIN_AFTER).count() == 2


def test_a_paper_longer_than_the_limit_is_kept_and_not_read():
    long = PAPER + bytes(10 * 2**20)
    kept = actions.keep(long, at=NOON)

    actions.make_ready(kept.digest, at=NOON)

    assert Rendering.objects.get().trouble == "too-large"
    assert not Picture.objects.exists()
    assert storing.read(kept.stored_as) == long


def test_a_sealed_paper_opens_as_itself_and_as_nothing_else():
    one, other = actions.keep(PAPER, at=NOON), actions.keep(b"another paper", at=NOON)
    whole = path_of(one).read_bytes()

    with pytest.raises(sealing.SealBroken, match="changed"):
        sealing.unseal(whole, key=keys.evidence(), about=other.digest)
    with pytest.raises(sealing.SealBroken, match="another-key"):
        sealing.unseal(whole, key=bytes(32), about=one.digest)
    with pytest.raises(sealing.SealBroken, match="not-sealed"):
        sealing.unseal(PAPER, key=keys.evidence(), about=one.digest)
    for place in (20, 80, 120, len(whole) - 1):
        torn = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        with pytest.raises(sealing.SealBroken, match="changed"):
            sealing.unseal(torn, key=keys.evidence(), about=one.digest)
    assert sealing.unseal(whole, key=keys.evidence(), about=one.digest) == PAPER


def test_the_same_paper_is_sealed_differently_each_time():
    digest = sha256(PAPER).hexdigest()

    first, second = (sealing.seal(PAPER, key=keys.evidence(), about=digest) for _time in range(2))

    assert first != second
    assert len(first) == len(PAPER) + sealing.OVERHEAD


def test_a_paper_whose_seal_is_broken_is_laid_before_a_person():
    kept = actions.keep(PAPER, at=NOON)
    path_of(kept).write_bytes(b"KLS1 torn")

    actions.make_ready(kept.digest, at=NOON)

    assert Rendering.objects.get().trouble == "sealed"


def test_the_name_and_the_type_that_a_sender_gives_say_nothing():
    assert sorts.of(b"<svg onload=alert(1)>") is None
    assert sorts.of(PAPER) == sorts.Sort.JPEG
