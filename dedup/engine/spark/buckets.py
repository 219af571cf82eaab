"""Buckets in Spark's Python workers: runs of equal keys, in pieces, and the pairs in them.

The rules are those of :mod:`dedup.match.candidates` and :mod:`dedup.match.passage_candidates`; a
bucket that is hot leaves its task as pieces, so that other tasks make its pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from dedup.match.candidates import HOT_BUCKET, HOT_FIRST, is_hot
from dedup.match.passage_candidates import COMMON
from dedup.sketch.estimate import count_equal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.sketch.bands import Banding

#: A piece of a bucket: each of ``first`` is paired with what comes after it in ``second``, which
#: is null where it is the same. ``hot`` is how many documents a bucket that was cut short has, on
#: one of its pieces. A passage that makes no pairs has pieces with an empty ``second``; ``common``
#: counts such passages.
PIECE_SCHEMA = pa.schema(
    [
        pa.field("first", pa.list_(pa.int64())),
        pa.field("second", pa.list_(pa.int64())),
        pa.field("hot", pa.int64()),
        pa.field("common", pa.int64()),
    ]
)
PAIR_SCHEMA = pa.schema([pa.field("a", pa.int64()), pa.field("b", pa.int64())])

#: Pairs that are made at once; and documents of a hot bucket in one piece, few, so that every task
#: gets about as many pieces as others.
_PAIRS = 1 << 18
_PIECE = 256
#: Numbers of a long run that are held before they go on.
_PART = 10_000


class Bands:
    """The function for ``mapInArrow`` on rows ``key``, ``number``, sorted: pieces of buckets."""

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`PIECE_SCHEMA`."""
        pieces = _Pieces()
        for run in _runs(batches, HOT_BUCKET + 1):
            if run.size and is_hot(run.size, 0):
                pieces.add_hot(run)
            else:
                pieces.add(run.numbers)
            yield from pieces.full()
        yield from pieces.rest()


class Passages:
    """The same for passage fingerprints: what more than a hundred have makes no pairs."""

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`PIECE_SCHEMA`."""
        pieces = _Pieces()
        for run in _runs(batches, COMMON + 1):
            if run.size > COMMON:
                pieces.add_common(run)
            else:
                pieces.add(run.numbers)
            yield from pieces.full()
        yield from pieces.rest()


def pairs_of_pieces(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the pairs of pieces, rows of :data:`PAIR_SCHEMA`; the function for ``mapInArrow``."""
    for batch in batches:
        waiting: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        size = 0
        for first, second in zip(batch.column(0), batch.column(1), strict=True):
            a = np.asarray(first.values.to_numpy(), dtype=np.int64)
            b = np.asarray(second.values.to_numpy(), dtype=np.int64) if second.is_valid else a
            step = max(1, _PAIRS // max(1, b.size))
            for at in range(0, a.size, step):
                x, y = np.broadcast_arrays(a[at : at + step, None], b[None, :])
                later = x < y
                waiting.append((x[later], y[later]))
                size += int(np.count_nonzero(later))
                if size >= _PAIRS:
                    yield _pairs(waiting)
                    waiting, size = [], 0
        if size:
            yield _pairs(waiting)


class Plausible:
    """Keeps pairs, with their estimates in ``of_a`` and ``of_b``, that agree in enough values."""

    def __init__(self, banding: Banding) -> None:
        self._banding = banding

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`PAIR_SCHEMA`."""
        for batch in batches:
            if not batch.num_rows:
                continue
            estimates = np.concatenate([_estimates(batch.column(2)), _estimates(batch.column(3))])
            size = batch.num_rows
            rows = np.arange(size, dtype=np.int64)
            equal = count_equal(estimates, rows, rows + size, self._banding.num_perm)
            chosen = pa.array(equal >= self._banding.least_equal)
            yield batch.select(["a", "b"]).filter(chosen)


def _estimates(column: pa.Array) -> NDArray[np.uint64]:
    joined = b"".join(column.to_pylist())
    return np.frombuffer(joined, dtype=np.uint64).reshape(len(column), -1)


@dataclass(slots=True)
class _Run:
    """Numbers with one key, ascending: all of them, or some of a run longer than a limit.

    ``size`` is how many have come so far, of which ``numbers`` are the latest; ``last`` is whether
    the run ends here. ``first`` are the first hundred of the run.
    """

    numbers: NDArray[np.int64]
    size: int
    last: bool
    first: NDArray[np.int64]


def _runs(batches: Iterator[pa.RecordBatch], limit: int) -> Iterator[_Run]:
    """Yield the runs of more than one number; what is as long as ``limit``, in parts.

    Every part of a long run has the first numbers of the run.
    """
    open_run = _OpenRun(limit)
    for batch in batches:
        keys, numbers = batch.column(0).to_numpy(), batch.column(1).to_numpy()
        if not keys.size:
            continue
        edges = np.concatenate([[0], np.flatnonzero(keys[1:] != keys[:-1]) + 1, [keys.size]])
        many = len(edges) - 1
        begin = 0
        if int(keys[0]) == open_run.key:
            yield from open_run.extend(numbers[: edges[1]])
            begin = 1
        if begin == many:
            continue
        yield from open_run.close()
        inner = np.flatnonzero(np.diff(edges[begin:many]) > 1) + begin
        for at in inner.tolist():
            run = numbers[edges[at] : edges[at + 1]]
            yield _Run(run, run.size, True, run[:HOT_FIRST])
        open_run.key = int(keys[-1])
        yield from open_run.extend(numbers[edges[-2] :])
    yield from open_run.close()


class _OpenRun:
    """A run of which more may come."""

    def __init__(self, limit: int) -> None:
        self.key: int | None = None
        self._limit = limit
        self._parts: list[NDArray[np.int64]] = []
        self._waiting = self._size = 0
        self._first = np.empty(0, dtype=np.int64)

    def extend(self, numbers: NDArray[np.int64]) -> Iterator[_Run]:
        """Add numbers; yield a part of the run where it has become long."""
        self._parts.append(numbers)
        self._waiting += numbers.size
        self._size += numbers.size
        if self._waiting >= max(self._limit, _PART):
            yield self._part(last=False)

    def close(self) -> Iterator[_Run]:
        """End the run; yield what is left of it."""
        if self._size > 1:
            yield self._part(last=True)
        self.key, self._size, self._waiting, self._parts = None, 0, 0, []
        self._first = self._first[:0]

    def _part(self, *, last: bool) -> _Run:
        numbers = np.concatenate([self._first[:0], *self._parts])
        if not self._first.size:
            self._first = numbers[:HOT_FIRST]
        self._parts, self._waiting = [], 0
        return _Run(numbers, self._size, last, self._first)


class _Pieces:
    """Gathers pieces into batches of bounded size."""

    def __init__(self) -> None:
        self.common = 0
        self._first: list[NDArray[np.int64]] = []
        self._second: list[NDArray[np.int64] | None] = []
        self._hot: list[int] = []
        self._size = 0

    def add(self, numbers: NDArray[np.int64]) -> None:
        """Add a bucket in which each is compared with each."""
        self._append(numbers, None, 0)

    def add_hot(self, run: _Run) -> None:
        """Add a part of a bucket that is cut short."""
        for at in range(0, max(1, run.numbers.size), _PIECE):
            self._append(run.first, run.numbers[at : at + _PIECE], 0)
        if run.last:
            self._hot[-1] = run.size

    def add_common(self, run: _Run) -> None:
        """Add a part of a bucket that makes no pairs."""
        self._append(run.numbers, run.numbers[:0], 0)
        self.common += run.last

    def full(self) -> Iterator[pa.RecordBatch]:
        """Yield what was gathered if it is enough for a batch."""
        if self._size >= _PAIRS:
            yield from self.rest()

    def rest(self) -> Iterator[pa.RecordBatch]:
        """Yield what was gathered."""
        if not self._first and not self.common:
            return
        common = [0] * len(self._first)
        if self.common:
            self._append(np.empty(0, dtype=np.int64), None, 0)
            common.append(self.common)
        columns = {
            "first": pa.array(self._first, pa.list_(pa.int64())),
            "second": pa.array(self._second, pa.list_(pa.int64())),
            "hot": pa.array(self._hot, pa.int64()),
            "common": pa.array(common, pa.int64()),
        }
        self._first, self._second, self._hot, self._size = [], [], [], 0
        self.common = 0
        yield pa.RecordBatch.from_pydict(columns, schema=PIECE_SCHEMA)

    def _append(self, first: NDArray[np.int64], second: NDArray[np.int64] | None, hot: int) -> None:
        self._first.append(first)
        self._second.append(second)
        self._hot.append(hot)
        self._size += first.size + (0 if second is None else second.size)


def _pairs(waiting: list[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> pa.RecordBatch:
    a = np.concatenate([x for x, _ in waiting])
    b = np.concatenate([y for _, y in waiting])
    return pa.RecordBatch.from_arrays([pa.array(a), pa.array(b)], schema=PAIR_SCHEMA)
