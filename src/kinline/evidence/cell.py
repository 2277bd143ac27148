"""The cell in which a document becomes pixels: a process of its own for each, that ends with it.

Whoever breaks into it finds no database, no keys, no environment, and may write no file. What it says is taken as
pixels and as nothing else: they are counted, and made into a picture outside.

Started by ``evidence.making``. On standard input come the bytes of the document; on standard output goes a line of
JSON, and after it the pixels, three bytes each.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from PIL import Image, ImageFile, ImageOps

MEGABYTE = 2**20
POINT_SIZES = (72, 200)
"""Points of a PDF an inch, and pixels an inch that a page is drawn with where it is not larger than may be shown."""


@dataclass(frozen=True)
class Bounds:
    """How large a picture may be that is read, how large it is shown, and how many pages."""

    pixels: int
    side: int
    pages: int


class Trouble(Exception):  # noqa: N818 - read at every ``raise`` as what it is
    """Nothing can be shown; the code says why."""


@dataclass(frozen=True)
class Shown:
    """The pages that are shown, how many there are in all, and a code for what is not shown."""

    pictures: list[Image.Image]
    pages: int
    trouble: str = ""


def main(sort: str, seconds: int, megabytes: int, bounds: Bounds) -> None:
    """Read one document and say its pixels."""
    _close_in(seconds, megabytes)
    content = sys.stdin.buffer.read()
    try:
        shown = _pages(content, bounds) if sort == "pdf" else _picture(content, sort, bounds)
        head = {"pages": shown.pages, "trouble": shown.trouble, "sizes": [each.size for each in shown.pictures]}
        pixels = [each.tobytes() for each in shown.pictures]
    except Trouble as trouble:
        head, pixels = {"trouble": str(trouble)}, []
    except MemoryError:
        head, pixels = {"trouble": "memory"}, []
    except Exception:  # noqa: BLE001 - whatever a stranger made of it, it is kept and not shown
        head, pixels = {"trouble": "damaged"}, []
    sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n")
    for each in pixels:
        sys.stdout.buffer.write(each)
    sys.stdout.buffer.flush()
    os._exit(0)  # no library tidies up after what it was fed


def _close_in(seconds: int, megabytes: int) -> None:
    for limit, most in (
        (resource.RLIMIT_AS, megabytes * MEGABYTE),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(limit, (most, most))


def _picture(content: bytes, sort: str, bounds: Bounds) -> Shown:
    """The first picture in it, upright. What was cut off on its way is shown as far as it came."""
    try:
        shown, trouble = _decoded(content, sort, bounds), ""
    except OSError:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        shown, trouble = _decoded(content, sort, bounds), "cut-off"
    picture, frames = shown
    return Shown([picture], 1, trouble or ("first-frame" if frames > 1 else ""))


def _decoded(content: bytes, sort: str, bounds: Bounds) -> tuple[Image.Image, int]:
    Image.MAX_IMAGE_PIXELS = None  # what is too many is said below, before one of them is read
    with Image.open(BytesIO(content), formats=[sort.upper()]) as stored:
        if stored.width * stored.height > bounds.pixels:
            raise Trouble("too-many-pixels")
        frames = getattr(stored, "n_frames", 1)
        stored.draft("RGB", (bounds.side, bounds.side))  # JPEG alone: fewer pixels from the beginning
        stored.load()
        upright = _upright(stored)
        upright.thumbnail((bounds.side, bounds.side))
        return _opaque(upright), frames


def _upright(stored: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(stored)
    except Exception:  # noqa: BLE001 - what a camera noted of itself may be torn; then the picture is as it lies
        return stored


def _opaque(picture: Image.Image) -> Image.Image:
    """Three bytes a pixel; what lets the ground through lies on white."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return ImageOps.autocontrast(picture.convert("L")).convert("RGB")
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture.convert("RGB")


def _pages(content: bytes, bounds: Bounds) -> Shown:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Trouble("locked" if "assword" in str(error) else "damaged") from None
    count = len(document)
    if not count:
        raise Trouble("damaged")
    drawn = list(_drawn(document, min(count, bounds.pages), bounds.side))
    return Shown(drawn, count, "first-pages" if count > len(drawn) else "")


def _drawn(document: pypdfium2.PdfDocument, count: int, side: int) -> Iterator[Image.Image]:
    for number in range(count):
        page = document[number]
        longest = max(*page.get_size(), 1.0)
        scale = min(POINT_SIZES[1] / POINT_SIZES[0], side / longest)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        picture.thumbnail((side, side))
        yield picture


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Bounds(*map(int, sys.argv[4:7])))
