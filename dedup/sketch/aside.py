"""What to set aside of a batch of texts, by the kernel's glances at them and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.sketch.kernel import glances, markup_glances, with_spans
from dedup.text.aside import UNMARKED, mark, may_be_marked, set_aside_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.model import SetAside
    from dedup.sketch.batch import TextBatch


class BatchAside(NamedTuple):
    """What is set aside of texts: the parts found in each, and the batch with all spans.

    ``apart`` is bool, shape (n,): false where the parts of a text were found and not left out.
    """

    parts: list[tuple[SetAside, ...]]
    batch: TextBatch
    apart: NDArray[np.bool_]


def set_aside_all(texts: Sequence[str], batch: TextBatch) -> BatchAside:
    """Return what :func:`dedup.text.aside.set_aside` finds in each text of a batch."""
    marked = [
        mark(text, glance) if may_be_marked(text, glance) else UNMARKED
        for text, glance in zip(texts, markup_glances(batch), strict=True)
    ]
    glanced = glances(batch, [tags for _, tags in marked])
    aside = [
        set_aside_beside(text, each, glance)
        for text, each, glance in zip(texts, marked, glanced, strict=True)
    ]
    return BatchAside(
        [parts for parts, _, _ in aside],
        with_spans(batch, texts, [spans for _, spans, _ in aside]),
        np.array([apart for _, _, apart in aside], dtype=np.bool_),
    )
