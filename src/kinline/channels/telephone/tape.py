"""What was heard after the tone: kept whole, and whether there is a voice in it."""

from kinline.channels.telephone import sound

LOUD = 250.0
"""The mean size of samples, of 32,768, from which 20 ms are no mere hiss."""

SPOKE_FRAMES, KEPT_FRAMES = 10, 25


class Tape:
    """One recording."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._loud = 0

    def add(self, piece: bytes) -> bool:
        """Keep a piece; whether it is loud."""
        self._pieces.append(piece)
        is_loud = sound.loudness(piece) > LOUD
        self._loud += is_loud
        return is_loud

    @property
    def sound(self) -> bytes:
        """Samples of 16 bits."""
        return b"".join(self._pieces)

    @property
    def has_voice(self) -> bool:
        """Whether somebody spoke, however softly."""
        return self._loud >= SPOKE_FRAMES

    @property
    def is_something(self) -> bool:
        """Whether it is long enough to be kept where somebody ended it by a key."""
        return len(self._pieces) >= KEPT_FRAMES
