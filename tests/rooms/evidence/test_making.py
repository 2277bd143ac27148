"""What is shown of what families send: pixels made anew, under limits, and nothing of the original."""

import os
import resource
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from shutil import which

import pytest
from PIL import Image

from kinline.evidence import making, sorts
from kinline.evidence.sorts import Sort
from tests.rooms.evidence import hostile
from tests.rooms.evidence.papers import MAKER, WORDS, pdf, photograph, picture, written

pytestmark = pytest.mark.once
LIMITS = making.Limits(seconds=20, megabytes=512, pixels=25_000_000, pages=10)
TELLING = (
    b"Exif",
    MAKER.encode(),
    WORDS.encode(),
    b"GPS",
    b"http://ns.adobe.com",
    b"ICC_PROFILE",
    b"<script",
    b"PK\x03\x04",
)


def made(content: bytes) -> making.Outcome:
    sort = sorts.of(content)
    assert sort in sorts.PICTURES
    return making.make(content, sort=sort, limits=LIMITS)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=["JPEG"])


def test_a_photograph_is_shown_upright_without_place_and_telephone():
    outcome = made(photograph())

    (page,) = outcome.pictures
    assert (outcome.trouble, outcome.pages, page.width, page.height) == ("", 1, 480, 640)
    for shown in (page.large, page.small):
        assert not [each for each in TELLING if each in shown]
        assert not opened(shown).getexif()
        assert set(opened(shown).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("PNG", "1"), ("JPEG", "CMYK"), ("WEBP", "RGBA")],
)
def test_every_form_of_pixels_is_shown(form, mode):
    drawn = picture().convert("I").convert("I;16") if mode == "I;16" else picture(mode=mode)

    outcome = made(written(form, drawn=drawn))

    assert (outcome.trouble, len(outcome.pictures)) == ("", 1)


def test_a_large_picture_becomes_a_small_one_and_keeps_its_form():
    (page,) = made(written("JPEG", drawn=picture(size=(4000, 3000)))).pictures

    assert (page.width, page.height) == (1600, 1200)
    assert opened(page.small).size == (320, 240)


def test_the_first_pages_of_a_paper_are_shown_and_its_author_is_not():
    outcome = made(pdf(*(f"page {number}" for number in range(12))))

    assert (len(outcome.pictures), outcome.pages, outcome.trouble) == (10, 12, "first-pages")
    assert not [each for page in outcome.pictures for each in TELLING if each in page.large]
    assert len({page.large for page in outcome.pictures}) == 10


def test_a_photograph_that_came_cut_off_is_shown_as_far_as_it_came():
    whole = photograph()

    outcome = made(whole[: len(whole) * 2 // 3])

    assert (outcome.trouble, len(outcome.pictures)) == ("cut-off", 1)


def test_a_picture_that_moves_is_shown_standing():
    frames = [picture(), Image.new("RGB", (640, 480), "white")]

    outcome = made(written("WEBP", drawn=frames[0], save_all=True, append_images=frames[1:]))

    assert (outcome.trouble, len(outcome.pictures)) == ("first-frame", 1)


def measured(name: str) -> tuple[making.Outcome, float, int]:
    """What comes of one hostile file, with the seconds and the most bytes that all children of this process took."""
    content = hostile.CORPUS[name]()
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    sort = sorts.of(content)
    outcome = made(content) if sort in sorts.PICTURES else making.Outcome(trouble="not-allowed")
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
    return outcome, seconds, ended.ru_maxrss * 1024


@pytest.fixture(scope="module")
def elsewhere():
    """A process with no children but the cells: other tests' children are no measure of theirs."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        yield process


@pytest.mark.parametrize("name", sorted(hostile.CORPUS))
def test_nothing_that_means_harm_is_shown_as_it_came(name, elsewhere):
    outcome, seconds, peak = elsewhere.submit(measured, name).result()

    assert seconds < LIMITS.seconds + 1
    assert peak <= LIMITS.megabytes * 2**20
    assert outcome.pictures or outcome.trouble
    for page in outcome.pictures:
        assert not [each for each in (*TELLING, b"alert(1)") if each in page.large + page.small]
        assert opened(page.large).size == (page.width, page.height)
        assert len(page.large) <= 1600 * 1600 * 3


def test_a_cell_that_is_ended_while_its_walls_are_built_keeps_nobody_waiting():
    at_once = making.Limits(seconds=0, megabytes=512, pixels=25_000_000, pages=10)

    outcomes = {making.make(photograph(), sort=Sort.JPEG, limits=at_once) for _try in range(25)}

    assert outcomes == {making.Outcome(trouble="too-long")}


def test_a_cell_that_takes_too_long_is_ended_and_its_neighbour_is_not():
    slow = making.Limits(seconds=0, megabytes=512, pixels=25_000_000, pages=10)

    late = making.make(photograph(), sort=Sort.JPEG, limits=slow)

    assert late == making.Outcome(trouble="too-long")
    assert made(photograph()).pictures


def test_a_picture_that_needs_more_memory_than_it_may_have_is_not_shown():
    tight = making.Limits(seconds=20, megabytes=260, pixels=25_000_000, pages=10)
    outcome = making.make(written("PNG", drawn=picture(size=(5000, 5000))), sort=Sort.PNG, limits=tight)

    assert outcome.trouble in {"memory", "ended", "damaged"}
    assert not outcome.pictures


@pytest.mark.parametrize(
    ("head", "pixels"),
    [
        ({"trouble": "", "pages": 1, "sizes": [[2, 2]]}, b"\0" * 11),
        ({"trouble": "", "pages": 1, "sizes": [[0, 2]]}, b""),
        ({"trouble": "", "pages": 1, "sizes": [[-1, -1]]}, b"\0\0\0"),
        ({"trouble": "", "pages": 1, "sizes": [[1601, 1]]}, b"\0" * 4803),
        ({"trouble": "<script>", "pages": 1, "sizes": []}, b""),
        ({"trouble": "", "pages": 99, "sizes": [[1, 1]] * 11}, b"\0" * 33),
    ],
)
def test_a_cell_that_was_broken_into_is_not_believed(head, pixels):
    with pytest.raises(ValueError, match=r"no such|other pixels"):
        making._understood(head, pixels, LIMITS)


@pytest.mark.skipif(which("bwrap") is None and not os.environ.get("CI"), reason="this machine has no bubblewrap")
def test_behind_walls_there_is_neither_a_network_nor_a_file_of_the_bureau(settings):
    walls = making._walls()
    if not walls:  # bubblewrap is there; what the kernel of a machine allows, nobody can install
        pytest.skip("this machine lets nobody build such walls")
    key = settings.DATA / "keys" / "pages"
    look = f"import os, socket; print(os.path.exists({str(key)!r}), len(socket.if_nameindex()), os.listdir('/'))"

    seen = subprocess.run([*walls, sys.executable, "-c", look], env={}, capture_output=True, text=True, check=True)

    assert key.exists()
    assert seen.stdout.startswith("False 1 ")
    assert "home" not in seen.stdout
