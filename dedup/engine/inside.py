"""Pass two for texts inside all of another, with what is set aside of that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.again import ShingleSets
from dedup.engine.places import read_places
from dedup.match.inside import are_inside, has_own, may_be_inside, one_way
from dedup.sketch.wholes import all_shingles, own_shingles
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.shards import Shard
    from dedup.match.inside import Counts
    from dedup.model import Document
    from dedup.settings import Settings
    from dedup.sketch.wholes import Hashed

#: Characters of texts that are sketched together.
_TOGETHER = 1 << 19


def aside_of(corpus: Corpus) -> NDArray[np.int64]:
    """Return how many kept characters are set aside of each unit; int64."""
    rows = corpus.row[corpus.first]
    kept = corpus.table["kept"][rows].astype(np.int64)
    aside: NDArray[np.int64] = corpus.table["whole_kept"][rows].astype(np.int64) - kept
    return aside


def found_inside(
    corpus: Corpus,
    pairs: NDArray[np.int64],
    counts: NDArray[np.int64],
    compared: Callable[[int], NDArray[np.uint64]],
    shards: Sequence[Shard],
    settings: Settings,
) -> NDArray[np.int64]:
    """Return ``counts``, but other ones for pairs of units of which one is in all of the other.

    ``compared`` returns the set of shingles, as compared, of a unit of ``pairs``.
    """
    may = may_be_inside(counts, aside_of(corpus)[pairs], settings)
    chosen = np.flatnonzero(may.any(axis=1))
    if not chosen.size:
        return counts
    read = partial(_read, corpus, shards, settings)
    wholes = read(pairs[chosen][may[chosen][:, ::-1]], all_shingles)
    rows, sides = np.nonzero(may)
    counted = _counted(pairs[rows, sides], pairs[rows, 1 - sides], compared, wholes)
    contained = are_inside(counted, settings)
    ways: dict[tuple[int, int], Counts] = {
        (row, side): (shared, own, others)
        for row, side, (shared, own, others) in zip(
            rows[contained].tolist(),
            sides[contained].tolist(),
            counted[contained].tolist(),
            strict=True,
        )
    }
    own = read(np.array([pairs[each] for each in ways], dtype=np.int64), own_shingles)
    counts = counts.copy()
    for row in sorted({row for row, _ in ways}):
        a, b = pairs[row].tolist()
        first = ways.get((row, 0)) if has_own(own[a], wholes[b], settings) else None
        second = ways.get((row, 1)) if has_own(own[b], wholes[a], settings) else None
        found = one_way(first, second)
        if found is not None:
            counts[row] = found
    return counts


def _counted(
    parts: NDArray[np.int64],
    others: NDArray[np.int64],
    compared: Callable[[int], NDArray[np.uint64]],
    wholes: _Sets,
) -> NDArray[np.int64]:
    """Count what units, as compared, share with all of others; see :func:`are_inside`."""
    first, second = distinct(parts), distinct(others)
    sets = ShingleSets(len(first) + len(second))
    for at, unit in enumerate(first.tolist()):
        sets.put(at, compared(unit))
    for at, unit in enumerate(second.tolist(), len(first)):
        sets.put(at, wholes[unit])
    at_first, at_second = np.searchsorted(first, parts), np.searchsorted(second, others)
    return sets.counts(np.column_stack((at_first, at_second + len(first))))


class _Sets:
    """Sets of shingles by unit; empty ones of units that were not asked for, or have changed."""

    def __init__(self, units: NDArray[np.int64]) -> None:
        self.sets = ShingleSets(len(units))
        self._at = {unit: at for at, unit in enumerate(units.tolist())}

    def __getitem__(self, unit: int) -> NDArray[np.uint64]:
        at = self._at.get(unit)
        return np.empty(0, dtype=np.uint64) if at is None else self.sets.of(at)


def _read(
    corpus: Corpus,
    shards: Sequence[Shard],
    settings: Settings,
    units: NDArray[np.int64],
    make: Callable[[Sequence[str], Settings], list[Hashed]],
) -> _Sets:
    """Read units once more, for what is made of their texts."""
    units = distinct(units)
    found = _Sets(units)
    numbers = corpus.first[units]
    known = corpus.table.read("whole_hash")[corpus.row[numbers]]
    for positions, texts in _together(read_places(corpus, numbers, shards)):
        for at, (shingles, whole_hash) in zip(positions, make(texts, settings), strict=True):
            if whole_hash == known[at].tobytes():
                found.sets.put(at, shingles)
    return found


def _together(found: Iterator[tuple[int, Document]]) -> Iterator[tuple[list[int], list[str]]]:
    """Yield positions and texts of documents, some at a time."""
    positions: list[int] = []
    texts: list[str] = []
    size = 0
    for at, document in found:
        positions.append(at)
        texts.append(document.text)
        size += len(document.text)
        if size >= _TOGETHER:
            yield positions, texts
            positions, texts, size = [], [], 0
    if positions:
        yield positions, texts
