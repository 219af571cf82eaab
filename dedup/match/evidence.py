"""Evidence: exact counts of shared shingles for candidate pairs."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.sketch.batch import SketchBatch

#: Distinct shingles kept sorted between pairs, in hashes of 8 bytes: 256 MB.
_KEPT_SHINGLES = 1 << 25


def shingle_counts(sketches: SketchBatch, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count shingles for pairs of rows; int64, shape (m, 3): shared, only in a, only in b.

    ``pairs`` is int64 of shape (m, 2), best sorted. Counts are of distinct 64-bit hashes.
    """
    sets = _ShingleSets(sketches)
    counts = np.zeros((len(pairs), 3), dtype=np.int64)
    for at, (row_a, row_b) in enumerate(pairs.tolist()):
        a, b = sets[row_a], sets[row_b]
        shared = count_shared(a, b)
        counts[at] = shared, a.size - shared, b.size - shared
    return counts


def count_shared(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> int:
    """Return how many values two sorted arrays of distinct values have in common."""
    if a.size > b.size:
        a, b = b, a
    if not a.size:
        return 0
    at = np.searchsorted(b, a)
    at[at == b.size] = 0
    return int(np.count_nonzero(b[at] == a))


class _ShingleSets:
    """The distinct shingles of rows, the most recently used kept."""

    def __init__(self, sketches: SketchBatch) -> None:
        self._sketches = sketches
        self._kept: OrderedDict[int, NDArray[np.uint64]] = OrderedDict()
        self._size = 0

    def __getitem__(self, row: int) -> NDArray[np.uint64]:
        found = self._kept.get(row)
        if found is not None:
            self._kept.move_to_end(row)
            return found
        found = self._sketches.shingle_set(row)
        self._kept[row] = found
        self._size += found.size
        while self._size > _KEPT_SHINGLES and len(self._kept) > 2:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.size
        return found
