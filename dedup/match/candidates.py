"""Candidates: pairs of units that share a bucket and are not hopeless."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.sketch.bands import band_keys
from dedup.sketch.estimate import count_equal, estimates
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from dedup.match.passage_candidates import PassageCandidates
    from dedup.sketch.bands import Banding

#: A bucket of more documents is hot: each is compared with the first hundred in keep order only.
HOT_BUCKET = 1000
HOT_FIRST = 100
#: Documents of which every pair is looked at.
FEW = 128
#: Pairs looked at together; bounds memory.
_CHUNK = 1 << 19
#: Two numbers of 32 bits in one, of which the lower is a row.
_HALF, _ROW = np.uint64(32), np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of row numbers, each pair once, sorted, the smaller row first; int64, shape (m, 2).

    ``common_passages`` counts the fingerprints that too many units have
    (:mod:`dedup.match.passage_candidates`). ``hot_buckets`` counts the buckets that were cut short
    and ``pairs_not_compared`` is the most pairs that they may have left out: a pair of several such
    buckets counts in each, but all together are never more than the pairs there are.
    """

    pairs: NDArray[np.int64]
    hot_buckets: int
    pairs_not_compared: int
    common_passages: int = 0

    def beside(self, found: PassageCandidates) -> Candidates:
        """Return these pairs and those by passages, each once."""
        packed = np.concatenate([self.pairs, found.pairs])
        keys = distinct((packed[:, 0] << 32) | packed[:, 1])
        pairs = np.stack([keys >> 32, keys & 0xFFFFFFFF], axis=1)
        return replace(self, pairs=pairs, common_passages=found.common)


def candidates(signatures: NDArray[np.uint32], banding: Banding) -> Candidates:
    """Find the pairs of rows of ``signatures`` (in keep order) that share a bucket."""
    keys = (band_keys(signatures, band, banding.rows) for band in range(banding.bands))
    return candidates_of(keys, estimates(signatures), banding)


def candidates_of(
    keys: Iterable[NDArray[np.uint32]],
    estimated: NDArray[np.uint64],
    banding: Banding,
    *,
    known: int = 0,
) -> Candidates:
    """Find the pairs of documents (in keep order) that share a bucket.

    ``keys`` are the buckets of all n documents, uint32, band after band; ``estimated`` are those
    of :mod:`dedup.sketch.estimate`, n rows. Pairs whose estimates agree in fewer values than
    ``banding.least_equal`` are left out; what that loses is counted in the recall of the banding.
    The first ``known`` documents make no pairs with each other.
    """
    if len(estimated) <= min(FEW, HOT_BUCKET):
        return _of_few(np.array(list(keys), dtype=np.uint32), estimated, banding, known)
    packed = np.empty(0, dtype=np.uint64)
    hot_buckets = not_compared = 0
    for of_band in keys:
        ordered = _ordered(of_band, known)
        starts, sizes = _buckets(ordered >> _HALF)
        order = (ordered & _ROW).astype(np.int64)
        buckets = _Buckets.of(order, starts, sizes, known)
        hot_buckets += buckets.hot
        not_compared += buckets.not_compared
        found = [_plausible(each, estimated, banding) for each in _pairs(order, buckets)]
        if found:
            packed = distinct(np.concatenate([packed, *found]))
    pairs = np.stack([packed >> _HALF, packed & _ROW], axis=1)
    rest = _pairs_of(len(estimated)) - _pairs_of(known) - len(pairs)
    return Candidates(pairs.astype(np.int64), hot_buckets, min(not_compared, rest))


def _of_few(
    keys: NDArray[np.uint32], estimated: NDArray[np.uint64], banding: Banding, known: int
) -> Candidates:
    """Find the pairs of so few documents that each is looked at in all bands together."""
    first, second = np.triu_indices(len(estimated), k=1)
    new = second >= known
    first, second = first[new].astype(np.uint64), second[new].astype(np.uint64)
    together = (keys[:, first] == keys[:, second]).any(axis=0)
    packed = _plausible((first[together] << _HALF) | second[together], estimated, banding)
    pairs = np.stack([packed >> _HALF, packed & _ROW], axis=1)
    return Candidates(pairs.astype(np.int64), 0, 0)


def _ordered(keys: NDArray[np.uint32], known: int) -> NDArray[np.uint64]:
    """Return keys and row numbers as one number each, sorted; faster than ``argsort``.

    Of the known rows only those that share a key with a new one.
    """
    ordered = keys.astype(np.uint64) << _HALF
    ordered |= np.arange(len(keys), dtype=np.uint64)
    if known:
        new = distinct(keys[known:])
        at = np.minimum(np.searchsorted(new, keys[:known]), max(0, len(new) - 1))
        shared = new[at] == keys[:known] if len(new) else np.zeros(known, dtype=np.bool_)
        ordered = np.concatenate([ordered[:known][shared], ordered[known:]])
    ordered.sort()
    return ordered


def _buckets(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return start and size of every run of equal keys that is longer than one."""
    edges = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    starts = np.concatenate([[0], edges]).astype(np.int64)
    sizes = np.diff(np.concatenate([starts, [len(keys)]]))
    several = sizes > 1
    return starts[several], sizes[several]


@dataclass(frozen=True, slots=True)
class _Buckets:
    """Buckets in groups of one size, with as many known documents, which come first in each.

    ``hot`` counts those that make more pairs than one of :data:`HOT_BUCKET` new documents, and
    ``not_compared`` the pairs that are left out of these.
    """

    groups: list[tuple[int, int, NDArray[np.int64]]]
    hot: int
    not_compared: int

    @classmethod
    def of(
        cls,
        order: NDArray[np.int64],
        starts: NDArray[np.int64],
        sizes: NDArray[np.int64],
        known: int,
    ) -> _Buckets:
        kinds = sizes << 32
        if known and len(sizes):
            before = np.concatenate([[0], np.cumsum(order < known)])
            kinds |= before[starts + sizes] - before[starts]
        groups, hot, not_compared = [], 0, 0
        for kind in distinct(kinds).tolist():
            size, of_known = kind >> 32, kind & 0xFFFFFFFF
            these = starts[kinds == kind]
            groups.append((size, of_known, these))
            if is_hot(size, of_known):
                rest = size - HOT_FIRST
                left_out = _pairs_of(rest) - _pairs_of(max(0, of_known - HOT_FIRST))
                hot += these.size
                not_compared += these.size * left_out
        return cls(groups, hot, not_compared)


def _pairs_of(size: int) -> int:
    return size * (size - 1) // 2


def is_hot(size: int, known: int) -> bool:
    """Tell whether a bucket with so many documents, and known ones among them, is cut short."""
    return _pairs_of(size) - _pairs_of(known) > _pairs_of(HOT_BUCKET)


def _pairs(order: NDArray[np.int64], buckets: _Buckets) -> Iterator[NDArray[np.uint64]]:
    """Yield the pairs inside buckets, packed as two 32-bit row numbers, in bounded pieces.

    Sorting left each bucket in keep order.
    """
    for size, known, these in buckets.groups:
        first, second = _within(size, known)
        at_once = max(1, _CHUNK // first.size)
        for at in range(0, these.size, at_once):
            rows = order[these[at : at + at_once, None] + np.arange(size)]
            for low in range(0, first.size, _CHUNK):
                a = rows[:, first[low : low + _CHUNK]].astype(np.uint64)
                b = rows[:, second[low : low + _CHUNK]].astype(np.uint64)
                yield ((a << np.uint64(32)) | b).ravel()


def _within(size: int, known: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places of the pairs in a bucket, of which the second is of no known document."""
    if not known and not is_hot(size, known):
        return np.triu_indices(size, k=1)
    compared = HOT_FIRST if is_hot(size, known) else size
    first, second = np.meshgrid(np.arange(compared), np.arange(known, size), indexing="ij")
    ordered = first < second
    return first[ordered], second[ordered]


def _plausible(
    packed: NDArray[np.uint64], estimated: NDArray[np.uint64], banding: Banding
) -> NDArray[np.uint64]:
    """Keep the pairs whose estimates agree in enough values."""
    packed = distinct(packed)
    kept = []
    for at in range(0, packed.size, _CHUNK):
        piece = packed[at : at + _CHUNK]
        a, b = (piece >> np.uint64(32)).astype(np.int64), piece.astype(np.uint32).astype(np.int64)
        kept.append(piece[count_equal(estimated, a, b, banding.num_perm) >= banding.least_equal])
    return np.concatenate(kept) if kept else packed
