"""The readable reference of the waist: fold, segment, shingle, sign, one text after the other.

It is the definition, and the oracle of every faster kernel.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.sketch.batch import SketchBatch, TextBatch, empty_batch, offsets_of
from dedup.sketch.passages import MUCH_ASIDE, passage_fingerprints
from dedup.sketch.signature import signature
from dedup.text.fold import fold, kept_characters
from dedup.text.regional import representatives
from dedup.text.segment import segmenter
from dedup.text.shingle import TokenHashes, shingle_hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.settings import Settings


@dataclass(frozen=True, slots=True)
class _Sketch:
    shingles: NDArray[np.uint64]
    passages: NDArray[np.uint32]
    compared_hash: bytes
    whole_hash: bytes
    kept: int
    whole_kept: int
    tokens: int
    set_aside: bool


class ReferenceSketcher:
    """Sketches batches of texts with fixed settings; ``num_perm`` values a signature."""

    def __init__(self, settings: Settings, num_perm: int) -> None:
        self._ngram = settings.shingle_size
        self._min_passage = settings.min_passage
        self._seed = settings.seed
        self._num_perm = num_perm
        self._segmenter = segmenter(settings)
        mapped = settings.unit == "word" and settings.regional_words
        self._hashes = TokenHashes(representatives() if mapped else {})

    def sketch(self, batch: TextBatch) -> SketchBatch:
        """Return the sketches of a batch."""
        sketches = [self._one(raw, spans) for raw, spans in batch.texts()]
        if not sketches:
            return empty_batch(self._num_perm)
        return SketchBatch(
            np.concatenate([sketch.shingles for sketch in sketches]),
            offsets_of(sketch.shingles.size for sketch in sketches),
            np.stack([signature(s.shingles, self._num_perm, self._seed) for s in sketches]),
            _rows([sketch.compared_hash for sketch in sketches]),
            _rows([sketch.whole_hash for sketch in sketches]),
            np.array([sketch.kept for sketch in sketches], dtype=np.int64),
            np.array([sketch.whole_kept for sketch in sketches], dtype=np.int64),
            np.array([sketch.tokens for sketch in sketches], dtype=np.int64),
            np.array([sketch.set_aside for sketch in sketches], dtype=np.bool_),
            offsets_of(sketch.passages.size for sketch in sketches),
            np.concatenate([sketch.passages for sketch in sketches]),
        )

    def _one(self, raw: bytes, spans: list[tuple[int, int]]) -> _Sketch:
        whole = fold(_decode(raw))
        whole_kept = kept_characters(whole)
        compared, kept, set_aside = whole, whole_kept, False
        if spans:
            rest = fold(_decode(without_spans(raw, spans)))
            rest_kept = kept_characters(rest)
            if rest_kept:
                compared, kept, set_aside = rest, rest_kept, True
        tokens = self._hashes.of(self._segmenter.cut(compared))
        passages = passage_fingerprints(tokens, self._min_passage)
        if whole_kept - kept >= MUCH_ASIDE:
            every = self._hashes.of(self._segmenter.cut(whole))
            of_whole = passage_fingerprints(every, self._min_passage)
            passages = np.concatenate([passages, of_whole])
        return _Sketch(
            shingle_hashes(tokens, self._ngram),
            passages,
            _hash(compared),
            _hash(whole),
            kept,
            whole_kept,
            tokens.size,
            set_aside,
        )


def without_spans(raw: bytes, spans: list[tuple[int, int]]) -> bytes:
    """Return ``raw`` with a line end in place of each span."""
    pieces = []
    position = 0
    for start, end in spans:
        pieces.append(raw[position:start])
        position = end
    return b"\n".join([*pieces, raw[position:]])


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")  # U+FFFD is a separator


def _hash(kept: str) -> bytes:
    return hashlib.blake2b(kept.encode("utf-8"), digest_size=16).digest()


def _rows(hashes: list[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(-1, 16)
