"""Sets of shingles in the native kernel: sorted once, then intersected pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.sketch import _kernel
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.sketch.batch import SketchBatch


def native_counts(sketches: SketchBatch, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count distinct shingles for pairs of rows; int64, shape (m, 3): shared, only a's, only b's.

    The shingles of all rows in ``pairs``, int64 of shape (m, 2), are copied and sorted.
    """
    rows = distinct(pairs.ravel())
    sets = np.searchsorted(rows, pairs)
    starts, ends = sketches.shingle_offsets[rows], sketches.shingle_offsets[rows + 1]
    offsets = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(ends - starts, out=offsets[1:])
    values = np.empty(offsets[-1], dtype=np.uint64)
    bounds = zip(starts.tolist(), ends.tolist(), offsets[:-1].tolist(), strict=True)
    for start, end, at in bounds:
        values[at : at + end - start] = sketches.shingles[start:end]
    _kernel.unique_sorted(values, offsets)
    shared = np.empty(len(pairs), dtype=np.int64)
    _kernel.intersect_counts(values, offsets, sets, shared)
    sizes = np.diff(offsets)[sets]
    return np.column_stack((shared, sizes[:, 0] - shared, sizes[:, 1] - shared))


def native_distinct(
    shingles: NDArray[np.uint64], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the distinct values of each run, sorted, and where those of each begin."""
    values, ends = shingles.copy(), offsets.copy()
    _kernel.unique_sorted(values, ends)
    return values[: ends[-1]], ends


def native_shared(
    values: NDArray[np.uint64], offsets: NDArray[np.int64], pairs: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Count the values that pairs of sets have in common; int64, shape (m,)."""
    shared = np.empty(len(pairs), dtype=np.int64)
    _kernel.intersect_counts(values, offsets, np.ascontiguousarray(pairs), shared)
    return shared
