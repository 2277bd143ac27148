"""What can be shown of which document."""

from collections.abc import Iterable
from dataclasses import dataclass

from kinline.evidence.models import Picture, Rendering
from kinline.ledger import storing

LARGE, SMALL = "large", "small"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page that is shown, with the size of its large picture in pixels."""

    number: int
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is known of one document. ``status`` is ``waiting``, ``shown`` or ``kept``; ``trouble`` is a code."""

    sort: str
    status: str
    trouble: str
    pages: tuple[Page, ...]
    in_all: int


def of(digests: Iterable[str]) -> dict[str, Shown]:
    """What is known of these documents, by their digests; nothing of those that nobody asked to be shown."""
    rows = list(Rendering.objects.filter(digest__in=set(digests)))
    pages: dict[int, list[Page]] = {}
    for each in Picture.objects.filter(rendering__in=rows):
        pages.setdefault(each.rendering_id, []).append(Page(number=each.page, width=each.width, height=each.height))
    return {
        row.digest: Shown(
            sort=row.sort,
            status=row.status,
            trouble=row.trouble,
            pages=tuple(pages.get(row.pk, ())),
            in_all=row.pages,
        )
        for row in rows
    }


def picture(digest: str, *, page: int, size: str) -> bytes | None:
    """The pixels of one page as JPEG, ``LARGE`` or ``SMALL``; None where there is no such page.

    Raises:
        OSError, SealBroken: it was made, and cannot be read.
    """
    found = Picture.objects.filter(rendering__digest=digest, page=page).first()
    if found is None:
        return None
    return storing.read(found.large_as if size == LARGE else found.small_as)


def original(stored_as: str) -> bytes:
    """The bytes of a document as they came.

    Raises:
        OSError, SealBroken: they cannot be read.
    """
    return storing.read(stored_as)
