"""Candidates: pairs of units that share a bucket and are not hopeless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.sketch.bands import band_keys
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.sketch.bands import Banding

#: A bucket of more documents is hot: each is compared with the first hundred in keep order only.
HOT_BUCKET = 1000
HOT_FIRST = 100
#: Pairs looked at together; bounds memory.
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of row numbers, each pair once, sorted, the smaller row first; int64, shape (m, 2).

    ``hot_buckets`` counts the buckets that were cut short and ``pairs_not_compared`` is the most
    pairs that they may have left out: a pair of several such buckets counts in each, but all
    together are never more than the pairs there are.
    """

    pairs: NDArray[np.int64]
    hot_buckets: int
    pairs_not_compared: int


def candidates(signatures: NDArray[np.uint32], banding: Banding) -> Candidates:
    """Find the pairs of rows of ``signatures`` (in keep order) that share a bucket.

    Pairs whose signatures agree in fewer values than ``banding.least_equal`` are left out; what
    that loses is counted in the recall of the banding.
    """
    found = [np.empty(0, dtype=np.uint64)]
    hot_buckets = not_compared = 0
    for band in range(banding.bands):
        keys = band_keys(signatures, band, banding.rows)
        order = np.argsort(keys, kind="stable")
        starts, sizes = _buckets(keys[order])
        rests = sizes[sizes > HOT_BUCKET] - HOT_FIRST
        hot_buckets += rests.size
        not_compared += int((rests * (rests - 1) // 2).sum())
        found.extend(
            _plausible(packed, signatures, banding.least_equal)
            for packed in _pairs(order, starts, sizes)
        )
        found = [distinct(np.concatenate(found))]
    packed = found[0]
    pairs = np.stack([packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)], axis=1)
    rest = len(signatures) * (len(signatures) - 1) // 2 - len(pairs)
    return Candidates(pairs.astype(np.int64), hot_buckets, min(not_compared, rest))


def _buckets(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return start and size of every run of equal keys that is longer than one."""
    edges = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    starts = np.concatenate([[0], edges]).astype(np.int64)
    sizes = np.diff(np.concatenate([starts, [len(keys)]]))
    several = sizes > 1
    return starts[several], sizes[several]


def _pairs(
    order: NDArray[np.int64], starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[NDArray[np.uint64]]:
    """Yield the pairs inside buckets, packed as two 32-bit row numbers, in bounded pieces.

    Buckets of one size are taken together; the stable sort left each in keep order.
    """
    for size in distinct(sizes).tolist():
        first, second = np.triu_indices(size, k=1) if size <= HOT_BUCKET else _hot_pairs(size)
        at_once = max(1, _CHUNK // first.size)
        these = starts[sizes == size]
        for at in range(0, these.size, at_once):
            rows = order[these[at : at + at_once, None] + np.arange(size)]
            for low in range(0, first.size, _CHUNK):
                a = rows[:, first[low : low + _CHUNK]].astype(np.uint64)
                b = rows[:, second[low : low + _CHUNK]].astype(np.uint64)
                yield ((a << np.uint64(32)) | b).ravel()


def _hot_pairs(size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first, second = np.meshgrid(np.arange(HOT_FIRST), np.arange(size), indexing="ij")
    ordered = first < second
    return first[ordered], second[ordered]


def _plausible(
    packed: NDArray[np.uint64], signatures: NDArray[np.uint32], least_equal: int
) -> NDArray[np.uint64]:
    """Keep the pairs whose signatures agree in at least ``least_equal`` values."""
    packed = distinct(packed)
    kept = []
    step = max(1, (1 << 24) // max(1, signatures.shape[1]))
    for at in range(0, packed.size, step):
        piece = packed[at : at + step]
        a, b = (piece >> np.uint64(32)).astype(np.int64), piece.astype(np.uint32).astype(np.int64)
        equal = np.count_nonzero(signatures[a] == signatures[b], axis=1)
        kept.append(piece[equal >= least_equal])
    return np.concatenate(kept) if kept else packed
