"""Texts that are part of a longer one: which of them are dropped.

Only the contained text is dropped, whatever the keep policy, and only where it is most of what
contains it, or where that was asked for. It is dropped after the clusters are made, so that these
are what they would be without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from dedup.text.shingle import are_among

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Share of the container's kept characters that a contained text has where it is dropped unasked.
MOST = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Contained:
    """Units that are part of other units.

    - ``pairs``: int64, shape (m, 2), the contained unit and its container, each pair once;
    - ``shingles``: int64, shape (m, 2), how many they have; the container has more;
    - ``similarity``: float64, shape (m,).
    """

    pairs: NDArray[np.int64]
    shingles: NDArray[np.int64]
    similarity: NDArray[np.float64]

    @classmethod
    def of(cls, pairs: NDArray[np.int64], counts: NDArray[np.int64]) -> Contained:
        """Return pairs of units with the contained one first, from what was counted for them."""
        sizes = counts[:, :1] + counts[:, 1:]
        turned = sizes[:, 0] > sizes[:, 1]
        pairs, sizes = pairs.copy(), sizes.copy()
        pairs[turned], sizes[turned] = pairs[turned, ::-1], sizes[turned, ::-1]
        return cls(pairs, sizes, counts[:, 0] / np.maximum(1, counts.sum(axis=1)))

    def take(self, rows: NDArray[np.bool_]) -> Contained:
        """Return some of the pairs."""
        return Contained(self.pairs[rows], self.shingles[rows], self.similarity[rows])


def drop_contained(
    assigned: NDArray[np.int64], unit: NDArray[np.int64], found: Contained, near: set[int]
) -> NDArray[np.int64]:
    """Return ``assigned`` with contained documents assigned to their containers.

    ``found`` are the pairs of which the contained side may be dropped; ``near`` the pairs of units
    that match, packed as :func:`packed` does. From the largest unit down: one whose kept document
    is not needed is dropped for the most similar of its containers that are kept, ties to the
    first in keep order. Others for which it stands go with it where each matches that container
    or is contained in it as well; else it is needed. So nothing is dropped through a chain.
    """
    assigned = assigned.copy()
    related = near | set(packed(found.pairs).tolist())
    followers, kept = _followers(assigned, unit, found)
    order = np.lexsort((found.pairs[:, 0], -found.shingles[:, 0]))
    groups: dict[int, list[tuple[float, int]]] = {}
    for at in order.tolist():
        inside, container = found.pairs[at].tolist()
        groups.setdefault(inside, []).append((float(found.similarity[at]), container))
    for inside, containers in groups.items():
        if inside not in kept:
            continue
        needing = {int(unit[document]) for document in followers[inside]} - {inside}
        open_to = [
            (-similarity, kept[container], container)
            for similarity, container in containers
            if container in kept
            and all(_key(each, container) in related or each == container for each in needing)
        ]
        if open_to:
            _, document, container = min(open_to)
            assigned[followers[inside]] = document
            followers[container] += followers.pop(inside)
            del kept[inside]
    return assigned


def packed(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return one number for each pair of units, whatever their order in it."""
    low, high = pairs.min(axis=1, initial=1 << 62), pairs.max(axis=1, initial=0)
    keys: NDArray[np.int64] = (low << 32) | high
    return keys


def _key(a: int, b: int) -> int:
    return (min(a, b) << 32) | max(a, b)


def _followers(
    assigned: NDArray[np.int64], unit: NDArray[np.int64], found: Contained
) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Return, by unit: all that its kept document stands for, itself too, and that document."""
    concerned = are_among(unit[assigned], found.pairs)
    followers: dict[int, list[int]] = {}
    kept: dict[int, int] = {}
    for document in np.flatnonzero(concerned).tolist():
        stands = int(assigned[document])
        followers.setdefault(int(unit[stands]), []).append(document)
        kept.setdefault(int(unit[stands]), stands)  # of known ones several are kept
    return followers, kept
