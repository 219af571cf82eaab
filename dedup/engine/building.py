"""Puts the columns of batches together to those of a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.engine.columns import BatchColumns


class SegmentBuilder:
    """Gathers sketched documents until they are made a segment of."""

    def __init__(self) -> None:
        self._batches: list[dict[str, NDArray[Any]]] = []
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, batch: BatchColumns) -> None:
        """Add the documents of a batch after those that are there."""
        if not len(batch):
            return
        # a segment has at most 2**16 documents: their positions stay within the low bits
        passages = batch.columns["passages"] + np.uint64(self._size)
        self._batches.append(batch.columns | {"passages": passages})
        self._size += len(batch)

    def finish(self) -> dict[str, NDArray[Any]]:
        """Return the columns of the segment, and begin another."""
        batches, self._batches, self._size = self._batches, [], 0
        columns: dict[str, NDArray[Any]] = {}
        for name in batches[0]:
            parts = [batch[name] for batch in batches]
            if name.endswith("_ends"):
                parts = _shifted(parts)
            columns[name] = np.concatenate(parts, axis=1 if name == "bands" else 0)
        columns["band_keys"], columns["band_documents"] = sorted_bands(columns.pop("bands"))
        passages = np.sort(columns["passages"])
        columns["passages"] = (passages >> np.uint64(16)).astype(np.uint32)
        columns["passage_documents"] = passages.astype(np.uint16)
        return columns


def sorted_bands(keys: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """Return the keys of each band sorted, and whose they are; those of equal ones ascend.

    Key and document are sorted as one number, which takes a fifth of the time of ``argsort``.
    """
    documents = np.empty(keys.shape, dtype=np.uint16)
    numbers = np.arange(keys.shape[1], dtype=np.uint64)
    for band, of_band in enumerate(keys):
        packed = (of_band.astype(np.uint64) << np.uint64(16)) | numbers
        packed.sort()
        keys[band] = packed >> np.uint64(16)
        documents[band] = packed.astype(np.uint16)
    return keys, documents


def _shifted(ends: Sequence[NDArray[np.uint32]]) -> list[NDArray[np.uint32]]:
    """Let the ends of each batch go on where the last one stopped."""
    shifted, base = [], 0
    for part in ends:
        shifted.append(part + np.uint32(base))
        base += int(part[-1])
    return shifted
