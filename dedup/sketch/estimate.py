"""The estimate: two bits of every signature value, to spare candidates that are hopeless.

b-bit minwise hashing (Li and König, WWW 2010): two documents of similarity s agree in a value's
b bits with probability ``s + (1 - s) / 2**b``. A verdict never rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BITS = 2
_PER_WORD = 64 // BITS
_PER_BYTE = 8 // BITS
_LOW = np.uint64(0x5555555555555555)
#: Spreads all bits of a value, which as a minimum is small, over the highest ones (Knuth).
_FACTOR = np.uint32(0x9E3779B1)


def equal_chance(similarity: float) -> float:
    """Return the probability that two documents of ``similarity`` agree in one value."""
    return similarity + (1.0 - similarity) / float(2**BITS)


def estimates(signatures: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return two bits of each value, packed; uint64, shape (n, ceil(num_perm / 32))."""
    n, num_perm = signatures.shape
    words = -(-num_perm // _PER_WORD)
    bits = np.zeros((n, words * _PER_WORD), dtype=np.uint8)
    bits[:, :num_perm] = (signatures * _FACTOR) >> np.uint32(32 - BITS)
    packed = np.zeros((n, words * 8), dtype=np.uint8)
    for at in range(_PER_BYTE):
        packed |= bits[:, at::_PER_BYTE] << np.uint8(BITS * at)
    return packed.view("<u8").astype(np.uint64, copy=False)


def count_equal(
    estimates: NDArray[np.uint64], a: NDArray[np.int64], b: NDArray[np.int64], num_perm: int
) -> NDArray[np.int64]:
    """Count the values in which the estimates of rows ``a`` and rows ``b`` agree; shape (m,)."""
    differing = estimates[a] ^ estimates[b]
    differing |= differing >> np.uint64(1)
    differing &= _LOW
    equal: NDArray[np.int64] = num_perm - _ones(differing).sum(axis=1, dtype=np.int64)
    return equal


def _ones(words: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Count the bits that are set in each word, in parallel (Warren, Hacker's Delight, 5-1)."""
    if hasattr(np, "bitwise_count"):  # numpy 2
        counted: NDArray[np.uint8] = np.bitwise_count(words)
        return counted
    two, four = np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
    words = words - ((words >> np.uint64(1)) & _LOW)
    words = (words & two) + ((words >> np.uint64(2)) & two)
    words = (words + (words >> np.uint64(4))) & four
    return ((words * np.uint64(0x0101010101010101)) >> np.uint64(56)).astype(np.uint8)
