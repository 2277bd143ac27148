"""Papers of invented families, some of them made to harm."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw

MAKER, PLACE = "INVENTED-CAMERA-4711", (50.0, 27.0, 1.0)
WORDS = "Poltava, Testova 1"


def picture(*, size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """Something with edges, so that a decoder has work."""
    drawn = Image.new("RGB", size, (200, 220, 240))
    ImageDraw.Draw(drawn).ellipse((20, 20, size[0] // 2, size[1] // 2), fill=(120, 30, 30))
    return drawn.convert(mode)


def written(form: str, *, drawn: Image.Image | None = None, **more: object) -> bytes:
    """The picture as a file."""
    stored = BytesIO()
    (drawn or picture()).save(stored, form, **more)
    return stored.getvalue()


def noted() -> Image.Exif:
    """What a telephone notes in a photograph: itself, that it was held sideways, and where."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0112], notes[0x010E] = MAKER, 6, WORDS
    notes.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: (30.0, 31.0, 25.0)})
    return notes


def photograph() -> bytes:
    """A photograph with the place where it was taken, a note, and a comment."""
    return written("JPEG", exif=noted(), comment=WORDS.encode())


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *, lines: bytes, more: bytes = b"") -> bytes:
    """A PNG that says it has this size, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + more
        + chunk(b"IDAT", zlib.compress(lines, 9))
        + chunk(b"IEND", b"")
    )


def pdf(*pages: str, author: str = WORDS, size: tuple[int, int] = (200, 300)) -> bytes:
    """A PDF with these words on its pages, its author, and a program that runs where one is let run."""
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for place, words in enumerate(pages):
        stream = f"BT /F1 24 Tf 20 150 Td ({words}) Tj ET"
        box = f"[0 0 {size[0]} {size[1]}]"
        fonts = "<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Resources{fonts}/Contents {5 + 2 * place} 0 R>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    body, places = "%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{each}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    tail = f"trailer<</Size {count}/Root 1 0 R/Info<</Author({author})>>>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}{tail}".encode("latin-1")


def ogg(content: bytes = b"OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00") -> bytes:
    """The beginning of a voice message."""
    return b"OggS\x00\x02" + bytes(20) + b"\x01" + bytes([len(content)]) + content
