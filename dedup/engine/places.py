"""Where documents stand in their shards, and those at some places read once more."""

from __future__ import annotations

from dataclasses import dataclass
from sys import getsizeof
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.shards import read_items
from dedup.model import Document
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.shards import Item, Shard
    from dedup.progress import Progress
    from dedup.settings import Settings


#: Bytes of the texts that are kept from one reading to the next; more of them are read anew.
AT_HAND = 64 << 20


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


class Kept:
    """Texts of documents kept from one reading to the next, by position: all of them, or none."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}
        self._room = AT_HAND

    def put(self, at: int, text: str) -> None:
        """Keep a text, if there is room for all."""
        self._room -= getsizeof(text)
        if self._room >= 0:
            self._texts[at] = text
        else:
            self._texts.clear()

    def take(self, wanted: Sequence[int]) -> Taken | None:
        """Return some of the texts, and forget the others; None where one is missing."""
        found = [self._texts.pop(at, None) for at in wanted]
        self._texts.clear()
        return None if None in found else Taken(found)


class Taken:
    """Texts as a shard that lets go of each as it is read; ``place`` is the position."""

    name = "texts"

    def __init__(self, texts: list[str | None]) -> None:
        self._texts = texts

    def items(self) -> Iterator[Item]:
        """Yield the documents, each once."""
        for place, text in enumerate(self._texts):
            if text is not None:
                self._texts[place] = None
                yield Document("", text, place=place)

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Raise ``TypeError``: what was let go cannot be read again."""
        raise TypeError(f"{len(places)} texts were let go")


@dataclass(frozen=True, slots=True)
class Rereading:
    """Documents of a corpus to be read once more; ``kept`` are texts of ``units``, read before."""

    corpus: Corpus
    shards: Sequence[Shard]
    units: NDArray[np.int64]
    kept: Kept
    settings: Settings
    progress: Progress

    def of(
        self, numbers: NDArray[np.int64], at: Sequence[int]
    ) -> tuple[Sequence[Shard], Callable[[int, int], int]]:
        """Return shards that have the documents, and what tells the position of a document.

        It is that in ``numbers``, by the shard's number and its place there; ``at`` are the
        positions in what is kept.
        """
        taken = self.kept.take(at)
        if taken is not None:
            return [taken], lambda _, place: place
        places = Places(self.corpus, numbers)
        again = [Again(shard, places.of(number)) for number, shard in enumerate(self.shards)]
        return again, places.position
