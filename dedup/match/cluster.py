"""Clusters: the lexicographically first maximal independent set of the match graph.

Documents come in keep order. One is kept unless it matches one kept before it; then every other
goes to the most similar kept document that it matches, ties to the earlier one. So nothing is
dropped through a chain of matches. (The greedy set: Blelloch, Fineman and Shun, "Greedy
sequential maximal independent set and matching are parallel on average", SPAA 2012.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class MatchGraph:
    """Which documents match, by number in keep order, without listing equal ones pairwise.

    All documents of a unit (equal compared text) match each other and whatever the unit
    matches, as do all of a whole (equal kept text).

    - ``unit``, ``whole``: number of each document's unit and whole; int64, shape (n,).
    - ``near``: pairs of units that match, each once; int64, shape (m, 2).
    - ``similarity``: of these, float64, shape (m,). Quotients of integers below 2**26 are rounded
      to different floats where they differ, so comparing them is exact.
    - ``known``: so many documents come first that are kept whatever they match.
    """

    unit: NDArray[np.int64]
    whole: NDArray[np.int64]
    near: NDArray[np.int64]
    similarity: NDArray[np.float64]
    known: int = 0


def assign(graph: MatchGraph) -> NDArray[np.int64]:
    """Return for each document the one that stands for it: itself where it is kept."""
    assigned = np.arange(len(graph.unit), dtype=np.int64)
    matched = _matched(graph)
    if not matched.size:
        return assigned
    neighbours = _Neighbours(graph)
    kept_unit: dict[int, int] = {}
    kept_whole: dict[int, int] = {}
    beaten = np.zeros(neighbours.units, dtype=np.bool_)  # units that match a kept one
    documents = matched.tolist()
    units, wholes = graph.unit[matched].tolist(), graph.whole[matched].tolist()
    for document, unit, whole in zip(documents, units, wholes, strict=True):
        taken = unit in kept_unit or whole in kept_whole or beaten[unit]
        if taken and document >= graph.known:
            continue
        kept_unit.setdefault(unit, document)
        kept_whole.setdefault(whole, document)
        beaten[neighbours.of(unit)[0]] = True
    nearest: dict[int, tuple[float, int] | None] = {}
    for document, unit, whole in zip(documents, units, wholes, strict=True):
        if document < graph.known or kept_unit.get(unit) == document:
            continue
        if unit not in nearest:
            nearest[unit] = _nearest(neighbours, kept_unit, unit)
        near = nearest[unit]
        equal = [kept[key] for kept, key in ((kept_unit, unit), (kept_whole, whole)) if key in kept]
        if near is not None and (near[0] == 1.0 or not equal):
            equal.append(near[1])
        assigned[document] = min(equal)
    return assigned


def _matched(graph: MatchGraph) -> NDArray[np.int64]:
    """Return the documents that match any other, in keep order."""
    matched = np.bincount(graph.unit)[graph.unit] > 1 if len(graph.unit) else graph.unit > 0
    if matched.size:
        matched |= np.bincount(graph.whole)[graph.whole] > 1
        near = np.zeros(int(graph.unit.max()) + 1, dtype=np.bool_)
        near[graph.near] = True
        matched |= near[graph.unit]
    return np.flatnonzero(matched)


class _Neighbours:
    """The units that each unit matches, with the similarity."""

    def __init__(self, graph: MatchGraph) -> None:
        self.units = int(graph.unit.max()) + 1
        ends = np.concatenate([graph.near, graph.near[:, ::-1]])
        order = np.argsort(ends[:, 0], kind="stable")
        self._other = ends[order, 1]
        self._similarity = np.concatenate([graph.similarity, graph.similarity])[order]
        self._starts = np.searchsorted(ends[order, 0], np.arange(self.units + 1))

    def of(self, unit: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        these = slice(self._starts[unit], self._starts[unit + 1])
        return self._other[these], self._similarity[these]


def _nearest(
    neighbours: _Neighbours, kept_unit: dict[int, int], unit: int
) -> tuple[float, int] | None:
    others, similarities = neighbours.of(unit)
    kept = [
        (similarity, kept_unit[other])
        for other, similarity in zip(others.tolist(), similarities.tolist(), strict=True)
        if other in kept_unit
    ]
    return min(kept, key=lambda found: (-found[0], found[1]), default=None)
