"""Clusters: the lexicographically first maximal independent set of the match graph.

Documents come in keep order. One is kept unless it matches one kept before it; then every other
goes to the most similar kept document that it matches, ties to the earlier one. So nothing is
dropped through a chain of matches. (The greedy set: Blelloch, Fineman and Shun, "Greedy
sequential maximal independent set and matching are parallel on average", SPAA 2012.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class MatchGraph:
    """Which documents match, by number in keep order, without listing equal ones pairwise.

    All documents of a unit (equal compared text) match each other and whatever the unit
    matches, as do all of a whole (equal kept text).

    - ``unit``, ``whole``: number of each document's unit and whole.
    - ``near``: for each unit the units it matches, with the similarity.
    """

    unit: Sequence[int]
    whole: Sequence[int]
    near: Mapping[int, Sequence[tuple[int, Fraction]]]


def assign(graph: MatchGraph) -> list[int]:
    """Return for each document the one that stands for it: itself where it is kept."""
    kept_unit: dict[int, int] = {}
    kept_whole: dict[int, int] = {}
    beaten: set[int] = set()  # units that match a kept one
    for document, (unit, whole) in enumerate(zip(graph.unit, graph.whole, strict=True)):
        if unit in kept_unit or whole in kept_whole or unit in beaten:
            continue
        kept_unit[unit] = document
        kept_whole[whole] = document
        beaten.update(other for other, _ in graph.near.get(unit, ()))
    return _nearest_kept(graph, kept_unit, kept_whole)


def _nearest_kept(
    graph: MatchGraph, kept_unit: Mapping[int, int], kept_whole: Mapping[int, int]
) -> list[int]:
    nearest_of_unit: dict[int, tuple[Fraction, int] | None] = {}
    assigned = []
    for document, (unit, whole) in enumerate(zip(graph.unit, graph.whole, strict=True)):
        if kept_unit.get(unit) == document:
            assigned.append(document)
            continue
        if unit not in nearest_of_unit:
            nearest_of_unit[unit] = _nearest(graph, kept_unit, unit)
        near = nearest_of_unit[unit]
        equal = [kept[key] for kept, key in ((kept_unit, unit), (kept_whole, whole)) if key in kept]
        if near is not None and (near[0] == 1 or not equal):
            equal.append(near[1])
        assigned.append(min(equal))
    return assigned


def _nearest(
    graph: MatchGraph, kept_unit: Mapping[int, int], unit: int
) -> tuple[Fraction, int] | None:
    kept = [(s, kept_unit[other]) for other, s in graph.near.get(unit, ()) if other in kept_unit]
    return min(kept, key=lambda found: (-found[0], found[1]), default=None)
