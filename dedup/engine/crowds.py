"""Guards: clusters so large that what their documents share may be no text of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.shards import read_items
from dedup.model import Crowd, Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.shards import Shard

#: A cluster is one to look at from so many documents on, and above this share of all (one in …).
LEAST, SHARE = 20, 10
#: Characters of a first line that are shown.
_LINE = 60


def crowds(corpus: Corpus, assigned: NDArray[np.int64], shards: Sequence[Shard]) -> list[Crowd]:
    """Return the clusters to look at, the largest first.

    Those above the share; and the largest, where more than half of all documents are dropped.
    ``assigned`` is what :class:`~dedup.engine.matching.Matching` says.
    """
    found = []
    for kept, size in crowded(assigned):
        members = np.flatnonzero(assigned == kept)
        other = int(members[members != kept][-1])
        line = first_line(corpus, kept, shards)
        found.append(Crowd(corpus.id(kept), size, corpus.id(other), line))
    return sorted(found, key=lambda crowd: (-crowd.documents, crowd.kept))


def crowded(assigned: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the documents that stand for too many, and for how many, themselves among them."""
    if not len(assigned):
        return []
    sizes = np.bincount(assigned, minlength=len(assigned))
    dropped = int(np.count_nonzero(sizes == 0))
    large = np.flatnonzero((sizes >= LEAST) & (sizes * SHARE > len(assigned)))
    if not large.size and dropped >= LEAST and 2 * dropped > len(assigned):
        large = np.array([int(sizes.argmax())])
    return [(int(kept), int(sizes[kept])) for kept in large]


def first_line(corpus: Corpus, number: int, shards: Sequence[Shard]) -> str:
    """Return the first visible line of a document, read once more; "" where it is gone."""
    row = int(corpus.row[number])
    shard = shards[int(corpus.table["shard"][row])]
    for found in read_items(shard.again([int(corpus.table["place"][row])])):
        if isinstance(found, Document):
            line = next((line.strip() for line in found.text.splitlines() if line.strip()), "")
            return line if len(line) <= _LINE else line[:_LINE] + "…"
    return ""
