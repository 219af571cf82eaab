"""What to set aside of a batch of texts, by the kernel's glances at them and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.boilerplate import boilerplate_of
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import glances, kept_text, markup_glances, text_hashes, with_spans
from dedup.sketch.remembered import LeftOut, Remembered
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

    ``apart`` is bool, shape (n,): false where the parts of a text were found and not left out;
    ``left_out`` says of each text what is, in code points.
    """

    parts: list[tuple[SetAside, ...]]
    batch: TextBatch
    apart: NDArray[np.bool_]
    left_out: list[LeftOut]


def set_aside_some(
    texts: Sequence[str],
    batch: TextBatch,
    rows: Sequence[int],
    listed: NDArray[np.uint64] = NONE_LISTED,
    remembered: Remembered | None = None,
) -> TextBatch:
    """Return the batch with what is set aside of the texts numbered ``rows``; of others nothing.

    What is ``remembered`` is not looked for again.
    """
    spans: list[Sequence[Span]] = [()] * len(batch)
    unknown = rows
    if remembered is not None:
        unknown = []
        hashes = text_hashes(batch)
        for row in rows:
            known = remembered.get(hashes[row].tobytes())
            if known is None:
                unknown.append(row)
            else:
                spans[row] = known.spans
    some = [texts[row] for row in unknown]
    aside = asides(some, TextBatch.from_texts(some), listed) if some else []
    for row, (_, found, _) in zip(unknown, aside, strict=True):
        spans[row] = found
    return with_spans(batch, texts, spans)


def set_aside_all(
    texts: Sequence[str], batch: TextBatch, listed: NDArray[np.uint64] = NONE_LISTED
) -> BatchAside:
    """Return what :func:`dedup.text.aside.set_aside` finds in each text of a batch.

    ``listed`` are the hashes of boilerplate, sorted, which is set aside too; none if it is empty.
    """
    marked = _marked(texts, batch)
    aside = _asides(texts, batch, marked, listed)
    return BatchAside(
        [parts for parts, _, _ in aside],
        with_spans(batch, texts, [spans for _, spans, _ in aside]),
        np.array([apart for _, _, apart in aside], dtype=np.bool_),
        [LeftOut(each.spans, of.spans) for each, of in zip(aside, marked, strict=True)],
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
    return _asides(texts, batch, _marked(texts, batch), listed, every=every)


def _marked(texts: Sequence[str], batch: TextBatch) -> list[Marked]:
    """Find the markup of each text."""
    return [
        mark(text, glance) if may_be_marked(text, glance) else UNMARKED
        for text, glance in zip(texts, markup_glances(batch), strict=True)
    ]


def _asides(
    texts: Sequence[str],
    batch: TextBatch,
    marked: Sequence[Marked],
    listed: NDArray[np.uint64],
    *,
    every: bool = False,
) -> list[Aside]:
    """Return what :func:`asides` does, where the markup is known."""
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
