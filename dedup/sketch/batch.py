"""The waist: a batch of texts in, their sketches out, as arrays (``docs/architecture.md``).

Everything before it reads and recognises; everything after it is numpy on integers. The
reference (:mod:`dedup.sketch.reference`) is the definition of what comes out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

_Scalar = TypeVar("_Scalar", bound=np.generic)
#: The bounds of so few spans are each counted from the nearer end of the text.
_FEW = 4


@dataclass(frozen=True, slots=True)
class TextBatch:
    """n texts as one UTF-8 buffer with offsets, Arrow's layout, and spans to set aside.

    - ``buffer``: uint8, all texts one after the other. Bytes that are not UTF-8 count as
      separators; lone surrogates may be encoded as if they were characters.
    - ``offsets``: int64, shape (n + 1,), the bytes of text i are ``offsets[i]:offsets[i + 1]``.
    - ``spans``: int64, shape (m, 2), what is not compared, if anything remains: byte ranges
      relative to the start of their text, sorted and not overlapping within a text.
    - ``span_offsets``: int64, shape (n + 1,), the spans of text i.
    """

    buffer: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    spans: NDArray[np.int64]
    span_offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def from_texts(
        cls, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]] | None = None
    ) -> TextBatch:
        """Build a batch from strings; ``spans`` are in code points of each text."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        batch = cls(
            np.frombuffer(b"".join(encoded), dtype=np.uint8),
            offsets_of(map(len, encoded)),
            np.empty((0, 2), dtype=np.int64),
            np.zeros(len(texts) + 1, dtype=np.int64),
        )
        return batch if spans is None else batch.with_spans(texts, spans)

    def with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> TextBatch:
        """Return the batch of ``texts`` with spans, in code points of each text, to set aside."""
        sizes = np.diff(self.offsets).tolist()
        flat = [
            position
            for text, size, each in zip(texts, sizes, spans, strict=True)
            if each
            for position in _byte_positions(text, size, each)
        ]
        pairs = np.array(flat, dtype=np.int64).reshape(-1, 2)
        return replace(self, spans=pairs, span_offsets=offsets_of(map(len, spans)))

    def take(self, rows: Sequence[int]) -> TextBatch:
        """Return the texts numbered ``rows``, in that order, without spans."""
        offsets = self.offsets.tolist()
        whole = self.buffer.data
        pieces = [whole[offsets[row] : offsets[row + 1]] for row in rows]
        return TextBatch(
            np.frombuffer(b"".join(pieces), dtype=np.uint8),
            offsets_of(map(len, pieces)),
            np.empty((0, 2), dtype=np.int64),
            np.zeros(len(pieces) + 1, dtype=np.int64),
        )

    def texts(self) -> Iterator[tuple[bytes, list[tuple[int, int]]]]:
        """Yield the bytes of each text and its spans."""
        for i in range(len(self)):
            raw = self.buffer[self.offsets[i] : self.offsets[i + 1]].tobytes()
            spans = self.spans[self.span_offsets[i] : self.span_offsets[i + 1]]
            yield raw, [(int(start), int(end)) for start, end in spans]


@dataclass(frozen=True, slots=True)
class SketchBatch:
    """The sketches of n texts.

    - ``shingles``: uint64, all shingle hashes of the compared texts in text order with repeats;
      those of text i are ``shingles[shingle_offsets[i]:shingle_offsets[i + 1]]`` (int64).
    - ``signatures``: uint32, shape (n, num_perm).
    - ``compared_hash``, ``whole_hash``: uint8, shape (n, 16), BLAKE2b of the kept text compared,
      and of the whole kept text; equal where nothing was set aside.
    - ``kept``, ``whole_kept``: int64, kept characters of the same two.
    - ``tokens``: int64, tokens of the compared text.
    - ``set_aside``: bool, whether the spans were left out of the comparison.
    - ``passages``: uint32, passage fingerprints of the compared texts
      (:mod:`dedup.sketch.passages`) in text order, maybe with repeats; those of text i are
      ``passages[passage_offsets[i]:passage_offsets[i + 1]]`` (int64).
    """

    shingles: NDArray[np.uint64]
    shingle_offsets: NDArray[np.int64]
    signatures: NDArray[np.uint32]
    compared_hash: NDArray[np.uint8]
    whole_hash: NDArray[np.uint8]
    kept: NDArray[np.int64]
    whole_kept: NDArray[np.int64]
    tokens: NDArray[np.int64]
    set_aside: NDArray[np.bool_]
    passage_offsets: NDArray[np.int64]
    passages: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.kept)

    def shingle_set(self, i: int) -> NDArray[np.uint64]:
        """Return the distinct shingles of text i, sorted."""
        return distinct(self.shingles[self.shingle_offsets[i] : self.shingle_offsets[i + 1]])

    def take(self, rows: NDArray[np.int64]) -> SketchBatch:
        """Return the sketches of the texts numbered ``rows``, in that order."""
        shingles, shingle_offsets = _taken(self.shingles, self.shingle_offsets, rows)
        passages, passage_offsets = _taken(self.passages, self.passage_offsets, rows)
        return SketchBatch(
            shingles,
            shingle_offsets,
            **{name: getattr(self, name)[rows] for name in _PLAIN},
            passage_offsets=passage_offsets,
            passages=passages,
        )

    @classmethod
    def concatenate(
        cls,
        batches: Sequence[SketchBatch],
        num_perm: int,
        rows: NDArray[np.int64] | None = None,
    ) -> SketchBatch:
        """Return the sketches of all batches in order, or of the texts numbered ``rows`` in all."""
        if not batches:
            return empty_batch(num_perm)
        joined = cls(
            np.concatenate([batch.shingles for batch in batches]),
            offsets_of(chain.from_iterable(np.diff(b.shingle_offsets).tolist() for b in batches)),
            **{name: np.concatenate([getattr(each, name) for each in batches]) for name in _PLAIN},
            passage_offsets=offsets_of(
                chain.from_iterable(np.diff(b.passage_offsets).tolist() for b in batches)
            ),
            passages=np.concatenate([batch.passages for batch in batches]),
        )
        return joined if rows is None else joined.take(rows)


#: The columns of a batch that have one row for each text.
_PLAIN = SketchBatch.__slots__[2:-2]


def _taken(
    values: NDArray[_Scalar], offsets: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[_Scalar], NDArray[np.int64]]:
    bounds = zip(offsets[rows].tolist(), offsets[rows + 1].tolist(), strict=True)
    pieces = [values[start:end] for start, end in bounds]
    return np.concatenate([values[:0], *pieces]), offsets_of(map(len, pieces))


def empty_batch(num_perm: int) -> SketchBatch:
    """Return the sketches of no texts."""
    none = np.empty(0, dtype=np.int64)
    hashes = np.empty((0, 16), dtype=np.uint8)
    return SketchBatch(
        np.empty(0, dtype=np.uint64),
        np.zeros(1, dtype=np.int64),
        np.empty((0, num_perm), dtype=np.uint32),
        hashes,
        hashes,
        none,
        none,
        none,
        np.empty(0, dtype=np.bool_),
        np.zeros(1, dtype=np.int64),
        np.empty(0, dtype=np.uint32),
    )


def offsets_of(lengths: Iterable[int]) -> NDArray[np.int64]:
    """Return where each of several parts begins, and where the last one ends; int64."""
    return np.concatenate([[0], np.cumsum(np.fromiter(lengths, dtype=np.int64))]).astype(np.int64)


def _byte_positions(text: str, size: int, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the UTF-8 offsets of the bounds of a text's spans, which are in code points."""
    if len(spans) <= _FEW:
        for span in spans:
            for position in span:
                yield _bytes(text, position, size)
        return
    at = offset = 0
    for span in spans:
        for position in span:
            offset += len(text[at:position].encode("utf-8", "surrogatepass"))
            at = position
            yield offset


def _bytes(text: str, position: int, size: int) -> int:
    """Return the UTF-8 offset of a code point offset of a text, counted from the nearer end."""
    if position * 2 <= len(text):
        return len(text[:position].encode("utf-8", "surrogatepass"))
    return size - len(text[position:].encode("utf-8", "surrogatepass"))
