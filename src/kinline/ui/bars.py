"""Bars drawn as small pictures, because a page may hold no style of its own beside the one sheet."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

HALF = 50
HEIGHT = 24
THICK = 10


def bar(points: float, *, widest: float) -> SafeString:
    """A bar of ``points`` from the middle line; ``widest`` points fill one half. The number stands beside it in words.

    >>> "against" in bar(-2.0, widest=4.0)
    True
    """
    length = round(min(abs(points) / widest, 1.0) * HALF, 1) if widest else 0.0
    start = HALF if points >= 0 else HALF - length
    return format_html(
        '<svg class="bar" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">'
        '<line class="axis" x1="{middle}" x2="{middle}" y1="0" y2="{height}" vector-effect="non-scaling-stroke"/>'
        '<rect class="{side}" x="{start}" y="{top}" width="{length}" height="{thick}"/></svg>',
        width=2 * HALF,
        height=HEIGHT,
        middle=HALF,
        side="for" if points >= 0 else "against",
        start=start,
        top=(HEIGHT - THICK) // 2,
        length=length,
        thick=THICK,
    )
