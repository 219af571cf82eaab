"""What became of each document, by shard and place: for who writes the shards anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.matching import Matching
    from dedup.model import Pair


class Verdicts:
    """The dropped documents of all shards; no object is made of one until it is asked for."""

    def __init__(self, corpus: Corpus, matching: Matching) -> None:
        assigned = matching.assigned
        dropped = np.flatnonzero(assigned != np.arange(len(assigned)))
        rows = corpus.row[dropped]
        shard = corpus.table["shard"][rows]
        place = corpus.table["place"][rows].astype(np.int64)
        order = np.lexsort((place, shard))
        self._shard, self._place, self._number = shard[order], place[order], dropped[order]
        self._assigned = assigned
        self._matching = matching

    def __len__(self) -> int:
        return len(self._number)

    def of(self, shard: int) -> ShardVerdicts:
        """Return the verdicts on one shard."""
        low, high = np.searchsorted(self._shard, [shard, shard + 1])
        return ShardVerdicts(self, self._place[low:high], self._number[low:high])

    def pair(self, number: int) -> Pair:
        """Return a dropped document with what it is assigned to."""
        return self._matching.pair(number, int(self._assigned[number]))


class ShardVerdicts:
    """The dropped documents of a shard; asked for by places that ascend."""

    def __init__(
        self, verdicts: Verdicts, places: NDArray[np.int64], numbers: NDArray[np.int64]
    ) -> None:
        self._verdicts = verdicts
        self._places = places.data
        self._numbers = numbers.data
        self.found = 0

    def __len__(self) -> int:
        return len(self._places)

    def next(self, place: int) -> Pair | None:
        """Return the dropped document at ``place`` with what it is assigned to; None if kept."""
        if self.found == len(self._places) or self._places[self.found] != place:
            return None
        pair = self._verdicts.pair(self._numbers[self.found])
        self.found += 1
        return pair

    def rows(self, first: int, size: int) -> list[int]:
        """Return which of ``size`` places from ``first`` on are dropped, from 0, without a pair."""
        low, high = np.searchsorted(self._places, [first, first + size])
        return [self._places[at] - first for at in range(int(low), int(high))]
