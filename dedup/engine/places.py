"""Where documents stand in their shards, and those at some places read once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.shards import read_items
from dedup.model import Document
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.shards import Item, Shard


class Places:
    """Where documents stand, sorted by shard and place."""

    def __init__(self, corpus: Corpus, numbers: NDArray[np.int64]) -> None:
        rows = corpus.row[numbers]
        shard = corpus.table["shard"][rows].astype(np.int64)
        place = corpus.table["place"][rows]
        self._order = np.lexsort((place, shard))
        self._shard, self._place = shard[self._order], place[self._order]

    def of(self, shard: int) -> list[int]:
        """Return the places in a shard, ascending."""
        low, high = np.searchsorted(self._shard, [shard, shard + 1])
        places: list[int] = self._place[low:high].tolist()
        return places

    def some(self, chosen: NDArray[np.bool_]) -> dict[int, frozenset[int]]:
        """Return the places of the documents chosen by position, by shard."""
        kept = chosen[self._order]
        shard, place = self._shard[kept], self._place[kept]
        return {each: frozenset(place[shard == each].tolist()) for each in distinct(shard).tolist()}

    def position(self, shard: int, place: int) -> int:
        """Return the position of the document that stands there."""
        low, high = np.searchsorted(self._shard, [shard, shard + 1])
        return int(self._order[low + np.searchsorted(self._place[low:high], place)])

    def positions(self, shard: int, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the positions of the documents that stand at places."""
        low, high = np.searchsorted(self._shard, [shard, shard + 1])
        found: NDArray[np.int64] = self._order[low + np.searchsorted(self._place[low:high], places)]
        return found


@dataclass(frozen=True, slots=True)
class Again:
    """The documents of a shard at some places, as a shard."""

    shard: Shard
    places: list[int]

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.shard.name

    def items(self) -> Iterator[Item]:
        """Yield the documents at these places."""
        return self.shard.again(self.places) if self.places else iter(())

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield documents again."""
        return self.shard.again(places)


def read_places(
    corpus: Corpus, numbers: NDArray[np.int64], shards: Sequence[Shard]
) -> Iterator[tuple[int, Document]]:
    """Yield documents once more, each with its position in ``numbers``; not what is gone."""
    places = Places(corpus, numbers)
    for number, shard in enumerate(shards):
        for read in read_items(Again(shard, places.of(number)).items()):
            if isinstance(read, Document):
                yield places.position(number, read.place), read
