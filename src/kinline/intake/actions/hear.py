"""Keeping what was said, in the words in which it was said, with the files that came along."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction

from kinline.correspondence.masking import without_codes
from kinline.evidence import actions as evidence
from kinline.intake import queries
from kinline.intake.models import Attachment, Heard, Item

MESSAGE = "message"


class Enclosed(Protocol):
    """A file that came along. ``content`` is empty where it must still be fetched by ``remote_id``."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def content(self) -> bytes: ...
    @property
    def remote_id(self) -> str: ...


class Said(Protocol):
    """One thing said, as a channel understands it (``channels.base.Inbound``)."""

    @property
    def wire_id(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def quoted(self) -> str: ...
    @property
    def attachments(self) -> Sequence[Enclosed]: ...
    @property
    def language(self) -> str: ...
    @property
    def authenticated(self) -> bool: ...
    @property
    def about(self) -> str: ...
    @property
    def answer(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def mark(self) -> str: ...
    @property
    def album(self) -> str: ...
    @property
    def notice(self) -> str: ...


@transaction.atomic
def hear(item: Item, said: Said, *, at: datetime, position: int = 0) -> Heard:
    """Keep one thing that was said in ``item``; said again at the same position, it is found and not kept twice.

    Codes are made unreadable before anything is kept; the raw bytes hold them.
    """
    before = Heard.objects.filter(item=item, position=position).first()
    if before is not None:
        return before
    wire_id, address = clean(said.wire_id, 255), clean(said.address, 320)
    text = without_codes(clean(said.text))
    heard = Heard.objects.create(
        item=item,
        position=position,
        kind=clean(str(said.kind), 12),
        wire_id=wire_id,
        address=address,
        language=clean(said.language, 8),
        authenticated=said.authenticated,
        subject=without_codes(clean(said.subject, 300)),
        text=text,
        quoted=without_codes(clean(said.quoted)),
        about=clean(said.about, 255),
        answer=clean(said.answer, 120),
        mark=clean(said.mark, 255),
        album=clean(said.album, 120),
        phone=clean(said.phone, 40),
        notice=clean(said.notice, 20),
        heard_at=at,
        repeats=queries.heard_before(item, wire_id=wire_id, address=address, text=text),
    )
    for place, enclosed in enumerate(said.attachments):
        _keep(heard, enclosed, position=place, at=at)
    return heard


def _keep(heard: Heard, enclosed: Enclosed, *, position: int, at: datetime) -> None:
    kept = evidence.keep(enclosed.content, at=at) if enclosed.content else None
    Attachment.objects.create(
        heard=heard,
        position=position,
        name=clean(enclosed.name, 255),
        media_type=clean(enclosed.type, 120),
        size=len(enclosed.content) or enclosed.size,
        digest=kept.digest if kept else "",
        stored_as=kept.stored_as if kept else "",
        remote_id=clean(enclosed.remote_id, 300),
    )


def clean(text: str, most: int | None = None) -> str:
    """Text that both databases can hold: no NUL, no half signs. What was left out stands in the raw bytes.

    >>> clean("a\\x00b\\ud800c", 3)
    'ab\\ufffd'
    """
    whole = text.replace("\x00", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole[:most]
