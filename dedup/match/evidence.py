"""Evidence: exact counts of shared shingles for candidate pairs."""

from __future__ import annotations

from collections import OrderedDict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedup.sketch.kernel import native_in_use
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.sketch.batch import SketchBatch

#: Distinct shingles kept sorted between pairs, in hashes of 8 bytes: 256 MB.
_KEPT_SHINGLES = 1 << 25


def shingle_counts(sketches: SketchBatch, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count shingles for pairs of rows; int64, shape (m, 3): shared, only in a, only in b.

    ``pairs`` is int64 of shape (m, 2), best sorted. Counts are of distinct 64-bit hashes.
    """
    if not native_in_use():
        return reference_counts(sketches, pairs)
    from dedup.sketch.native_sets import native_counts

    parts = [native_counts(sketches, pairs[part]) for part in _parts(sketches, pairs)]
    return np.concatenate([np.empty((0, 3), dtype=np.int64), *parts])


def reference_counts(sketches: SketchBatch, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Do the same without the kernel: the definition of what it returns."""
    sets = _ShingleSets(sketches)
    counts = np.zeros((len(pairs), 3), dtype=np.int64)
    for at, (row_a, row_b) in enumerate(pairs.tolist()):
        a, b = sets[row_a], sets[row_b]
        shared = count_shared(a, b)
        counts[at] = shared, a.size - shared, b.size - shared
    return counts


def _parts(sketches: SketchBatch, pairs: NDArray[np.int64]) -> Iterator[slice]:
    """Cut pairs into runs of which the shingles are few enough to be copied."""
    sizes = np.diff(sketches.shingle_offsets).tolist()
    start, rows, size = 0, set[int](), 0
    for at, pair in enumerate(pairs.tolist()):
        new = set(pair) - rows
        more = sum(sizes[row] for row in new)
        if rows and size + more > _KEPT_SHINGLES:
            yield slice(start, at)
            start, rows, size = at, set[int](), 0
            new, more = set(pair), sum(sizes[row] for row in set(pair))
        rows |= new
        size += more
    if start < len(pairs):
        yield slice(start, len(pairs))


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
