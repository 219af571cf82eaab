"""The native kernel behind the waist: the same bits as the reference, a hundred times faster."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dedup.sketch import _kernel
from dedup.sketch.batch import SketchBatch, TextBatch
from dedup.sketch.compiled import compiled_dictionary
from dedup.sketch.signature import permutations
from dedup.text.metadata.glance import Glance, tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.settings import Settings

_Scalar = TypeVar("_Scalar", bound=np.generic)


class NativeSketcher:
    """Sketches batches of texts with fixed settings; ``num_perm`` values a signature.

    The lock of the interpreter is released meanwhile: threads may share one.
    """

    def __init__(self, settings: Settings, num_perm: int) -> None:
        words = settings.unit == "word"
        self._dictionary = compiled_dictionary(settings.user_dict) if words else None
        self._permutations = permutations(num_perm, settings.seed)
        self._ngram = settings.ngram
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
        )
        shingles = _kernel.sketch(texts, self._dictionary, self._permutations, self._ngram, results)
        return SketchBatch(_array(shingles, np.uint64), *results)


class NativeSegmenter:
    """Cuts kept text into the tokens of :class:`~dedup.text.segment.Segmenter`."""

    def __init__(self, settings: Settings) -> None:
        words = settings.unit == "word"
        self._dictionary = compiled_dictionary(settings.user_dict) if words else None

    def cut(self, kept: str) -> list[str]:
        """Return the tokens of ``kept``, in order, without separators."""
        memory = _kernel.cut(kept.encode("utf-8"), self._dictionary)
        ends: list[int] = _array(memory, np.uintp).tolist()
        starts = [0, *ends][:-1]
        return [kept[start:end].lstrip(" ") for start, end in zip(starts, ends, strict=True)]


def native_glances(batch: TextBatch) -> list[Glance]:
    """Tell, for each text, at which of its ends the metadata rules may find anything."""
    found = np.empty((len(batch), 2), dtype=np.uint8)
    titles = np.empty((len(batch), 2), dtype=np.int64)
    _kernel.glance(batch.buffer, batch.offsets, tables(), found, titles)
    return [
        Glance(*ends, *title) for ends, title in zip(found.tolist(), titles.tolist(), strict=True)
    ]


def native_hashes(batch: TextBatch) -> list[str]:
    """Return the hexadecimal 128-bit hash of each text."""
    out = np.empty((len(batch), 16), dtype=np.uint8)
    _kernel.hash(batch.buffer, batch.offsets, out)
    digits = out.tobytes().hex()
    return [digits[at : at + 32] for at in range(0, len(digits), 32)]


def native_fold(text: str) -> str:
    """Return the kept text, as :func:`dedup.text.fold.fold` does."""
    return _kernel.fold(text.encode("utf-8", "surrogatepass")).decode("utf-8")


def _plain(values: NDArray[_Scalar], dtype: type[_Scalar]) -> NDArray[_Scalar]:
    return np.ascontiguousarray(values, dtype=dtype)


def _array(memory: _kernel.Memory, dtype: type[_Scalar]) -> NDArray[_Scalar]:
    view = memoryview(memory)
    return np.frombuffer(view, dtype=dtype) if view.nbytes else np.empty(0, dtype)
