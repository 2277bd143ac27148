"""The recordings of the prompts, as a call sends them: ours, or those that a bureau's own speakers made.

A bureau puts its own recordings into a folder, ``uk/who-1.wav`` and so on; what lies there is said instead of ours.
"""

import logging
from importlib import resources
from pathlib import Path

from kinline.channels.telephone import sound, writing
from kinline.channels.telephone.sound import Law

log = logging.getLogger(__name__)

TONE = "tone"
LANGUAGES = ("uk", "ru", "en")


class Voices:
    """Recordings by language and name. ``own`` is the folder of the bureau's own ones, if it has any."""

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._sounds: dict[str, bytes] = {}

    def frames(self, name: str, *, language: str, law: Law) -> list[bytes]:
        """What is sent for one prompt."""
        place = f"{TONE}.wav" if name == TONE else f"{language}/{name}.wav"
        if place not in self._sounds:
            self._sounds[place] = self._bureaus(place) or sound.a_law_of(_ours(place))
        return sound.frames(sound.under(law, self._sounds[place]), law)

    def warm(self) -> None:
        """Read everything now, so that no caller waits for it; all of ours at once, which is far quicker."""
        places = [f"{language}/{name}.wav" for language in LANGUAGES for name in writing.prompts(language)]
        sounds = {place: self._bureaus(place) for place in [*places, f"{TONE}.wav"]}
        missing = [place for place, found in sounds.items() if not found]
        sounds |= zip(missing, sound.all_a_law_of([_ours(place) for place in missing]), strict=True)
        self._sounds = sounds

    def _bureaus(self, place: str) -> bytes:
        """The bureau's own recording; b"" where it has none that can be played."""
        if self._own is None or not (self._own / place).is_file():
            return b""
        try:
            return sound.a_law_of((self._own / place).read_bytes())
        except ValueError:
            log.error("a recording of the bureau's own cannot be played; ours is", extra={"code": place})
            return b""


def _ours(place: str) -> bytes:
    return resources.files(__package__).joinpath("prompts", *place.split("/")).read_bytes()
