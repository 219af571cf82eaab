"""Pass two: read the candidates once more, for what is exact: their shingles, then their words."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.engine.local import shingle_shards
from dedup.engine.parts import are_parts
from dedup.engine.places import Again, Kept, Places, Rereading
from dedup.engine.related import Counted, Replaced, are_similar
from dedup.engine.spool import Spool
from dedup.match.evidence import counts_of_sets, distinct_sets
from dedup.messages import message
from dedup.model import Skipped
from dedup.sketch.remembered import Remembered
from dedup.text.shingle import are_among, distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.local import Batch
    from dedup.engine.shards import Shard
    from dedup.model import DocumentInfo
    from dedup.progress import Progress
    from dedup.settings import Settings

    Mattering = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.bool_]]

#: Shingles of candidates that are kept in memory, in bytes; more of them go to a temporary file.
IN_MEMORY = 64 << 20
#: Pairs that are counted together; bounds memory.
_TOGETHER = 1 << 20
#: How often a bound between a run of pairs that fits and one that does not is halved.
_HALVINGS = 3


def count(  # noqa: PLR0913
    corpus: Corpus,
    pairs: NDArray[np.int64],
    shards: Sequence[Shard],
    settings: Settings,
    progress: Progress,
    *,
    every: bool = True,
    remembered: Remembered | None = None,
) -> tuple[Counted, list[Skipped]]:
    """Count the shingles of pairs of units, and compare the words of those that are similar.

    Unless ``every`` pair is wanted, what is left are those of which anything may come: a relation,
    or a part of a document. What is set aside of a text is not looked for again where that is
    ``remembered``. Returns also what has changed meanwhile: it shares nothing with anything.
    """
    remembered = Remembered() if remembered is None else remembered
    units = _units_of(pairs, len(corpus.first))
    numbers = corpus.first[units]
    progress.stage("verify", len(numbers))
    sets = read_again(corpus, numbers, shards, settings, progress=progress, remembered=remembered)
    pairs, counts = _counted(sets, units, pairs, None if every else _mattering(corpus, settings))
    if not settings.keep_metadata:
        from dedup.engine.inside import found_inside  # what is set aside is seldom this much

        of_unit = lambda unit: sets.of(int(np.searchsorted(units, unit)))  # noqa: E731
        counts = found_inside(corpus, pairs, counts, of_unit, shards, settings)
    replaced, gone = Replaced.nothing(len(pairs)), np.empty(0, dtype=np.int64)
    if are_similar(counts, settings).any():
        from dedup.engine.replaced import compare_again  # rules that most small scans do without

        reading = Rereading(corpus, shards, units, sets.texts, settings, progress)
        replaced, gone = compare_again(pairs, counts, reading, remembered)
    counts[are_among(pairs, gone).any(axis=1)] = 0
    changed = {*units[sets.missing()].tolist(), *gone.tolist()}
    skipped = [_changed(corpus.info(int(corpus.first[unit]))) for unit in sorted(changed)]
    return Counted(pairs, counts, replaced), skipped


def _units_of(pairs: NDArray[np.int64], units: int) -> NDArray[np.int64]:
    """Return the units that are in any pair, of so many."""
    paired = np.zeros(units, dtype=np.bool_)
    paired[pairs.ravel()] = True
    return np.flatnonzero(paired)


def _mattering(corpus: Corpus, settings: Settings) -> Mattering:
    """Return what tells of pairs of units, and what they share, of which anything may come.

    Where many texts have a long passage in common they are a few in a thousand.
    """
    from dedup.engine.inside import aside_of
    from dedup.match.inside import may_be_inside

    aside = aside_of(corpus)

    def mattering(pairs: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.bool_]:
        rows = are_similar(counts, settings) | are_parts(counts, settings)
        if settings.keep_metadata:
            return rows
        return rows | may_be_inside(counts, aside[pairs], settings).any(axis=1)

    return mattering


def _counted(
    sets: ShingleSets,
    units: NDArray[np.int64],
    pairs: NDArray[np.int64],
    mattering: Mattering | None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of units with what they share: all, or those that are ``mattering``."""
    kept, counts = [pairs[:0]], [np.empty((0, 3), dtype=np.int64)]
    for start in range(0, len(pairs), _TOGETHER):
        some = pairs[start : start + _TOGETHER]
        found = sets.counts(np.searchsorted(units, some))
        if mattering is not None:
            rows = mattering(some, found)
            some, found = some[rows], found[rows]
        kept.append(some)
        counts.append(found)
    return np.concatenate(kept), np.concatenate(counts)


def read_again(
    corpus: Corpus,
    numbers: NDArray[np.int64],
    shards: Sequence[Shard],
    settings: Settings,
    *,
    progress: Progress,
    remembered: Remembered | None = None,
) -> ShingleSets:
    """Return the shingle sets of documents, by their position in ``numbers``.

    What changed since pass one has no set, and shares nothing with anything.
    """
    sets = ShingleSets(len(numbers))
    places = Places(corpus, numbers)
    again = [Again(shard, places.of(i)) for i, shard in enumerate(shards)]
    known = corpus.table["compared_hash"][corpus.row[numbers]]
    partly = places.some(~_whole(corpus, numbers))
    whole = lambda shard, place: place not in partly.get(shard, ())  # noqa: E731 - sent to threads
    for shard, batch in shingle_shards(again, settings, _sets_of, whole, remembered):
        at = places.positions(shard, batch.places)
        same = (batch.hashes == known[at]).all(axis=1)
        sizes = np.diff(batch.offsets)
        values = batch.values if same.all() else batch.values[np.repeat(same, sizes)]
        sets.put_all(at[same], values, sizes[same])
        for position, text in zip(at[same].tolist(), compress(batch.texts, same), strict=True):
            sets.texts.put(position, text)
        progress.advance(batch.read)
    return sets


class _Sets(NamedTuple):
    """The shingle sets of those documents of a batch that could be read, of ``read`` in all.

    Set i is ``values[offsets[i]:offsets[i + 1]]``, sorted; ``places`` and ``hashes`` are of the
    documents and their compared texts.
    """

    places: NDArray[np.int64]
    hashes: NDArray[np.uint8]
    values: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    read: int
    texts: list[str]


def _sets_of(_: int, batch: Batch) -> _Sets:
    documents, sketched = batch
    sketches = sketched.sketches
    values, offsets = distinct_sets(sketches.shingles, sketches.shingle_offsets)
    places = np.array([document.place for document in documents], dtype=np.int64)
    read = len(documents) + len(sketched.skipped)
    texts = [document.text for document in documents]
    return _Sets(places, sketches.compared_hash, values, offsets, read, texts)


def _whole(corpus: Corpus, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of which documents nothing was set aside: their compared text is the whole one."""
    rows = corpus.row[numbers]
    compared, whole = corpus.table["compared_hash"], corpus.table.read("whole_hash")
    same: NDArray[np.bool_] = (compared[rows] == whole[rows]).all(axis=1)
    return same


class ShingleSets:
    """Distinct shingles of some documents, sorted; in a temporary file where they are many.

    ``texts`` are what they were made from, as far as there is room for that.
    """

    def __init__(self, size: int) -> None:
        self.texts = Kept()
        self._starts = np.zeros(size, dtype=np.int64)
        self._sizes = np.full(size, -1, dtype=np.int64)
        self._end = 0
        self._memory: list[NDArray[np.uint64]] = []
        self._spool: Spool | None = None

    def put(self, at: int, shingles: NDArray[np.uint64]) -> None:
        """Keep the set of the document at position ``at``."""
        self.put_all(np.array([at]), shingles, np.array([shingles.size]))

    def put_all(
        self, at: NDArray[np.int64], shingles: NDArray[np.uint64], sizes: NDArray[np.int64]
    ) -> None:
        """Keep the sets of the documents at positions ``at``, which follow one another."""
        self._starts[at] = self._end + np.cumsum(sizes) - sizes
        self._sizes[at] = sizes
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

    def of(self, at: int) -> NDArray[np.uint64]:
        """Return the set of the document at a position; an empty one where there is none."""
        if self._sizes[at] < 0:
            return np.empty(0, dtype=np.uint64)
        return self._values(np.array([at]), self._joined())[0]

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
