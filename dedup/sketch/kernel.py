"""Which kernel sketches: the native one, or the reference where it is not built."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, Protocol

from dedup.errors import SettingsError
from dedup.messages import message
from dedup.text import markup
from dedup.text.metadata.glance import UNKNOWN, Glance

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedup.settings import Settings
    from dedup.sketch.batch import SketchBatch, TextBatch
    from dedup.text.markup import Span
    from dedup.text.segment import Numberer, Segmenter

#: The environment variable that asks for one kernel, and its values.
VARIABLE = "DEDUP_KERNEL"
NATIVE, REFERENCE = "native", "reference"


class Sketcher(Protocol):
    """Sketches batches of texts; every implementation returns the same bits."""

    def sketch(self, batch: TextBatch) -> SketchBatch:
        """Return the sketches of a batch."""


def kernel_name() -> str:
    """Return the name of the kernel in use: ``native (avx512)``, say, or ``reference``.

    Raises :class:`~dedup.errors.SettingsError` like :func:`native_in_use`.
    """
    if not native_in_use():
        return REFERENCE
    from dedup.sketch import _kernel

    return f"{NATIVE} ({_kernel.instruction_set()})"


def native_in_use() -> bool:
    """Whether the native kernel sketches: where it is built, unless ``DEDUP_KERNEL`` forbids.

    Raises :class:`~dedup.errors.SettingsError` where that asks for the native kernel and it is
    not built, or for something else; and where it was built from a fold table that has changed
    since, as only a checkout can.
    """
    wanted = os.environ.get(VARIABLE, "")
    if wanted not in ("", NATIVE, REFERENCE):
        raise SettingsError(
            message("{name} is {value}, which is none of its values", name=VARIABLE, value=wanted),
            hint=message("use one of: {choices}", choices=f"{NATIVE}, {REFERENCE}"),
        )
    if wanted == REFERENCE:
        return False
    built = _fold_table_of_native()
    if built is None and wanted == NATIVE:
        raise SettingsError(
            message("the native kernel is not built"),
            hint=message("install again with a C compiler at hand, or unset {name}", name=VARIABLE),
        )
    if built is not None and built != fold_table_hash():
        raise SettingsError(
            message("the native kernel was built from another fold table"),
            hint=message("install again, so that it is built anew"),
        )
    return built is not None


def sketcher(settings: Settings, num_perm: int) -> Sketcher:
    """Return a sketcher with ``num_perm`` values a signature."""
    if native_in_use():
        from dedup.sketch.native import NativeSketcher

        return NativeSketcher(settings, num_perm)
    from dedup.sketch.reference import ReferenceSketcher

    return ReferenceSketcher(settings, num_perm)


def word_segmenter(settings: Settings) -> Segmenter:
    """Return the segmenter for ``settings``; the kernel's need not load jieba."""
    if native_in_use():
        from dedup.sketch.native import NativeSegmenter

        return NativeSegmenter(settings)
    from dedup.text.segment import segmenter

    return segmenter(settings)


def word_numberer(settings: Settings) -> Numberer[Any]:
    """Return what cuts kept text like :func:`word_segmenter`, and numbers the tokens."""
    if native_in_use():
        from dedup.sketch.native import NativeSegmenter

        return NativeSegmenter(settings)
    from dedup.text.segment import CutNumberer

    return CutNumberer(word_segmenter(settings).cut)


def glances(batch: TextBatch, blanks: Sequence[Sequence[Span]] = ()) -> list[Glance]:
    """Tell what the metadata rules may find in each text; without the kernel, nothing is known.

    ``blanks`` are spans of each text, in code points, that are seen as blanks; none: no spans.
    """
    if not native_in_use():
        return [UNKNOWN] * len(batch)
    from dedup.sketch.native import native_glances

    return native_glances(batch, blanks)


def markup_glances(batch: TextBatch) -> list[int]:
    """Tell what markup each text may have; without the kernel, nothing is known."""
    if not native_in_use():
        return [markup.UNKNOWN] * len(batch)
    from dedup.sketch.native import native_markup_glances

    return native_markup_glances(batch)


def with_spans(
    batch: TextBatch, texts: Sequence[str], spans: Sequence[Sequence[Span]]
) -> TextBatch:
    """Return the batch of ``texts`` with spans to set aside: :meth:`TextBatch.with_spans`."""
    if not native_in_use():
        return batch.with_spans(texts, spans)
    from dedup.sketch.native import native_with_spans

    return native_with_spans(batch, spans)


def may_be_garbled(batch: TextBatch) -> Sequence[int]:
    """Return the texts that may be garbled, by number; without the kernel, all of them."""
    if not native_in_use():
        return range(len(batch))
    from dedup.sketch.native import native_may_be_garbled

    return native_may_be_garbled(batch)


def text_hashes(batch: TextBatch) -> NDArray[np.uint8]:
    """Return the 128-bit hash of each text; uint8, shape (n, 16)."""
    if native_in_use():
        from dedup.sketch.native import native_hashes

        return native_hashes(batch)
    import numpy as np

    digests = [hashlib.blake2b(raw, digest_size=16).digest() for raw, _ in batch.texts()]
    return np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, 16).copy()


def kept_text(text: str) -> str:
    """Return the kept text, as :func:`dedup.text.fold.fold` defines it."""
    if native_in_use():
        from dedup.sketch.native import native_fold

        return native_fold(text)
    from dedup.text.fold import fold

    return fold(text)


def _fold_table_of_native() -> str | None:
    try:
        from dedup.sketch import _kernel
    except ImportError:
        return None
    return _kernel.FOLD_TABLE


@cache
def fold_table_hash() -> str:
    """Return the hexadecimal 128-bit hash of the committed fold table."""
    table = get_data("dedup.text", "fold.tsv") or b""
    return hashlib.blake2b(table, digest_size=16).hexdigest()
