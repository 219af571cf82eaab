"""Exact counts of shared shingles for all pairs of a set, without any sketch.

The matrix of which document has which shingle is multiplied with itself: shingles of many
documents as a dense product, the rest as a sparse one, for a block of documents at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.engine.local import sketch_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup import Document, Settings

    from .sets import IdPair

#: Documents multiplied with all others at a time.
BLOCK = 512
#: A shingle of more than this share of the documents is multiplied densely.
DENSE_SHARE = 0.04
#: The most cells of the dense matrix: 2 GB of float32.
DENSE_CELLS = 1 << 29


@dataclass(frozen=True, slots=True)
class ShingleSets:
    """The distinct shingles of the documents that have any: ``hashes[starts[i]:starts[i + 1]]``."""

    ids: tuple[str, ...]
    starts: NDArray[np.int64]
    hashes: NDArray[np.uint64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Distinct shingles of each document."""
        return np.diff(self.starts)

    def rows(self) -> dict[str, int]:
        """Return the number of each document by its id."""
        return {each: row for row, each in enumerate(self.ids)}


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Pairs of rows ``a < b`` with shared shingles and the sizes of both sets; int32, (m,)."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    shared: NDArray[np.int32]
    size_a: NDArray[np.int32]
    size_b: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.a)

    @property
    def similarity(self) -> NDArray[np.float64]:
        """Jaccard similarity of each pair."""
        union = self.size_a.astype(np.int64) + self.size_b - self.shared
        result: NDArray[np.float64] = self.shared / np.maximum(union, 1)
        return result

    @property
    def containment(self) -> NDArray[np.float64]:
        """Share of the smaller set that is in the larger."""
        result: NDArray[np.float64] = self.shared / np.maximum(
            np.minimum(self.size_a, self.size_b), 1
        )
        return result

    def take(self, which: NDArray[Any]) -> PairCounts:
        """Return some of the pairs."""
        return PairCounts(
            self.a[which], self.b[which], self.shared[which], self.size_a[which], self.size_b[which]
        )

    def keys(self, documents: int) -> NDArray[np.int64]:
        """Return one number for each pair: ``a * documents + b``."""
        return self.a.astype(np.int64) * documents + self.b


def shingle_sets(documents: Sequence[Document], settings: Settings) -> ShingleSets:
    """Return the shingle sets of ``documents`` as a scan compares them."""
    ids: list[str] = []
    sets: list[NDArray[np.uint64]] = []
    for batch, sketched in sketch_documents(documents, settings, 1):
        for i, document in enumerate(batch):
            if sketched.sketches.tokens[i]:
                ids.append(document.id)
                sets.append(sketched.sketches.shingle_set(i))
    starts = np.cumsum([0, *(each.size for each in sets)], dtype=np.int64)
    return ShingleSets(tuple(ids), starts, np.concatenate(sets))


def all_pairs(sets: ShingleSets, similarity: float, containment: float = 2.0) -> PairCounts:
    """Return all pairs that reach ``similarity`` or ``containment`` (of the smaller)."""
    sizes = sets.sizes.astype(np.float32)
    found = []
    for low, shared in _products(sets):
        rows = slice(low, low + len(shared))
        least = np.minimum(sizes[rows, None], sizes[None, :]) * np.float32(containment)
        union = sizes[rows, None] + sizes[None, :] - shared
        reached = (shared > 0) & ((shared >= union * np.float32(similarity)) | (shared >= least))
        a, b = np.nonzero(reached)
        upper = a + low < b
        a, b = a[upper], b[upper]
        found.append(np.stack([a + low, b, shared[a, b].astype(np.int64)]))
    together = np.concatenate(found, axis=1).astype(np.int32)
    return _counts(sets, together[0], together[1], together[2])


def count_pairs(sets: ShingleSets, pairs: Iterable[IdPair]) -> PairCounts:
    """Return the counts of the given pairs, whatever they are; ids without a shingle left out."""
    rows = sets.rows()
    ordered = sorted(
        (min(rows[a], rows[b]), max(rows[a], rows[b])) for a, b in pairs if a in rows and b in rows
    )
    both = np.array(ordered, dtype=np.int32).reshape(-1, 2)
    shared = np.array([_shared(sets, a, b) for a, b in ordered], dtype=np.int32)
    return _counts(sets, both[:, 0], both[:, 1], shared)


def _shared(sets: ShingleSets, a: int, b: int) -> int:
    first = sets.hashes[sets.starts[a] : sets.starts[a + 1]]
    second = sets.hashes[sets.starts[b] : sets.starts[b + 1]]
    return int(np.intersect1d(first, second, assume_unique=True).size)


def _counts(
    sets: ShingleSets, a: NDArray[np.int32], b: NDArray[np.int32], shared: NDArray[np.int32]
) -> PairCounts:
    sizes = sets.sizes.astype(np.int32)
    return PairCounts(a, b, shared, sizes[a], sizes[b])


def _products(sets: ShingleSets) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield blocks of the matrix of shared shingles, float32 of shape (block, documents)."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    documents = len(sets.ids)
    _, columns, of_column = np.unique(sets.hashes, return_inverse=True, return_counts=True)
    frequent = of_column > max(2, DENSE_SHARE * documents)
    if np.count_nonzero(frequent) * documents > DENSE_CELLS:
        least = np.sort(of_column)[-(DENSE_CELLS // documents)]
        frequent = of_column > least
    rows = np.repeat(np.arange(documents), sets.sizes)
    is_dense = frequent[columns]
    dense = np.zeros((documents, np.count_nonzero(frequent)), dtype=np.float32)
    dense[rows[is_dense], (np.cumsum(frequent) - 1)[columns[is_dense]]] = 1
    # a shingle of one document makes no pair
    rare = ~is_dense & (of_column[columns] > 1)
    shape = (documents, of_column.size)
    ones = np.ones(np.count_nonzero(rare), dtype=np.float32)
    sparse = csr_matrix((ones, (rows[rare], columns[rare])), shape=shape)
    transposed = sparse.T.tocsr()
    for low in range(0, documents, BLOCK):
        block = dense[low : low + BLOCK] @ dense.T
        block += (sparse[low : low + BLOCK] @ transposed).toarray()
        yield low, block
