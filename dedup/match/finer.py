"""Equal texts that are to stay: the groups of the match graph made finer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.model import Relation
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dedup.match.consequences import Consequence


@dataclass(frozen=True, slots=True)
class Groups:
    """For each document its unit and its whole: who shares one of them, matches.

    ``source`` is, for each unit, the one that it is a part of; None where units are as they were.
    """

    unit: NDArray[np.int64]
    whole: NDArray[np.int64]
    source: NDArray[np.int64] | None = None

    def spread(self, pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return pairs of units as they were as pairs of these, each with the row it is from."""
        rows = np.arange(len(pairs))
        if self.source is None:
            return pairs, rows
        order = np.argsort(self.source, kind="stable")
        ascending = self.source[order]
        for side in (0, 1):
            low = np.searchsorted(ascending, pairs[:, side])
            times = np.searchsorted(ascending, pairs[:, side], side="right") - low
            pairs, rows = np.repeat(pairs, times, axis=0), np.repeat(rows, times)
            starts = np.repeat(np.cumsum(times) - times, times)
            pairs[:, side] = order[np.repeat(low, times) + np.arange(len(pairs)) - starts]
        return pairs, rows


def groups(
    unit: NDArray[np.int64],
    whole: NDArray[np.int64],
    text: NDArray[np.int64],
    what: Mapping[Relation, Consequence],
) -> Groups:
    """Return who matches by being equal, where some of the relations of equal texts drop nothing.

    What is kept of texts that are equal in more is kept of those that are equal in less, too.
    """
    if what[Relation.SAME_BODY].drop:
        return Groups(unit, whole)
    if what[Relation.SAME_TEXT].drop:
        finest = whole
    elif what[Relation.IDENTICAL].drop:
        finest = text
    else:
        finest = np.arange(len(unit))
    size = int(finest.max(initial=0)) + 1
    keys = unit * size + finest
    known = distinct(keys)
    return Groups(np.searchsorted(known, keys), finest, known // size)
