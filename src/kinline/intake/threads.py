"""One conversation as an officer reads it: everything that was heard from an address and written to it, in order.
Conversations of one enquiry, on whatever channels, are read as one thread.

A case code that stands in it is not shown: it opens the family's mailbox, and no officer needs it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from kinline.correspondence.masking import without_codes
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import queries as sending
from kinline.evidence import queries as evidence
from kinline.evidence.sorts import Sort
from kinline.intake import answers
from kinline.intake.models import Attachment, Conversation, Heard
from kinline.intake.notices import AMONG_OTHERS
from kinline.intake.standing import STOPPED, State

PIECE, PAGE, MOST = 8_000, 16_000, 40
"""Letters of one part of a long message, letters of one page, and parts on one page: so that a page stays light."""

VOICES = frozenset({Sort.OGG.value, Sort.WAV.value})


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that came along. ``is_here``: its bytes are kept; ``shown`` is what can be seen of it."""

    pk: int
    name: str
    size: int
    is_voice: bool
    is_here: bool
    shown: evidence.Shown | None = None

    @property
    def may_be_heard(self) -> bool:
        """Whether it is a voice by its content, and not only by what its sender called it."""
        return self.shown is not None and self.shown.sort in VOICES


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing heard or written. ``kind`` is what it is, ``status`` what became of one of ours, ``part`` counts a long
    message's parts from 1."""

    at: datetime
    ours: bool
    pk: int
    kind: str
    words: str
    subject: str = ""
    quoted: str = ""
    vouched: bool = True
    files: tuple[File, ...] = ()
    status: str = ""
    failure: str = ""
    part: int = 1
    channel: str = ""


def together(conversation: Conversation) -> list[Piece]:
    """What was said on every channel by which the family of this conversation speaks with us, the oldest first."""
    pieces = [replace(piece, channel=each.channel) for each in beside(conversation) for piece in of(each)]
    return sorted(pieces, key=lambda piece: (piece.at, piece.ours, piece.pk))


def beside(conversation: Conversation) -> list[Conversation]:
    """This conversation, and the others that belong to the same enquiry."""
    if conversation.enquiry_id is None:
        return [conversation]
    return list(Conversation.objects.filter(enquiry=conversation.enquiry_id).order_by("pk"))


def of(conversation: Conversation) -> list[Piece]:
    """The whole thread, the oldest first."""
    heard = _albums_joined(_with_files(heard_from(conversation)))
    written = sending.written_to(
        channel=conversation.channel, account=conversation.account, address=conversation.address
    )
    ours = [_ours(row) for row in written]
    return sorted([*heard, *ours], key=lambda piece: (piece.at, piece.ours, piece.pk))


def pages(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The thread cut into pages that stay light; nothing of it is left out."""
    found: list[list[Piece]] = [[]]
    room = PAGE
    for part in _parts(pieces):
        length = len(part.words) + len(part.quoted)
        if found[-1] and (length > room or len(found[-1]) == MOST):
            found.append([])
            room = PAGE
        found[-1].append(part)
        room -= length
    return found


def heard_from(conversation: Conversation) -> QuerySet[Heard]:
    """What was heard from the address of this conversation, in its order."""
    heard = Heard.objects.filter(address=conversation.address, item__channel=conversation.channel)
    return heard.filter(item__account=conversation.account).select_related("item").order_by("item_id", "position")


def newest(conversation: Conversation) -> int:
    """The key of what was heard last; 0 where nothing was."""
    return heard_from(conversation).order_by("-pk").values_list("pk", flat=True).first() or 0


def conversation_of(message: Outgoing) -> Conversation | None:
    """The conversation to which a message of ours belongs."""
    found = Conversation.objects.filter(channel=message.channel, account=message.account, address=message.address)
    return found.first()


def called_in(*, channel: str, account: str, address: str) -> str:
    """Why a person was called to the conversation with this address; "" where nobody was, or there is none."""
    held = Conversation.objects.filter(channel=channel, account=account, address=address)
    return held.values_list("person", flat=True).first() or ""


def conversation_in(recording: Attachment) -> Conversation:
    """The conversation in which a file came.

    Raises:
        Conversation.DoesNotExist: it came in none.
    """
    heard = recording.heard
    item = heard.item
    return Conversation.objects.get(channel=item.channel, account=item.account, address=heard.address)


def attachment(conversation: Conversation, pk: int) -> Attachment | None:
    """A file of this conversation, or of one beside it, whose bytes are kept."""
    heard = [row.pk for each in beside(conversation) for row in heard_from(each)]
    return Attachment.objects.filter(pk=pk, heard__in=heard).exclude(stored_as="").first()


def language(conversation: Conversation) -> str:
    """The language in which the conversation is held."""
    return State.read(conversation.standing).language


def was_stopped(conversation: Conversation) -> bool:
    """Whether the family asked us to write no more."""
    return State.read(conversation.standing).step == STOPPED


def _with_files(rows: QuerySet[Heard]) -> Iterator[tuple[Heard, tuple[File, ...]]]:
    files: dict[int, list[File]] = {}
    attached = list(Attachment.objects.filter(heard__in=rows.order_by()).order_by("position"))
    shown = evidence.of(each.digest for each in attached)
    for each in attached:
        files.setdefault(each.heard_id, []).append(
            File(
                pk=each.pk,
                name=each.name,
                size=each.size,
                is_voice=each.media_type.startswith("audio/"),
                is_here=bool(each.stored_as),
                shown=shown.get(each.digest),
            )
        )
    for row in rows:
        yield row, tuple(files.get(row.pk, ()))


def _albums_joined(rows: Iterable[tuple[Heard, tuple[File, ...]]]) -> list[Piece]:
    """Each thing heard as a piece; all that was sent as one is one piece, where its first part stands."""
    pieces: list[Piece] = []
    place_of: dict[str, int] = {}
    for row, files in rows:
        piece = _heard(row, files)
        place = place_of.setdefault(row.album, len(pieces)) if _is_part(row) else len(pieces)
        if place == len(pieces):
            pieces.append(piece)
            continue
        first = pieces[place]
        words = "\n".join(filter(None, (first.words, piece.words)))
        pieces[place] = replace(
            first, words=words, files=(*first.files, *files), vouched=first.vouched and piece.vouched
        )
    return pieces


def _is_part(row: Heard) -> bool:
    return bool(row.album) and row.repeats_id is None and not row.is_edit


def _heard(row: Heard, files: tuple[File, ...]) -> Piece:
    return Piece(
        at=row.item.received_at,
        ours=False,
        pk=row.pk,
        kind=_kind(row),
        words=without_codes(row.text or row.answer),
        subject=without_codes(row.subject),
        quoted=without_codes(row.quoted),
        vouched=row.authenticated,
        files=files,
    )


def _kind(row: Heard) -> str:
    if row.repeats_id:
        return "again"
    if row.notice:
        return "among" if row.notice in AMONG_OTHERS else row.notice
    if row.is_edit:
        return "edited"
    return "pressed" if row.answer and not row.text else row.kind


def _ours(row: Outgoing) -> Piece:
    return Piece(
        at=row.written_at,
        ours=True,
        pk=row.pk,
        kind=row.kind,
        words=without_codes(row.text),
        subject=without_codes(row.subject),
        status=row.status,
        failure=row.failure,
    )


def _parts(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Long messages cut where a line or a word ends; what was quoted follows the last of them."""
    for piece in pieces:
        if len(piece.words) + len(piece.quoted) <= PIECE:
            yield piece
            continue
        words = (*answers.split(piece.words, PIECE), *answers.split(piece.quoted, PIECE))
        for number, part in enumerate(words, 1):
            first = number == 1
            yield replace(
                piece,
                words=part,
                quoted="",
                part=number,
                subject=piece.subject if first else "",
                files=piece.files if first else (),
            )
