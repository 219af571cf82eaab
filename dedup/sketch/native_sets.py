"""Sets of shingles in the native kernel: sorted once, then intersected pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.sketch import _kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
