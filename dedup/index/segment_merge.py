"""Merges segments as they get many: few are to be asked, and none is written again often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.index import pages
from dedup.index.blobs import damaged
from dedup.index.file import transaction
from dedup.index.segments import MOST_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.index.contents import Contents
    from dedup.index.segments import Segment, Segments

#: Segments of about one size that are merged to one.
TOGETHER = 4
#: Entries that are merged at a time.
MERGED = 1 << 21


def merge_segments(contents: Contents) -> None:
    """Merge segments until no more are to be merged, each time in a transaction of its own."""
    segments = contents.segments
    while run := to_merge(segments):
        with segments.changed(), transaction(contents.connection):
            merge(segments, run, contents.gone())


def to_merge(segments: Segments) -> list[Segment]:
    """Return neighbours that are to be one segment; none where all is well.

    Segments of one size class are merged when there are :data:`TOGETHER` of them, so a document
    is written again as often as the logarithm of the number of documents.
    """
    run: list[Segment] = []
    for segment in reversed(list(segments)):
        if run and _size_class(segment) > max(map(_size_class, run)):
            if len(run) >= TOGETHER:
                break
            run = []
        run.append(segment)
    if len(run) < TOGETHER:
        return []
    run.reverse()
    total = run[-1].first + run[-1].documents - run[0].first
    return run if total <= MOST_DOCUMENTS else []


def merge(segments: Segments, run: list[Segment], gone: NDArray[np.int64]) -> None:
    """Make one segment of neighbours, without the documents that are gone.

    A part of a table at a time, so that memory does not grow with the segments.
    """
    first = run[0].first
    documents = run[-1].first + run[-1].documents - first
    there = np.ones(documents, dtype=np.bool_)
    there[gone[(gone >= first) & (gone < first + documents)] - first] = False
    passages = segments.layout.passages
    sizes = (
        sum(segments.count(segment, 0) for segment in run),
        sum(segments.count(segment, passages) for segment in run),
    )

    def entries(table: int) -> Iterator[NDArray[np.uint64]]:
        size = sizes[1] if table == passages else sizes[0]
        cut = min((size // MERGED).bit_length(), pages.page_bits(size))
        for number in range(1 << cut):
            yield _merged(segments, run, (table, cut, number), there)

    if documents:
        segments.write(first, documents, sizes, entries)
    for segment in run:
        segments.remove(segment)


def _merged(
    segments: Segments, run: list[Segment], part: tuple[int, int, int], there: NDArray[np.bool_]
) -> NDArray[np.uint64]:
    """Take a part of a table out of segments, and return it with the numbers of the merged one."""
    found = []
    for segment in run:
        entries = segments.part(segment, *part)
        entries += np.uint64(segment.first - run[0].first)
        found.append(entries)
        segments.clear(segment, *part)  # what this frees takes what comes next
    merged = np.concatenate(found)
    owners = merged.astype(np.uint32)
    if owners.size and int(owners.max()) >= len(there):
        raise damaged(segments.name)
    return merged if there.all() else merged[there[owners]]


def _size_class(segment: Segment) -> int:
    return max(0, segment.documents.bit_length() - 10) // 2
