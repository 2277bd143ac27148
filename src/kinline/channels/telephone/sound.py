"""Sound as telephones carry it: 8,000 samples a second, one byte each by one of two laws, in frames of 20 ms.

Source: ITU-T G.711 (A-law and mu-law), RFC 3551, 4.5.14 (in RTP), RFC 2361 and the RIFF specification (WAV files).
"""

import struct
from array import array
from enum import IntEnum
from functools import cache
from itertools import accumulate

import numpy as np

from kinline.channels.telephone import adpcm

RATE = 8_000
FRAME = 160
FRAME_SECONDS = FRAME / RATE
_WIDTH = 2
_PCM = 1


class Law(IntEnum):
    """How a sample becomes a byte; the value is what WAV files call it."""

    A = 6
    MU = 7


SILENCE = {Law.A: b"\xd5", Law.MU: b"\xff"}


def linear(byte: int, law: Law) -> int:
    """The sample of 16 bits that a byte stands for.

    >>> linear(0xD5, Law.A), linear(0xFF, Law.MU), linear(0xAA, Law.A)
    (8, 0, 32256)
    """
    if law is Law.A:
        byte ^= 0x55
        segment, step = (byte >> 4) & 7, ((byte & 0x0F) << 4) + 8
        size = step if segment == 0 else (step + 0x100) << (segment - 1)
        return size if byte & 0x80 else -size
    byte = ~byte & 0xFF
    size = ((((byte & 0x0F) << 3) + 0x84) << ((byte >> 4) & 7)) - 0x84
    return -size if byte & 0x80 else size


@cache
def byte_of(law: Law) -> bytes:
    """The byte nearest to each sample, by the sample's upper 14 bits as a number without sign."""
    levels = sorted((linear(byte, law), byte) for byte in range(256))
    table, place = bytearray(1 << 14), 0
    for sample in range(-(1 << 13), 1 << 13):
        value = sample << 2
        while place + 1 < len(levels) and abs(levels[place + 1][0] - value) <= abs(levels[place][0] - value):
            place += 1
        table[sample & 0x3FFF] = levels[place][1]
    return bytes(table)


def encoded(samples: "array[int]", law: Law) -> bytes:
    """Samples of 16 bits as bytes of the law."""
    table = np.frombuffer(byte_of(law), dtype=np.uint8)
    places = (np.frombuffer(samples, dtype=np.int16).astype(np.int32) >> 2) & 0x3FFF
    return bytes(table[places])


@cache
def _across() -> bytes:
    """A-law byte -> mu-law byte."""
    table = byte_of(Law.MU)
    return bytes(table[(linear(byte, Law.A) >> 2) & 0x3FFF] for byte in range(256))


def under(law: Law, a_law: bytes) -> bytes:
    """Sound of A-law under the law that a call uses."""
    return a_law if law is Law.A else a_law.translate(_across())


@cache
def _heights() -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    """A-law byte -> sample."""
    return np.array([linear(byte, Law.A) for byte in range(256)], dtype=np.int16)


def samples_of(a_law: bytes) -> bytes:
    """Sound of A-law as samples of 16 bits."""
    return _heights()[np.frombuffer(a_law, dtype=np.uint8)].tobytes()


def frames(sound: bytes, law: Law) -> list[bytes]:
    """Sound cut into frames, the last filled with silence."""
    cut = [sound[place : place + FRAME] for place in range(0, len(sound), FRAME)]
    return [frame.ljust(FRAME, SILENCE[law]) for frame in cut]


def loudness(pcm: bytes) -> float:
    """The mean size of samples of 16 bits, 0 to 32768."""
    samples = array("h", pcm[: len(pcm) // _WIDTH * _WIDTH])
    return sum(map(abs, samples)) / len(samples) if samples else 0.0


def pcm_file(pcm: bytes) -> bytes:
    """A WAV file of samples of 16 bits, which every browser plays."""
    head = struct.pack("<IHHIIHH", 16, _PCM, 1, RATE, RATE * _WIDTH, _WIDTH, 8 * _WIDTH)
    chunks = b"fmt " + head + b"data" + struct.pack("<I", len(pcm)) + pcm
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def a_law_of(file: bytes) -> bytes:
    """The sound in a WAV file as A-law: of samples of 16 bits, of A-law, or of four bits as the prompts are kept.

    Raises:
        ValueError: it is another kind of file, or does not hold 8,000 samples a second of one channel.
    """
    kind, channels, rate, sound = _opened(file)
    if channels != 1 or rate != RATE or kind not in {_PCM, Law.A, adpcm.KIND}:
        raise ValueError("a prompt is a WAV file of 8000 samples a second, one channel, 16 bits, A-law or IMA ADPCM")
    if kind == Law.A:
        return sound
    samples = adpcm.samples(sound) if kind == adpcm.KIND else array("h", sound[: len(sound) // _WIDTH * _WIDTH])
    return encoded(samples, Law.A)


def all_a_law_of(files: list[bytes]) -> list[bytes]:
    """The sounds of many files of four bits, read at once."""
    blocks = [_opened(file)[3] for file in files]
    whole = encoded(adpcm.samples(b"".join(blocks)), Law.A)
    sizes = [len(block) // adpcm.BLOCK * adpcm.SAMPLES for block in blocks]
    ends = list(accumulate(sizes))
    return [whole[end - size : end] for end, size in zip(ends, sizes, strict=True)]


def _opened(file: bytes) -> tuple[int, int, int, bytes]:
    """Kind, channels, rate and sound of a WAV file."""
    head, place = (0, 0, 0), 12
    if file[:4] != b"RIFF" or file[8:12] != b"WAVE":
        raise ValueError("this is no WAV file")
    while place + 8 <= len(file):
        name, size = struct.unpack_from("<4sI", file, place)
        if name == b"fmt " and size >= 16:
            head = struct.unpack_from("<HHI", file, place + 8)
        if name == b"data":
            return (*head, file[place + 8 : place + 8 + size])
        place += 8 + size + size % 2
    raise ValueError("this WAV file holds no sound")
