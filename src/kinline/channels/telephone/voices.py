"""The recordings of the prompts, as a call sends them: ours, or those that a bureau's own speakers made.

A bureau puts its own recordings into a folder, ``uk/who-1.wav`` and so on; what lies there is said instead of ours.
"""

import logging
from functools import lru_cache
from importlib import resources
from pathlib import Path

from kinline.channels.telephone import sound, writing
from kinline.channels.telephone.sound import Law

log = logging.getLogger(__name__)

TONE = "tone"


class Voices:
    """Recordings by language and name. ``own`` is the folder of the bureau's own ones, if it has any."""

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._sound = lru_cache(maxsize=None)(self._read)

    def frames(self, name: str, *, language: str, law: Law) -> list[bytes]:
        """What is sent for one prompt."""
        return sound.frames(sound.under(law, self._sound(language, name)), law)

    def warm(self) -> None:
        """Read everything now, so that no caller waits for it."""
        for language in ("uk", "ru", "en"):
            for name in writing.prompts(language):
                self._sound(language, name)

    def _read(self, language: str, name: str) -> bytes:
        place = f"{TONE}.wav" if name == TONE else f"{language}/{name}.wav"
        if self._own is not None and (self._own / place).is_file():
            try:
                return sound.a_law_of((self._own / place).read_bytes())
            except ValueError:
                log.error("a recording of the bureau's own cannot be played; ours is", extra={"code": place})
        return sound.a_law_of(resources.files(__package__).joinpath("prompts", *place.split("/")).read_bytes())
