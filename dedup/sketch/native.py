"""The native kernel behind the waist: the same bits as the reference, a hundred times faster."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dedup.sketch import _kernel
from dedup.sketch.batch import SketchBatch, TextBatch
from dedup.sketch.compiled import compiled_dictionary
from dedup.sketch.passages import run_and_window
from dedup.sketch.signature import permutations
from dedup.text.garbled import SAMPLE, suspicious_characters
from dedup.text.metadata.glance import UNKNOWN, End, Glance, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.settings import Settings
    from dedup.text.markup import Span
    from dedup.text.segment import Numbered

_NOTHING = Glance(End.NOTHING, End.NOTHING, 0, 0)
_Scalar = TypeVar("_Scalar", bound=np.generic)


class NativeSketcher:
    """Sketches batches of texts with fixed settings; ``num_perm`` values a signature.

    The lock of the interpreter is released meanwhile: threads may share one.
    """

    def __init__(self, settings: Settings, num_perm: int) -> None:
        self._dictionary = _dictionary(settings)
        self._permutations = permutations(num_perm, settings.seed)
        self._sizes = (settings.shingle_size, *run_and_window(settings.min_passage))
        self._num_perm = num_perm

    def sketch(self, batch: TextBatch) -> SketchBatch:
        """Return the sketches of a batch.

        Raises ``ValueError`` where its offsets or spans lead out of it, or fall.
        """
        n = len(batch)
        texts = (
            _plain(batch.buffer, np.uint8),
            _plain(batch.offsets, np.int64),
            _plain(batch.spans, np.int64),
            _plain(batch.span_offsets, np.int64),
        )
        results = (
            np.empty(n + 1, dtype=np.int64),
            np.empty((n, self._num_perm), dtype=np.uint32),
            np.empty((n, 16), dtype=np.uint8),
            np.empty((n, 16), dtype=np.uint8),
            np.empty(n, dtype=np.int64),
            np.empty(n, dtype=np.int64),
            np.empty(n, dtype=np.int64),
            np.empty(n, dtype=np.bool_),
            np.empty(n + 1, dtype=np.int64),
        )
        shingles, passages = _kernel.sketch(
            texts, self._dictionary, self._permutations, self._sizes, results
        )
        return SketchBatch(_array(shingles, np.uint64), *results, _array(passages, np.uint32))


class NativeSegmenter:
    """Cuts kept text into the tokens of :class:`~dedup.text.segment.Segmenter`."""

    def __init__(self, settings: Settings) -> None:
        self._dictionary = _dictionary(settings)

    def cut(self, kept: str) -> list[str]:
        """Return the tokens of ``kept``, in order, without separators."""
        words, numbers = self.numbers(kept, self.table(), 0)
        return list(map(words.__getitem__, numbers.tolist()))

    def table(self) -> _kernel.Vocabulary:
        """Return a table of tokens, with none."""
        return _kernel.Vocabulary()

    def numbers(self, kept: str, table: _kernel.Vocabulary, first: int) -> Numbered:
        """Return the tokens of a table from ``first`` on, and the number of each of ``kept``."""
        words, numbers = _kernel.numbers(kept.encode("utf-8"), self._dictionary, table, first)
        return words, _array(numbers, np.uint32)


def native_glances(batch: TextBatch, blanks: Sequence[Sequence[Span]] = ()) -> list[Glance]:
    """Tell, for each text, at which of its ends the metadata rules may find anything.

    Spans of each text in ``blanks`` (code points) are seen as blanks.
    """
    rows = [i for i, spans in enumerate(blanks) if spans]
    if 2 * len(rows) > len(batch):
        return _blanked_glances(batch, blanks)
    told = _glanced(batch.buffer, batch.offsets)
    some = _blanked_glances(batch.take(rows), [blanks[row] for row in rows]) if rows else []
    for row, glance in zip(rows, some, strict=True):
        told[row] = glance
    return told


def _blanked_glances(batch: TextBatch, blanks: Sequence[Sequence[Span]]) -> list[Glance]:
    buffer, unknown = _blanked(batch, blanks)
    told = _glanced(buffer, batch.offsets)
    for i in unknown:
        told[i] = UNKNOWN
    return told


def _glanced(buffer: NDArray[np.uint8], offsets: NDArray[np.int64]) -> list[Glance]:
    count = len(offsets) - 1
    found = np.empty((count, 2), dtype=np.uint8)
    titles = np.empty((count, 2), dtype=np.int64)
    alone = np.empty((count, 2), dtype=np.uint32)
    _kernel.glance(buffer, offsets, tables(), found, titles, alone)
    told = [_NOTHING] * count
    for i in np.flatnonzero(found.any(axis=1)).tolist():
        told[i] = Glance(*found[i].tolist(), *titles[i].tolist(), *alone[i].tolist())
    return told


def native_markup_glances(batch: TextBatch) -> list[int]:
    """Tell what markup each text may have, in the bits of :mod:`dedup.text.markup.glance`."""
    found = np.empty(len(batch), dtype=np.uint8)
    _kernel.glance_at_markup(batch.buffer, batch.offsets, found)
    return found.tolist()


def native_may_be_garbled(batch: TextBatch) -> list[int]:
    """Return which texts have a character that garbled ones have (:mod:`dedup.text.garbled`)."""
    found = np.empty(len(batch), dtype=np.uint8)
    wanted = suspicious_characters()
    _kernel.has_characters(batch.buffer, batch.offsets, wanted, SAMPLE, found)
    numbers: list[int] = np.flatnonzero(found).tolist()
    return numbers


def native_with_spans(batch: TextBatch, spans: Sequence[Sequence[Span]]) -> TextBatch:
    """Return the batch with spans to set aside, given in code points of each text."""
    positions, offsets = _byte_positions(batch, spans)
    return replace(batch, spans=positions.reshape(-1, 2), span_offsets=offsets)


def _byte_positions(
    batch: TextBatch, spans: Sequence[Sequence[Span]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the bounds of all spans in bytes of their texts, and the offsets of each text's."""
    positions = np.fromiter(chain.from_iterable(chain.from_iterable(spans)), dtype=np.int64)
    offsets = np.zeros(len(batch) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, spans), dtype=np.int64, count=len(batch)), out=offsets[1:])
    _kernel.byte_positions(batch.buffer, batch.offsets, positions, 2 * offsets)
    return positions, offsets


def _blanked(
    batch: TextBatch, blanks: Sequence[Sequence[Span]]
) -> tuple[NDArray[np.uint8], list[int]]:
    """Return the bytes of a batch with blanks for spans, and the texts whose spans are not ASCII.

    Of those the blanks are wider than the spans, and what a glance at them tells is not certain.
    """
    positions, _ = _byte_positions(batch, blanks)
    bounds, buffer = positions.tolist(), bytearray(batch.buffer)
    wide: list[int] = []
    at = 0
    for i, spans in enumerate(blanks):
        base = int(batch.offsets[i]) if spans else 0
        for start, end in spans:
            first, last = base + bounds[at], base + bounds[at + 1]
            buffer[first:last] = b" " * (last - first)
            if last - first != end - start:
                wide.append(i)
            at += 2
    return np.frombuffer(buffer, dtype=np.uint8), wide


def native_hashes(batch: TextBatch) -> NDArray[np.uint8]:
    """Return the 128-bit hash of each text; uint8, shape (n, 16)."""
    out = np.empty((len(batch), 16), dtype=np.uint8)
    _kernel.hash(batch.buffer, batch.offsets, out)
    return out


def native_fold(text: str) -> str:
    """Return the kept text, as :func:`dedup.text.fold.fold` does."""
    return _kernel.fold(text.encode("utf-8", "surrogatepass")).decode("utf-8")


def native_align(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the matches of two sequences of numbers; uint32, shape (m, 3).

    See :func:`dedup.match.tokens.align_tokens`, which says which comes first.
    """
    return _array(_kernel.align(a, b), np.uint32).reshape(-1, 3)


def _dictionary(settings: Settings) -> _kernel.Dictionary | None:
    if settings.unit == "char":
        return None
    return compiled_dictionary(settings.user_dict, regional_words=settings.regional_words)


def _plain(values: NDArray[_Scalar], dtype: type[_Scalar]) -> NDArray[_Scalar]:
    return np.ascontiguousarray(values, dtype=dtype)


def _array(memory: _kernel.Memory, dtype: type[_Scalar]) -> NDArray[_Scalar]:
    view = memoryview(memory)
    return np.frombuffer(view, dtype=dtype) if view.nbytes else np.empty(0, dtype)
