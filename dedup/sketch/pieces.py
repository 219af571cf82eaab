"""Pieces of batches of texts, as arrays: by the kernel, or by the reference, which defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.sketch.batch import offsets_of
from dedup.sketch.kernel import native_in_use
from dedup.text.pieces import pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.sketch.batch import TextBatch

ALL = np.empty(0, dtype=np.uint64)


class BatchPieces(NamedTuple):
    """Pieces of n texts, in the order in which they end.

    - ``offsets``: int64, shape (n + 1,), those of text i are rows ``offsets[i]:offsets[i + 1]``;
    - ``hashes``: uint64, shape (m,);
    - ``places``: int64, shape (m, 2): where each starts and ends in its text, in code points.
    """

    offsets: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    places: NDArray[np.int64]


def batch_pieces(batch: TextBatch, listed: NDArray[np.uint64] = ALL) -> BatchPieces:
    """Return the pieces of texts whose hashes are ``listed`` (sorted), or all where none are.

    The spans of the batch do not matter.
    """
    rows, counts = (_native if native_in_use() else _reference)(batch, listed)
    hashes = np.ascontiguousarray(rows[:, 0]).view(np.uint64)
    return BatchPieces(offsets_of(counts), hashes, rows[:, 1:])


def _native(batch: TextBatch, listed: NDArray[np.uint64]) -> tuple[NDArray[np.int64], list[int]]:
    from dedup.sketch import _kernel

    counts = np.zeros(len(batch), dtype=np.int64)
    view = memoryview(_kernel.pieces(batch.buffer, batch.offsets, listed, counts))
    rows = np.frombuffer(view, dtype=np.int64) if view.nbytes else np.empty(0, dtype=np.int64)
    return rows.reshape(-1, 3), counts.tolist()


def _reference(batch: TextBatch, listed: NDArray[np.uint64]) -> tuple[NDArray[np.int64], list[int]]:
    wanted = frozenset(listed.tolist())
    found = [
        [each for each in pieces(text) if not wanted or each.hash in wanted]
        for text in (raw.decode("utf-8", "surrogatepass") for raw, _ in batch.texts())
    ]
    flat = [each for of_text in found for each in of_text]
    rows = np.empty((len(flat), 3), dtype=np.int64)
    rows[:, 0] = np.array([each.hash for each in flat], dtype=np.uint64).view(np.int64)
    rows[:, 1:] = np.array([each[1:] for each in flat], dtype=np.int64).reshape(-1, 2)
    return rows, list(map(len, found))
