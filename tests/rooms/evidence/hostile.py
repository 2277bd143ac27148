"""Files that are made to break, to flood, to run or to tell: by name, each made when it is asked for."""

import zlib
from collections.abc import Callable

from PIL import Image

from tests.rooms.evidence.papers import chunk, noted, pdf, photograph, picture, png, written

SCRIPT = b"<html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
LINE = b"\0" * 1000


def _bomb(width: int, height: int) -> bytes:
    return png(width, height, lines=(b"\0" + b"\0" * width) * height)


def _webp_that_moves() -> bytes:
    frames = [Image.new("RGB", (300, 300), (shade, 0, 0)) for shade in range(0, 250, 10)]
    return written("WEBP", drawn=frames[0], save_all=True, append_images=frames[1:], duration=1)


def _pdf_bomb() -> bytes:
    """A page whose words are a few kilobytes packed and a hundred megabytes unpacked."""
    stream = zlib.compress(b"0 0 m 9 9 l S\n" * 7_000_000, 9)
    begins, ends = pdf("words").split(b"<</Length ", 1)
    rest = ends.split(b"endstream", 1)[1]
    return begins + b"<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + stream + b"\nendstream" + rest


CORPUS: dict[str, Callable[[], bytes]] = {
    # What calls itself a picture and is none.
    "page-of-the-web": lambda: SCRIPT,
    "svg": lambda: SVG,
    "gif": lambda: written("GIF"),
    "tiff": lambda: written("TIFF"),
    "bmp": lambda: written("BMP"),
    "archive": lambda: b"PK\x03\x04" + bytes(100),
    "office": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "program": lambda: b"MZ" + bytes(200),
    "postscript": lambda: b"%!PS-Adobe-3.0\n(r) file",
    "empty": lambda: b"",
    # What is a picture and something else.
    "jpeg-and-page": lambda: photograph() + SCRIPT,
    "jpeg-and-archive": lambda: photograph() + b"PK\x03\x04" + bytes(100),
    "jpeg-with-script-inside": lambda: written("JPEG", comment=SCRIPT),
    "png-and-page": lambda: written("PNG") + SCRIPT,
    "png-with-words": lambda: png(10, 10, lines=(b"\0" * 11) * 10, more=chunk(b"tEXt", b"Comment\0" + SCRIPT)),
    "png-with-place": lambda: written("PNG", exif=noted()),
    "webp-with-place": lambda: written("WEBP", exif=noted(), xmp=b"<x:xmpmeta>http://ns.adobe.com</x:xmpmeta>"),
    "pdf-and-jpeg": lambda: pdf("words") + photograph(),
    "jpeg-and-pdf": lambda: photograph() + pdf("words"),
    # Floods.
    "pixel-flood": lambda: png(65_000, 65_000, lines=LINE),
    "pixel-flood-of-2-billion": lambda: png(2**31 - 1, 2**31 - 1, lines=LINE),
    "bomb-within-bounds": lambda: _bomb(5000, 5000),
    "bomb-beyond-bounds": lambda: _bomb(6000, 5000),
    "profile-bomb": lambda: png(
        10, 10, lines=(b"\0" * 11) * 10, more=chunk(b"iCCP", b"p\0\0" + zlib.compress(b"\0" * 100_000_000, 9))
    ),
    "words-bomb": lambda: png(
        10, 10, lines=(b"\0" * 11) * 10, more=chunk(b"zTXt", b"p\0\0" + zlib.compress(b"\0" * 100_000_000, 9))
    ),
    "webp-that-moves": _webp_that_moves,
    "pdf-of-a-giant-page": lambda: pdf("words", size=(2_000_000, 2_000_000)),
    "pdf-of-a-thin-page": lambda: pdf("words", size=(1, 100_000)),
    "pdf-of-many-pages": lambda: pdf(*["words"] * 500),
    "pdf-bomb": _pdf_bomb,
    # What is torn.
    "jpeg-cut-in-its-head": lambda: photograph()[:200],
    "jpeg-of-three-bytes": lambda: b"\xff\xd8\xff",
    "jpeg-of-noise": lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40,
    "png-cut": lambda: written("PNG")[:300],
    "png-without-pixels": lambda: png(100, 100, lines=b""),
    "png-of-no-size": lambda: png(0, 0, lines=b""),
    "webp-cut": lambda: written("WEBP")[:100],
    "webp-of-noise": lambda: b"RIFF\xff\xff\xff\xffWEBPVP8 " + bytes(range(256)) * 10,
    "pdf-without-an-end": lambda: pdf("words")[:60],
    "pdf-of-noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "pdf-that-bites-its-tail": lambda: pdf("words").replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"),
    "heic": lambda: b"\0\0\0\x18ftypheic" + bytes(200),
    "large-cmyk": lambda: written("JPEG", drawn=picture(size=(3000, 2000), mode="CMYK")),
}
