"""Families: texts of one form, found as pairs, told of together.

Of thirty days of one weather report every two are a template. A family is what such pairs
connect, where that is more than a handful; of its pairs only as many are listed as connect it,
the most similar ones. (A maximum spanning forest: Kruskal, "On the shortest spanning subtree of a
graph", 1956.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Members of the largest group of which every pair is listed.
HANDFUL = 5


@dataclass(frozen=True, slots=True)
class Families:
    """Units in families, and which of the pairs are listed.

    - ``members``: of each family its units, ascending; int64;
    - ``rows``: of each family the rows of its pairs; int64;
    - ``spare``: bool, shape (m,), whether a pair is left out of the list.
    """

    members: tuple[NDArray[np.int64], ...]
    rows: tuple[NDArray[np.int64], ...]
    spare: NDArray[np.bool_]


def families(pairs: NDArray[np.int64], similarity: NDArray[np.float64]) -> Families:
    """Group units by their pairs, int64, shape (m, 2), that are templates; ties by the units."""
    root = Roots()
    spare = np.ones(len(pairs), dtype=np.bool_)
    for row in np.lexsort((pairs[:, 1], pairs[:, 0], -similarity)).tolist():
        spare[row] = not root.join(*pairs[row].tolist())
    roots = np.array([root.of(unit) for unit in pairs[:, 0].tolist()], dtype=np.int64)
    members, rows = [], []
    order = np.argsort(roots, kind="stable")
    ends = np.flatnonzero(np.diff(roots[order])) + 1
    for group in np.split(order, ends) if len(order) else ():
        units = np.array(sorted({*pairs[group].ravel().tolist()}), dtype=np.int64)
        if len(units) > HANDFUL:
            members.append(units)
            rows.append(group)
        else:
            spare[group] = False
    return Families(tuple(members), tuple(rows), spare)


class Roots:
    """Which units are connected so far."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def of(self, unit: int) -> int:
        """Return one unit of those that this one is connected with, the same for all of them."""
        parent = self._parent
        root = unit
        while parent.get(root, root) != root:
            root = parent[root]
        while parent.get(unit, unit) != root:
            parent[unit], unit = root, parent[unit]
        return root

    def join(self, a: int, b: int) -> bool:
        """Connect two units; tell whether they were not connected before."""
        low, high = sorted((self.of(a), self.of(b)))
        self._parent[high] = low
        return low != high
