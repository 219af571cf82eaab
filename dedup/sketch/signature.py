"""Signatures: MinHash values, equal bit for bit to datasketch's ``affine32`` scheme.

MinHash: A. Broder, "On the resemblance and containment of documents", 1997. The scheme is that
of datasketch 2: the 32-bit input is mixed once by MurmurHash3's finaliser, then every permutation
is ``a * h + b mod 2**32`` with odd ``a``.
"""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from datasketch import MinHash
    from numpy.typing import NDArray

#: The value of every permutation for an empty set.
EMPTY = 2**32 - 1
#: Shingles handled at once: 512 × 136 values of 4 bytes stay in the second-level cache.
_BLOCK = 512


@lru_cache(maxsize=8)
def permutations(num_perm: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the factors (odd) and terms of the permutations; uint32, shape (num_perm,).

    The draws are datasketch's: ``RandomState(seed).randint(0, 2**31)`` for every factor, then
    ``randint(0, 2**32)`` for every term, which take one word of the generator each.
    """
    draw = _mersenne_twister(seed)
    factors = [(draw.getrandbits(32) & 0x7FFFFFFF) * 2 + 1 for _ in range(num_perm)]
    terms = [draw.getrandbits(32) for _ in range(num_perm)]
    return np.array(factors, dtype=np.uint32), np.array(terms, dtype=np.uint32)


def _mersenne_twister(seed: int) -> Random:
    """Return Python's generator in the state of numpy's ``RandomState(seed)``.

    Importing numpy.random takes longer than sketching a page. The seeding is that of the
    original MT19937 (Matsumoto and Nishimura 1998, ``init_genrand`` of 2002).
    """
    state = [seed]
    for at in range(1, 624):
        last = state[-1]
        state.append((1812433253 * (last ^ (last >> 30)) + at) & 0xFFFFFFFF)
    generator = Random()  # noqa: S311 - permutations, not secrets
    generator.setstate((3, (*state, 624), None))
    return generator


def signature(shingles: NDArray[np.uint64], num_perm: int, seed: int) -> NDArray[np.uint32]:
    """Return the MinHash values of a set of shingles; uint32, shape (num_perm,).

    ``shingles`` may repeat and come in any order; only their low 32 bits count.
    """
    factors, terms = permutations(num_perm, seed)
    values = np.full(num_perm, EMPTY, dtype=np.uint32)
    hashes = _mix32(distinct(shingles.astype(np.uint32)))
    for start in range(0, hashes.size, _BLOCK):
        block = factors[:, None] * hashes[None, start : start + _BLOCK] + terms[:, None]
        np.minimum(values, block.min(axis=1), out=values)
    return values


def to_datasketch(values: NDArray[np.uint32], seed: int) -> MinHash:
    """Return a ``datasketch.MinHash`` with these values, comparable with others of the seed.

    Feed it further 32-bit shingle hashes with ``update``; its hash function is the identity.
    """
    from datasketch import MinHash

    return MinHash(seed=seed, hashfunc=int, hashvalues=values, scheme="affine32")


def _mix32(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    values = values ^ (values >> np.uint32(16))
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    values ^= values >> np.uint32(16)
    return values
