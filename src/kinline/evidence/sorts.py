"""What a document is, by its first bytes. What its sender called it says nothing.

Everything that is on no list is kept and never shown: no archives, no office documents, no drawings that can hold
programs (SVG), no pages of the web.

Source: RFC 2083 (PNG), ITU-T T.81 (JPEG), RFC 9649 (WebP), ISO 32000 (PDF), RFC 7845 (Opus in Ogg), ISO/IEC 14496-12
(MP4), the multimedia programming interface of IBM and Microsoft, 1991 (RIFF, WAVE).
"""

from enum import StrEnum


class Sort(StrEnum):
    """The allow-list."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    OGG = "ogg"
    WAV = "wav"
    MP4 = "mp4"


PICTURES = frozenset({Sort.JPEG, Sort.PNG, Sort.WEBP, Sort.PDF})
"""What is shown as pixels."""

_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4A ", b"M4V ", b"dash"})


def of(content: bytes) -> Sort | None:
    """What ``content`` is; None where it is on no list.

    >>> of(b"%PDF-1.7"), of(b"<svg onload=alert(1)>"), of(b"RIFF....WAVEfmt ")
    (<Sort.PDF: 'pdf'>, None, <Sort.WAV: 'wav'>)
    """
    for begins, sort in ((b"\xff\xd8\xff", Sort.JPEG), (b"\x89PNG\r\n\x1a\n", Sort.PNG), (b"%PDF-", Sort.PDF)):
        if content.startswith(begins):
            return sort
    if content.startswith(b"RIFF"):
        return {b"WEBP": Sort.WEBP, b"WAVE": Sort.WAV}.get(content[8:12])
    if content.startswith(b"OggS") and content[28:36] == b"OpusHead":
        return Sort.OGG
    if content[4:8] == b"ftyp" and content[8:12] in _BRANDS:
        return Sort.MP4
    return None
