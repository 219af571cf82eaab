"""Shingles: n consecutive tokens as 64-bit hashes (``docs/formats.md`` has the test vectors).

A token's hash runs over its code points; a shingle's is a polynomial over its tokens' hashes.
Both end in MurmurHash3's 64-bit finaliser (Appleby, public domain), so that every bit of a hash
depends on every character, and the low 32 bits serve MinHash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

_Integer = TypeVar("_Integer", bound=np.generic)

MASK = 2**64 - 1
TOKEN_START = 0x9E3779B97F4A7C15
TOKEN_FACTOR = 0xD6E8FEB86659FD93
SHINGLE_FACTOR = 0xA0761D6478BD642F
_MIX_1, _MIX_2 = 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53


def token_hash(token: str) -> int:
    """Return the 64-bit hash of a token."""
    state = TOKEN_START
    for char in token:
        state = ((state ^ ord(char)) * TOKEN_FACTOR) & MASK
        state ^= state >> 32
    return mix(state)


def mix(value: int) -> int:
    """Return MurmurHash3's 64-bit finaliser of ``value``, a bijection."""
    value = ((value ^ (value >> 33)) * _MIX_1) & MASK
    value = ((value ^ (value >> 33)) * _MIX_2) & MASK
    return value ^ (value >> 33)


class TokenHashes:
    """Token hashes, each computed once; that of a representative for the words it stands for."""

    def __init__(self, representatives: Mapping[str, str] | None = None) -> None:
        self._representatives = representatives or {}
        self._known: dict[str, int] = {}

    def of(self, tokens: Iterable[str]) -> NDArray[np.uint64]:
        """Return the hashes of ``tokens``, in order; uint64."""
        known = self._known
        hashes = []
        for token in tokens:
            value = known.get(token)
            if value is None:
                stands = self._representatives.get(token, token)
                value = known[token] = token_hash(stands)
            hashes.append(value)
        return np.array(hashes, dtype=np.uint64)


def shingle_hashes(tokens: NDArray[np.uint64], ngram: int) -> NDArray[np.uint64]:
    """Return the hashes of all runs of ``ngram`` tokens, in text order, with repeats.

    Fewer than ``ngram`` tokens are one shingle of all of them; none gives an empty array.
    """
    if not tokens.size:
        return np.empty(0, dtype=np.uint64)
    size = min(ngram, tokens.size)
    state = np.full(tokens.size - size + 1, size, dtype=np.uint64)
    factor = np.uint64(SHINGLE_FACTOR)
    for at in range(size):
        state *= factor
        state += tokens[at : at + state.size]
    return mix_array(state)


def mix_array(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return :func:`mix` of each value."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(_MIX_1)
    values ^= values >> np.uint64(33)
    values *= np.uint64(_MIX_2)
    values ^= values >> np.uint64(33)
    return values


def distinct(values: NDArray[_Integer]) -> NDArray[_Integer]:
    """Return the distinct values, sorted; what ``numpy.unique`` does without ``numpy.ma``."""
    ordered: NDArray[_Integer] = np.sort(values)
    first = np.ones(ordered.size, dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def are_among(values: NDArray[_Integer], others: NDArray[_Integer]) -> NDArray[np.bool_]:
    """Tell which values are any of ``others``; what ``numpy.isin`` does without ``numpy.ma``."""
    ordered = distinct(others.ravel())
    if not ordered.size:
        return np.zeros(values.shape, dtype=np.bool_)
    at = np.searchsorted(ordered, values)
    at[at == ordered.size] = 0
    found: NDArray[np.bool_] = ordered[at] == values
    return found
