"""What came with a message: photographs, papers, voices. Their bytes lie with Telegram until they are fetched.

Source: Telegram Bot API, objects PhotoSize, Document, Voice, Audio, Video, VideoNote, Animation.
"""

import re
import unicodedata

from kinline.channels.base import Attachment
from kinline.channels.telegram.fields import Document, count, document, documents, words

# Kind of file: name where the sender gave none, and type where Telegram states none. An animation comes a second time
# as a document, for programs older than animations.
_ONE_FILE = {
    "animation": ("animation.mp4", "video/mp4"),
    "document": ("document", "application/octet-stream"),
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video.mp4", "video/mp4"),
}


def attachments(message: Document) -> tuple[Attachment, ...]:
    """The files of a message; of a photograph, the largest of its sizes."""
    found = [_photo(documents(message, "photo"))]
    for kind, (name, mime) in _ONE_FILE.items():
        if kind != "document" or not document(message, "animation"):
            found.append(_file(document(message, kind), name=name, mime=mime))
    return tuple(file for file in found if file is not None)


def _photo(sizes: list[Document]) -> Attachment | None:
    if not sizes:
        return None
    largest = max(sizes, key=lambda size: (count(size, "width") * count(size, "height"), count(size, "file_size")))
    return _file(largest, name="photo.jpg", mime="image/jpeg")


def _file(stated: Document, *, name: str, mime: str) -> Attachment | None:
    """A file that Telegram can give out by its id; without one there is nothing to fetch."""
    remote_id = words(stated, "file_id")
    if not remote_id:
        return None
    return Attachment(
        name=_named(words(stated, "file_name")) or name,
        type=words(stated, "mime_type") or mime,
        size=count(stated, "file_size"),
        remote_id=remote_id,
    )


def _named(given: str) -> str:
    """A name that leads into no folder, and holds no sign that hides or turns round what stands beside it.

    >>> _named("../..\\\\паспорт\\u202egpj.exe")
    'паспортgpj.exe'
    """
    last = re.split(r"[/\\]", given)[-1]
    return "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")[:120]
