"""Papers as they came, handed to an officer: to be downloaded, never shown as a page of ours."""

import re
from datetime import datetime

from django.core.files.storage import storages
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Media types that a page may show beside the answers; everything else is only kept to be downloaded."""


def opened(exhibit: Exhibit, *, actor: ledger.Named, at: datetime) -> HttpResponse:
    """The bytes of a paper; that it was opened is written down first.

    Raises:
        Http404: it is a statement, and no paper belongs to it.
    """
    if not exhibit.stored_as:
        raise Http404
    facts = {"exhibit": str(exhibit.pk)}
    ledger.append(kind="exhibit.open", subject=exhibit.subject, actor=actor, at=at, facts=facts)
    served = exhibit.media_type if exhibit.media_type in PICTURES else "application/octet-stream"
    disposition = content_disposition_header(as_attachment=True, filename=_file_name(exhibit)) or "attachment"
    with storages["exhibits"].open(exhibit.stored_as) as stored:
        content = stored.read()
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=served, headers=headers)


def _file_name(exhibit: Exhibit) -> str:
    """The sender's name for the file, without anything that means something to a computer."""
    return re.sub(r"[^\w.\- ]", "_", exhibit.file_name).strip(". ") or exhibit.digest[:12]
