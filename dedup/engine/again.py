"""Pass two: read the candidates once more, for what is exact: their shingles and their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.local import shingle_shards
from dedup.engine.matching import Counted
from dedup.engine.names import TitleNames, count_names
from dedup.engine.spool import Spool
from dedup.match.evidence import counts_of_sets, distinct_sets
from dedup.messages import message
from dedup.model import Skipped
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.shards import Item, Shard
    from dedup.model import DocumentInfo
    from dedup.progress import Progress
    from dedup.settings import Settings

#: Shingles of candidates that are kept in memory, in bytes; more of them go to a temporary file.
IN_MEMORY = 128 << 20
#: How often a bound between a run of pairs that fits and one that does not is halved.
_HALVINGS = 3


def count(
    corpus: Corpus,
    pairs: NDArray[np.int64],
    shards: Sequence[Shard],
    settings: Settings,
    progress: Progress,
) -> tuple[Counted, list[Skipped]]:
    """Count the shingles and names of pairs of units; return also what has changed meanwhile."""
    units = distinct(pairs.ravel())
    numbers = corpus.first[units]
    titles = TitleNames(corpus, corpus.first[pairs], settings.user_dict)
    sets = read_again(corpus, numbers, shards, settings, progress=progress, wanted=titles.wanted)
    counts = sets.counts(np.searchsorted(units, pairs))
    other = titles.other(corpus.first[pairs], sets.names)
    changed = [_changed(corpus.info(int(numbers[at]))) for at in sets.missing().tolist()]
    return Counted(pairs, counts, other), changed


def read_again(
    corpus: Corpus,
    numbers: NDArray[np.int64],
    shards: Sequence[Shard],
    settings: Settings,
    *,
    progress: Progress,
    wanted: Mapping[int, Sequence[str]] | None = None,
) -> ShingleSets:
    """Return the shingle sets of documents, by their position in ``numbers``.

    ``wanted`` are names to count in the texts of documents. What changed since pass one has no
    set, and shares nothing with anything.
    """
    wanted = wanted or {}
    sets = ShingleSets(len(numbers))
    places = Places(corpus, numbers)
    again = [Again(shard, places.of(i)) for i, shard in enumerate(shards)]
    known = corpus.table["compared_hash"][corpus.row[numbers]]
    partly = places.some(~_whole(corpus, numbers))
    whole = lambda shard, place: place not in partly.get(shard, ())  # noqa: E731 - sent to threads
    for shard, (documents, sketched) in shingle_shards(again, settings, whole):
        hashes = sketched.sketches.compared_hash
        values, offsets = distinct_sets(
            sketched.sketches.shingles, sketched.sketches.shingle_offsets
        )
        for i, document in enumerate(documents):
            at = places.position(shard, document.place)
            if (hashes[i] == known[at]).all():
                sets.put(at, values[offsets[i] : offsets[i + 1]])
                number = int(numbers[at])
                if number in wanted:
                    sets.names[number] = count_names(document.text, wanted[number])
        progress.advance(len(documents) + len(sketched.skipped))
    return sets


def _whole(corpus: Corpus, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of which documents nothing was set aside: their compared text is the whole one."""
    rows = corpus.row[numbers]
    compared, whole = corpus.table["compared_hash"], corpus.table.read("whole_hash")
    same: NDArray[np.bool_] = (compared[rows] == whole[rows]).all(axis=1)
    return same


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
        """Yield the documents at the places."""
        return self.shard.again(self.places) if self.places else iter(())

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield some of them."""
        return self.shard.again(places)


class ShingleSets:
    """Distinct shingles of some documents, sorted; in a temporary file where they are many.

    ``names`` are counts of words by document.
    """

    def __init__(self, size: int) -> None:
        self.names: dict[int, dict[str, int]] = {}
        self._starts = np.zeros(size, dtype=np.int64)
        self._sizes = np.full(size, -1, dtype=np.int64)
        self._end = 0
        self._memory: list[NDArray[np.uint64]] = []
        self._spool: Spool | None = None

    def put(self, at: int, shingles: NDArray[np.uint64]) -> None:
        """Keep the set of the document at position ``at``."""
        self._starts[at], self._sizes[at] = self._end, shingles.size
        self._end += shingles.size
        if self._spool is None and 8 * self._end > IN_MEMORY:
            self._spool = Spool()
            for each in self._memory:
                self._spool.append(each.tobytes())
            self._memory = []
        if self._spool is None:
            self._memory.append(shingles)
        else:
            self._spool.append(shingles.tobytes())

    def missing(self) -> NDArray[np.int64]:
        """Return the positions of documents of which there is no set."""
        return np.flatnonzero(self._sizes < 0)

    def counts(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count what pairs of positions share, and have alone; int64, shape (m, 3)."""
        counts = np.zeros((len(pairs), 3), dtype=np.int64)
        here = np.flatnonzero((self._sizes[pairs] >= 0).all(axis=1))
        whole = self._joined()
        for part in self._parts(pairs[here]):
            these = pairs[here[part]]
            positions = distinct(these.ravel())
            values, offsets = self._values(positions, whole)
            local = np.searchsorted(positions, these)
            counts[here[part]] = counts_of_sets(values, offsets, local)
        return counts

    def _joined(self) -> NDArray[np.uint64]:
        if len(self._memory) > 1:
            self._memory = [np.concatenate(self._memory)]
        return self._memory[0] if self._memory else np.empty(0, dtype=np.uint64)

    def _parts(self, pairs: NDArray[np.int64]) -> Iterator[slice]:
        """Cut pairs into runs whose sets fit into memory; sorted pairs make long runs."""
        start = 0
        while start < len(pairs):
            end = start + self._fitting(pairs[start:])
            yield slice(start, end)
            start = end

    def _fitting(self, pairs: NDArray[np.int64]) -> int:
        """Return about the most pairs whose sets fit into memory together; at least one."""
        fits, most = 1, 2
        while fits < len(pairs) and self._bytes(pairs[:most]) <= IN_MEMORY:
            fits, most = min(most, len(pairs)), 2 * most
        for _ in range(_HALVINGS if fits < len(pairs) else 0):
            between = (fits + most) // 2
            if self._bytes(pairs[:between]) <= IN_MEMORY:
                fits = between
            else:
                most = between
        return min(fits, len(pairs))

    def _bytes(self, pairs: NDArray[np.int64]) -> int:
        return 8 * int(self._sizes[distinct(pairs.ravel())].sum())

    def _values(
        self, positions: NDArray[np.int64], whole: NDArray[np.uint64]
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Return the sets at ``positions`` one after the other, and where each begins."""
        offsets = np.concatenate([[0], np.cumsum(self._sizes[positions])])
        values = np.empty(int(offsets[-1]), dtype=np.uint64)
        for start, at, end in zip(
            self._starts[positions].tolist(), offsets.tolist(), offsets[1:].tolist(), strict=False
        ):
            if self._spool is None:
                values[at:end] = whole[start : start + end - at]
            else:
                raw = self._spool.read(8 * start, 8 * (end - at))
                values[at:end] = np.frombuffer(raw, np.uint64)
        return values, offsets


def _changed(info: DocumentInfo) -> Skipped:
    why = message("it changed while it was being compared")
    return Skipped(info.id, info.path, "changed", why, error=True)
