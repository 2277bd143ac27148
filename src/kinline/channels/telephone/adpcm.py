"""Four bits a sample, as the prompts are kept: half the size of what telephones carry, and every player knows it.

Source: IMA Digital Audio Focus and Technical Working Groups, recommended practices (1992), as WAV files hold it (0x11).
"""

import struct
from array import array
from itertools import repeat

import numpy as np

KIND = 0x11
RATE = 8_000
BLOCK = 256
SAMPLES = (BLOCK - 4) * 2 + 1
_MOVES = (-1, -1, -1, -1, 2, 4, 6, 8)
_LAST = 88
_STEPS = (
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107,
    118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963,
    1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894,
    6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794,
    32767,
)  # fmt: skip


def samples(blocks: bytes) -> "array[int]":
    """The samples of 16 bits in the blocks of a file; all blocks are read beside each other."""
    count = len(blocks) // BLOCK
    whole = np.frombuffer(blocks, dtype=np.uint8, count=count * BLOCK).reshape(count, BLOCK).astype(np.int64)
    value = (whole[:, 0] | whole[:, 1] << 8).astype(np.uint16).astype(np.int16).astype(np.int64)
    index = np.minimum(whole[:, 2], _LAST)
    codes = np.stack((whole[:, 4:] & 0x0F, whole[:, 4:] >> 4), axis=2).reshape(count, SAMPLES - 1)
    steps, moves = np.array(_STEPS), np.array(_MOVES)
    found = np.empty((count, SAMPLES), dtype=np.int16)
    found[:, 0] = value
    for place in range(SAMPLES - 1):
        code, step = codes[:, place], steps[index]
        change = (step >> 3) + step * (code >> 2 & 1) + (step >> 1) * (code >> 1 & 1) + (step >> 2) * (code & 1)
        value = np.clip(np.where(code & 8, value - change, value + change), -32768, 32767)
        index = np.clip(index + moves[code & 7], 0, _LAST)
        found[:, place + 1] = value
    return array("h", found.tobytes())


def file(sound: "array[int]") -> bytes:
    """A WAV file of the samples."""
    blocks, index = bytearray(), 0
    for place in range(0, len(sound), SAMPLES):
        piece = sound[place : place + SAMPLES]
        piece.extend(repeat(0, SAMPLES - len(piece)))
        value = piece[0]
        blocks += struct.pack("<hBx", value, index)
        codes = []
        for sample in piece[1:]:
            code = _code(sample - value, index)
            value, index = _next(value, index, code)
            codes.append(code)
        blocks += bytes(low | high << 4 for low, high in zip(codes[::2], codes[1::2], strict=True))
    bytes_a_second = RATE * BLOCK // SAMPLES
    chunks = b"fmt " + struct.pack("<IHHIIHHHH", 20, KIND, 1, RATE, bytes_a_second, BLOCK, 4, 2, SAMPLES)
    chunks += b"fact" + struct.pack("<II", 4, len(sound)) + b"data" + struct.pack("<I", len(blocks)) + blocks
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _next(value: int, index: int, code: int) -> tuple[int, int]:
    step = _STEPS[index]
    change = (step >> 3) + (step if code & 4 else 0) + (step >> 1 if code & 2 else 0) + (step >> 2 if code & 1 else 0)
    value = max(-32768, value - change) if code & 8 else min(32767, value + change)
    return value, max(0, min(_LAST, index + _MOVES[code & 7]))


def _code(change: int, index: int) -> int:
    code, size, step = (8 if change < 0 else 0), abs(change), _STEPS[index]
    for bit in (4, 2, 1):
        if size >= step:
            code |= bit
            size -= step
        step >>= 1
    return code
