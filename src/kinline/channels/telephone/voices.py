"""The recordings of the prompts, as a call sends them: ours, or those that a bureau's own speakers made.

A bureau puts its own recordings into a folder, ``uk/who-1.wav`` and so on; what lies there is said instead of ours.
"""

import logging
from importlib import resources
from pathlib import Path

from kinline.channels.telephone import sound, writing
from kinline.channels.telephone.menu import menu
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
        return sound.frames(sound.under(law, self._sound(name, language=language)), law)

    def file(self, name: str, *, language: str) -> bytes:
        """One prompt as a WAV file of 16 bits, which every provider plays; a pause where ``name`` is ``STOP``.

        Raises:
            LookupError: there is no such prompt.
        """
        if name == writing.STOP:
            return sound.pcm_file(bytes(2 * round(menu().times.stop * sound.RATE)))
        if language not in LANGUAGES or (name != TONE and name not in writing.prompts(language)):
            raise LookupError("there is no such prompt")
        return sound.pcm_file(sound.samples_of(self._sound(name, language=language)))

    def _sound(self, name: str, *, language: str) -> bytes:
        place = f"{TONE}.wav" if name == TONE else f"{language}/{name}.wav"
        if place not in self._sounds:
            self._sounds[place] = self._bureaus(place) or sound.a_law_of(_ours(place))
        return self._sounds[place]

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
