"""Many short texts at once: digests of keys, and skeletons packed into numbers.

Source: FNV-1a (RFC 9923) with the final mixing of MurmurHash3 (A. Appleby, public domain). The digests spread keys over
a table and guard nothing.
"""

import numpy as np
from numba import njit

from kinmatch.kernels.skeletons import LENGTH_AT, LONGEST

LINE_END = 10
BASIS = np.uint64(0xCBF29CE484222325)
PRIME = np.uint64(0x100000001B3)
MIX_ONE = np.uint64(0xFF51AFD7ED558CCD)
MIX_TWO = np.uint64(0xC4CEB9FE1A85EC53)
HALF = np.uint64(33)
# The 16 symbols of data/fine_key.toml [coarse], in its order.
SYMBOLS = "AEUBVGKDTZSLMNPR"
NUMBER_OF = np.zeros(256, dtype=np.uint64)
NUMBER_OF[[ord(symbol) for symbol in SYMBOLS]] = np.arange(16)


@njit(cache=True, nogil=True)
def digest_lines(buffer, fields):
    """Return the digest of each line of ``buffer``, begun with the number of its fact. Shape: (fields,)."""
    found = np.empty(len(fields), dtype=np.uint64)
    line = 0
    if len(fields) == 0:
        return found
    state = (BASIS ^ np.uint64(fields[0] + 1)) * PRIME
    for byte in buffer:
        if byte != LINE_END:
            state = (state ^ np.uint64(byte)) * PRIME
            continue
        state = (state ^ (state >> HALF)) * MIX_ONE
        state = (state ^ (state >> HALF)) * MIX_TWO
        found[line] = state ^ (state >> HALF)
        line += 1
        if line < len(fields):
            state = (BASIS ^ np.uint64(fields[line] + 1)) * PRIME
    return found


@njit(cache=True, nogil=True)
def pack_lines(buffer, count):
    """Return the skeleton on each line of ``buffer`` as one number. Shape: (count,)."""
    found = np.zeros(count, dtype=np.uint64)
    line, at = 0, 0
    for byte in buffer:
        if byte == LINE_END:
            found[line] |= np.uint64(min(at, LONGEST)) << LENGTH_AT
            line += 1
            at = 0
        else:
            if at < LONGEST:
                found[line] |= NUMBER_OF[byte] << np.uint64(4 * at)
            at += 1
    return found
