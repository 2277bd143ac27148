"""How codes, names, telephone numbers, bars and the style sheet are written into a page."""

from datetime import datetime

from django import template
from django.forms import BoundField
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe

from kinline.ui import bars, look, messages, signs

register = template.Library()

CODE_GROUP = 4


@register.simple_tag
def css(kind: look.Kind) -> SafeString:
    """The style sheet, to stand between ``<style>`` and ``</style>``."""
    return mark_safe(look.css(kind))  # noqa: S308 - our own file


@register.filter
def grouped(code: str) -> str:
    """A case code in groups of four, as people read cards aloud."""
    return " ".join(code[start : start + CODE_GROUP] for start in range(0, len(code), CODE_GROUP))


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as a ``tel:`` link wants it: digits and a leading plus."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


@register.filter
def visible(text: object) -> SafeString:
    """Text from outside for staff: isolated, with every hidden or direction-changing sign made visible."""
    return signs.visible(str(text))


@register.filter
def target(field: BoundField) -> str:
    """The id of the control that a line of the error summary leads to."""
    first = f"{field.auto_id}_0"
    return first if field.use_fieldset else str(field.id_for_label or field.auto_id)


@register.filter
def waited(since: datetime, at: datetime) -> str:
    """How long something that began at ``since`` has waited at ``at``, in words."""
    return messages.waited(since, at=at)


@register.filter
def signed(points: float | str) -> str:
    """A number with its sign, the true minus included: ``+5.1``, ``−1.9``, ``0``."""
    if not isinstance(points, int | float):
        return str(points)
    size = number_format(round(abs(points), 1), decimal_pos=1)  # by itself it would cut, not round
    return f"+{size}" if points > 0 else f"−{size}" if points < 0 else "0"


@register.simple_tag
def bar(points: float, widest: float) -> SafeString:
    """A bar from the middle line: forwards for, backwards against; ``widest`` points fill one half."""
    return bars.bar(points, widest=widest)
