"""Which pairs a page shows side by side: as many as a browser holds with ease."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import Pair, ScanResult

#: Dropped documents of a cluster, and kept characters of all texts together, that are shown side
#: by side. A Chinese character is three bytes, and its markup about as many.
PAIRS_OF_A_CLUSTER = 5
CHARACTERS = 2_000_000


def embedded_pairs(result: ScanResult) -> list[Pair]:
    """Return the dropped documents, as pairs, whose differences a page shows."""
    chosen: list[Pair] = []
    room = CHARACTERS
    for pair in _by_rank(result):
        size = sum(result.documents[i].whole_kept for i in (pair.a, pair.b))
        if size <= room:
            room -= size
            chosen.append(pair)
    return chosen


def _by_rank(result: ScanResult) -> Iterator[Pair]:
    """Yield the first dropped documents of every cluster, cluster by cluster.

    The least similar come last in a cluster, and are those that one should look at.
    """
    for cluster in result.clusters:
        yield from cluster.drop[-PAIRS_OF_A_CLUSTER:]
