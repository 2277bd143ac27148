"""A picture as one officer sees it: with a mark over it that says who looked, and when.

A photograph of the screen then tells from whose screen it was taken. The mark is signs and digits, no name.
"""

from datetime import UTC, datetime
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

QUALITY = 85
_EVERY = 260
"""Pixels between two marks, down and across; so that no piece that shows anything is without one."""

_GREY = (128, 128, 128, 110)


def mark_of(reference: str, *, at: datetime) -> str:
    """What is written over a picture for the officer with this reference.

    >>> mark_of("officer:0f1e2d3c-0000-4000-8000-000000000000", at=datetime(2026, 11, 20, 12, 5, tzinfo=UTC))
    '0F1E2D3C 20261120T1205Z'
    """
    return f"{reference.rpartition(':')[2][:8].upper()} {at.astimezone(UTC):%Y%m%dT%H%MZ}"


def marked(picture: bytes, *, mark: str) -> bytes:
    """``picture``, a JPEG that we made, with ``mark`` over all of it."""
    with Image.open(BytesIO(picture), formats=["JPEG"]) as shown:
        ground = shown.convert("RGBA")
    layer = Image.new("RGBA", ground.size, (0, 0, 0, 0))
    pen, letters = ImageDraw.Draw(layer), ImageFont.load_default(18)
    for line, down in enumerate(range(20, ground.height, _EVERY // 2)):
        for across in range(10 - (line % 2) * _EVERY // 2, ground.width, _EVERY):
            pen.text((across, down), mark, fill=_GREY, font=letters)
    written = BytesIO()
    Image.alpha_composite(ground, layer).convert("RGB").save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
