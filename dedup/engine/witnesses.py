"""Whether the documents that share a passage are otherwise dissimilar, looked up in a few."""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING

import numpy as np

from dedup.boilerplate import SAMPLE
from dedup.sketch.kernel import kept_text
from dedup.text.shingle import distinct, mix_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: Witnesses of a passage that are looked at, those with the least text hashes.
LOOKED_AT = 5
#: Share of what is left of one witness that the next is to lack, in the median of all pairs.
#: What is left of versions of one text, or of one form filled with other facts, is mostly found
#: in the others; of different texts hardly a tenth is.
LEAST_NEW = 0.5

#: Letters of a run, and the factor of the polynomial over them, whose terms are taken by two; one
#: run in four is looked at: fewer say too little of short texts.
_RUN, _FACTOR, _ONE_IN = 4, 0x9E3779B97F4A7C15, 4


class Witness:
    """A document that speaks for passages: its runs of letters, whole and without what is common.

    ``hashes``, ``spans`` and ``documents`` are of its pieces: where they stand, and how many
    documents have each. ``commons`` are the numbers of documents from which on pieces are common.
    """

    def __init__(
        self,
        text: str,
        hashes: NDArray[np.uint64],
        spans: NDArray[np.int32],
        documents: NDArray[np.int64],
    ) -> None:
        self.whole = _runs(text)
        self._text, self._hashes, self._spans, self._documents = text, hashes, spans, documents
        self._left: dict[int, NDArray[np.uint32]] = {}
        self._new: dict[tuple[int, int], float] = {}

    def freeze(self, commons: Sequence[int]) -> None:
        """Find what is left beside each kind of common piece; the text is needed no more."""
        for common in commons:
            spans = self._spans[self._documents >= common].tolist()
            self._left[common] = _runs(_without(self._text, spans))
        self._text = ""
        self._hashes, self._spans = self._hashes[:0], self._spans[:0]

    def new_beside(self, other: Witness, common: int) -> float:
        """Return the share of the runs left here that another document lacks."""
        # the same few documents are witnesses of many passages
        key = id(other), common
        if key not in self._new:
            self._new[key] = _new(self._left[common], other.whole)
        return self._new[key]

    def begins(self, piece: int) -> str:
        """Return how a piece begins in this text, on one line; before it is frozen."""
        at = int(np.flatnonzero(self._hashes == np.uint64(piece))[0])
        start, end = self._spans[at].tolist()
        return " ".join(self._text[start : min(end, start + 4 * SAMPLE)].split())[:SAMPLE]


def are_dissimilar(witnesses: Sequence[Witness], common: int) -> bool:
    """Tell whether documents have little in common beside what ``common`` documents share."""
    new = [a.new_beside(b, common) for a in witnesses for b in witnesses if a is not b]
    return bool(new) and median_low(new) >= LEAST_NEW


def _new(left: NDArray[np.uint32], whole: NDArray[np.uint32]) -> float:
    """Return the share of runs that another text lacks; 0 where there are none."""
    if not left.size:
        return 0.0
    at = np.minimum(np.searchsorted(whole, left), max(whole.size - 1, 0))
    known = int(np.count_nonzero(whole[at] == left)) if whole.size else 0
    return 1 - known / left.size


def _runs(text: str) -> NDArray[np.uint32]:
    """Return the hashes of some runs of letters, distinct and sorted; the same for every text."""
    points = kept_text(text).replace(" ", "").encode("utf-32-le")
    letters = np.frombuffer(points, dtype=np.uint32).astype(np.uint64)
    if letters.size < _RUN:
        return np.empty(0, dtype=np.uint32)
    twos = letters[:-1] * np.uint64(_FACTOR) + letters[1:]
    hashes = mix_array(twos[:-2] * np.uint64(_FACTOR * _FACTOR % 2**64) + twos[2:])
    chosen = hashes[hashes & np.uint64(_ONE_IN - 1) == 0]
    return distinct((chosen >> np.uint64(32)).astype(np.uint32))


def _without(text: str, spans: list[list[int]]) -> str:
    pieces, position = [], 0
    for start, end in sorted(spans):
        if start > position:
            pieces.append(text[position:start])
        position = max(position, end)
    return "\n".join([*pieces, text[position:]])
