"""What to set aside of a batch of texts, by the kernel's glances at them and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.boilerplate import boilerplate_of
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import glances, kept_text, markup_glances, with_spans
from dedup.text.aside import (
    NOTHING,
    UNMARKED,
    boilerplate_aside,
    mark,
    may_be_marked,
    set_aside_beside,
)
from dedup.text.markup import union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.model import SetAside
    from dedup.settings import Settings
    from dedup.text.aside import Aside, Marked
    from dedup.text.markup import Span


#: The hashes of no boilerplate.
NONE_LISTED = np.empty(0, dtype=np.uint64)


class BatchAside(NamedTuple):
    """What is set aside of texts: the parts found in each, and the batch with all spans.

    ``apart`` is bool, shape (n,): false where the parts of a text were found and not left out.
    """

    parts: list[tuple[SetAside, ...]]
    batch: TextBatch
    apart: NDArray[np.bool_]


def set_aside_some(
    texts: Sequence[str],
    batch: TextBatch,
    rows: Sequence[int],
    listed: NDArray[np.uint64] = NONE_LISTED,
) -> TextBatch:
    """Return the batch with what is set aside of the texts numbered ``rows``; of others nothing."""
    some = [texts[row] for row in rows]
    spans: list[Sequence[Span]] = [()] * len(batch)
    aside = asides(some, TextBatch.from_texts(some), listed)
    for row, (_, found, _) in zip(rows, aside, strict=True):
        spans[row] = found
    return with_spans(batch, texts, spans)


def set_aside_all(
    texts: Sequence[str], batch: TextBatch, listed: NDArray[np.uint64] = NONE_LISTED
) -> BatchAside:
    """Return what :func:`dedup.text.aside.set_aside` finds in each text of a batch.

    ``listed`` are the hashes of boilerplate, sorted, which is set aside too; none if it is empty.
    """
    aside = asides(texts, batch, listed)
    return BatchAside(
        [parts for parts, _, _ in aside],
        with_spans(batch, texts, [spans for _, spans, _ in aside]),
        np.array([apart for _, _, apart in aside], dtype=np.bool_),
    )


def listed_hashes(settings: Settings) -> NDArray[np.uint64]:
    """Return the hashes of the boilerplate of ``settings``, sorted; uint64."""
    return np.array(sorted(boilerplate_of(settings.boilerplate).hashes), dtype=np.uint64)


def boilerplate_spans(batch: TextBatch, listed: NDArray[np.uint64]) -> dict[int, list[Span]]:
    """Return where the passages stand whose hashes are ``listed``, by text."""
    from dedup.sketch.pieces import batch_pieces  # imported here, because few texts need it

    found = batch_pieces(batch, listed)
    offsets = found.offsets.tolist()
    places = found.places.tolist()
    return {
        i: [(start, end) for start, end in places[offsets[i] : offsets[i + 1]]]
        for i in np.flatnonzero(np.diff(found.offsets)).tolist()
    }


def asides(
    texts: Sequence[str], batch: TextBatch, listed: NDArray[np.uint64], *, every: bool = False
) -> list[Aside]:
    """Return what is set aside of each text, with the boilerplate that is ``listed``.

    With ``every`` it is all that may be set aside, however little is left.
    """
    marked = [
        mark(text, glance) if may_be_marked(text, glance) else UNMARKED
        for text, glance in zip(texts, markup_glances(batch), strict=True)
    ]
    glanced = glances(batch, [tags for _, tags in marked])
    aside = [
        (
            set_aside_beside(text, each, glance)
            if each is not UNMARKED or glance.head or glance.tail
            else NOTHING
        )
        for text, each, glance in zip(texts, marked, glanced, strict=True)
    ]
    shared = boilerplate_spans(batch, listed) if listed.size else {}
    if every:
        return [_every(aside[i], marked[i], shared.get(i, ())) for i in range(len(aside))]
    for i, spans in shared.items():
        aside[i] = boilerplate_aside(texts[i], marked[i].spans, aside[i], spans, kept_text)
    return aside


def _every(aside: Aside, marked: Marked, shared: Sequence[Span]) -> Aside:
    parts = [(part.start, part.end) for part in aside.parts]
    spans = union(union(marked.spans, parts), shared)
    return aside._replace(spans=spans, apart=True)
