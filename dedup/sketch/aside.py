"""What to set aside of a batch of texts, by the kernel's glances at them and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import glances, markup_glances, with_spans
from dedup.text.aside import UNMARKED, mark, may_be_marked, set_aside_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.model import SetAside
    from dedup.text.aside import Aside
    from dedup.text.markup import Span


class BatchAside(NamedTuple):
    """What is set aside of texts: the parts found in each, and the batch with all spans.

    ``apart`` is bool, shape (n,): false where the parts of a text were found and not left out.
    """

    parts: list[tuple[SetAside, ...]]
    batch: TextBatch
    apart: NDArray[np.bool_]


def set_aside_some(texts: Sequence[str], batch: TextBatch, rows: Sequence[int]) -> TextBatch:
    """Return the batch with what is set aside of the texts numbered ``rows``; of others nothing."""
    some = [texts[row] for row in rows]
    spans: list[Sequence[Span]] = [()] * len(batch)
    for row, (_, found, _) in zip(rows, _asides(some, TextBatch.from_texts(some)), strict=True):
        spans[row] = found
    return with_spans(batch, texts, spans)


def set_aside_all(texts: Sequence[str], batch: TextBatch) -> BatchAside:
    """Return what :func:`dedup.text.aside.set_aside` finds in each text of a batch."""
    aside = _asides(texts, batch)
    return BatchAside(
        [parts for parts, _, _ in aside],
        with_spans(batch, texts, [spans for _, spans, _ in aside]),
        np.array([apart for _, _, apart in aside], dtype=np.bool_),
    )


def _asides(texts: Sequence[str], batch: TextBatch) -> list[Aside]:
    marked = [
        mark(text, glance) if may_be_marked(text, glance) else UNMARKED
        for text, glance in zip(texts, markup_glances(batch), strict=True)
    ]
    glanced = glances(batch, [tags for _, tags in marked])
    return [
        set_aside_beside(text, each, glance)
        for text, each, glance in zip(texts, marked, glanced, strict=True)
    ]
