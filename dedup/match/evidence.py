"""Evidence: exact counts of shared shingles for candidate pairs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedup.sketch.kernel import native_in_use
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.sketch.batch import SketchBatch


def shingle_counts(sketches: SketchBatch, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count shingles for pairs of rows; int64, shape (m, 3): shared, only in a, only in b.

    ``pairs`` is int64 of shape (m, 2). Counts are of distinct 64-bit hashes.
    """
    values, offsets = distinct_sets(sketches.shingles, sketches.shingle_offsets)
    return counts_of_sets(values, offsets, pairs)


def distinct_sets(
    shingles: NDArray[np.uint64], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the distinct shingles of each text, sorted, and where those of each begin."""
    if native_in_use():
        from dedup.sketch.native_sets import native_distinct

        return native_distinct(shingles, offsets)
    sets = [distinct(shingles[start:end]) for start, end in pairwise(offsets.tolist())]
    ends = np.cumsum([0, *map(len, sets)], dtype=np.int64)
    return np.concatenate([shingles[:0], *sets]), ends


def counts_of_sets(
    values: NDArray[np.uint64], offsets: NDArray[np.int64], pairs: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Count what pairs of sets share, and have alone; int64, shape (m, 3).

    ``values`` are the sets one after the other, each sorted and without repeats, set i being
    ``values[offsets[i]:offsets[i + 1]]``; ``pairs`` is int64 of shape (m, 2).
    """
    if native_in_use():
        from dedup.sketch.native_sets import native_shared

        shared = native_shared(values, offsets, pairs)
    else:
        sets = [values[start:end] for start, end in pairwise(offsets.tolist())]
        shared = np.array([count_shared(sets[a], sets[b]) for a, b in pairs.tolist()], np.int64)
    sizes = np.diff(offsets)[pairs]
    return np.column_stack((shared, sizes[:, 0] - shared, sizes[:, 1] - shared))


def count_shared(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> int:
    """Return how many values two sorted arrays of distinct values have in common."""
    if a.size > b.size:
        a, b = b, a
    if not a.size:
        return 0
    at = np.searchsorted(b, a)
    at[at == b.size] = 0
    return int(np.count_nonzero(b[at] == a))
