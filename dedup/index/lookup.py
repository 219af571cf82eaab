"""Looks up which documents of an index are worth comparing with given ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedup.index.segments import Looked, id_key, passage_keys, whole_keys
from dedup.match.candidates import HOT_FIRST
from dedup.match.passage_candidates import COMMON, OF, SHARED
from dedup.sketch.bands import all_band_keys
from dedup.sketch.estimate import count_equal, estimates
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.index.blocks import Known
    from dedup.index.contents import Contents
    from dedup.sketch.bands import Banding
    from dedup.sketch.batch import SketchBatch
    from dedup.sketch.segments import Segment

#: Documents that are looked up one key at a time; more of them read whole tables.
FEW = 64
_NOTHING = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked up of n documents.

    - ``band``: returns the keys of a band, uint32, shape (n,);
    - ``estimates``: uint64, shape (n, words); ``wholes``: uint8, shape (n, 16);
    - ``passages``: uint32, passage fingerprints, and ``owners``: int64, whose they are, each pair
      of them once.
    """

    band: Callable[[int], NDArray[np.uint32]]
    estimates: NDArray[np.uint64]
    wholes: NDArray[np.uint8]
    passages: NDArray[np.uint32]
    owners: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.estimates)


def of_sketches(sketches: SketchBatch, banding: Banding) -> Asked:
    """Return what is looked up of sketched texts."""
    counts = np.diff(sketches.passage_offsets)
    owners = np.repeat(np.arange(len(sketches), dtype=np.uint64), counts)
    packed = distinct((owners << np.uint64(32)) | sketches.passages)
    keys = all_band_keys(sketches.signatures, banding)
    return Asked(
        keys.__getitem__,
        estimates(sketches.signatures),
        sketches.whole_hash,
        packed.astype(np.uint32),
        (packed >> np.uint64(32)).astype(np.int64),
    )


def of_segment(segment: Segment) -> Asked:
    """Return what is looked up of the documents of a scan's segment."""

    def band(number: int) -> NDArray[np.uint32]:
        this = slice(number, number + 1)
        keys = segment.column("band_keys", this)[0]
        of_row = np.empty(len(keys), dtype=np.uint32)
        of_row[segment.column("band_documents", this)[0]] = keys
        return of_row

    return Asked(
        band,
        segment.column("estimate"),
        segment.column("whole_hash"),
        segment.column("passages"),
        segment.column("passage_documents").astype(np.int64),
    )


@dataclass(frozen=True, slots=True)
class Candidates:
    """The ``numbers`` of the documents worth comparing, ascending.

    Of ``hot_buckets`` only the oldest documents are among them; that leaves out up to
    ``not_compared`` pairs.
    """

    numbers: list[int]
    hot_buckets: int
    not_compared: int


def candidates(contents: Contents, asked: Asked) -> Candidates:
    """Return the documents that share a bucket, a text, or passages.

    They are a few more than the candidates of a scan, never fewer, but where a bucket is hot.
    """
    found, hot, left_out = _by_bands(contents, asked)
    equal = _find(contents, contents.segments.layout.wholes, whole_keys(asked.wholes))
    by_passages = _by_passages(contents, asked)
    numbers: list[int] = distinct(np.concatenate([found, equal.documents, by_passages])).tolist()
    return Candidates(numbers, hot + equal.hot, left_out + equal.left_out)


def numbers_with_ids(contents: Contents, ids: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the documents that have one of these ids."""
    return {known.id: number for number, known in with_ids(contents, ids)}


def with_ids(contents: Contents, ids: Sequence[str]) -> Iterator[tuple[int, Known]]:
    """Yield the documents that have one of these ids, by number."""
    keys = np.fromiter((id_key(each) for each in ids), np.uint32, len(ids))
    wanted = frozenset(ids)
    found = _find(contents, contents.segments.layout.ids, keys)
    for block, rows in contents.blocks_of(distinct(found.documents).tolist()):
        known = block.known()
        for row in rows:
            if known[row].id in wanted:
                yield block.first + row, known[row]


def _find(
    contents: Contents, table: int, keys: NDArray[np.uint32], *, oldest: int = HOT_FIRST
) -> Looked:
    """Return pairs of positions in ``keys`` and documents that have them."""
    if len(keys) > FEW:
        return contents.segments.find_all(table, keys, oldest)
    positions: list[int] = []
    documents: list[int] = []
    hot = left_out = 0
    for at, key in enumerate(keys.tolist()):
        found, more = contents.segments.find(table, key, oldest)
        positions += [at] * len(found)
        documents += found
        hot += more > 0
        left_out += more
    return Looked(
        np.array(positions, dtype=np.int64), np.array(documents, dtype=np.int64), hot, left_out
    )


def _by_bands(contents: Contents, asked: Asked) -> tuple[NDArray[np.int64], int, int]:
    """Return the documents that share a bucket with one of the texts and are not hopeless.

    Also how many buckets are hot, and how many pairs that leaves out at most.
    """
    banding = contents.banding
    packed = np.empty(0, dtype=np.int64)
    hot = left_out = 0
    for band in range(banding.bands):
        found = _find(contents, band, asked.band(band))
        hot, left_out = hot + found.hot, left_out + found.left_out
        if found.positions.size:
            packed = distinct(np.concatenate([packed, (found.positions << 40) | found.documents]))
    rows, documents = packed >> 40, packed & ((1 << 40) - 1)
    plausible = [_NOTHING]
    for at, numbers, theirs, _ in _of_blocks(contents, documents):
        both = np.concatenate([asked.estimates, theirs])
        equal = count_equal(both, rows[at], numbers + len(asked), banding.num_perm)
        plausible.append(documents[at][equal >= banding.least_equal])
    return np.concatenate(plausible), hot, left_out


def _by_passages(contents: Contents, asked: Asked) -> NDArray[np.int64]:
    """Return the documents of which one may be a part of the other."""
    sizes = np.bincount(asked.owners, minlength=len(asked))
    layout = contents.segments.layout
    # one more than common ones have, so that a hot one is seen to be common
    found = _find(contents, layout.passages, passage_keys(asked.passages), oldest=COMMON + 1)
    at, there = found.positions, found.documents
    often = np.bincount(at, minlength=len(asked.passages)) > COMMON
    sizes -= np.bincount(asked.owners[often], minlength=len(asked))
    packed = np.sort((asked.owners[at] << 40 | there)[~often[at]])
    starts = np.flatnonzero(np.diff(packed, prepend=-1))
    shared = np.diff([*starts.tolist(), len(packed)])
    packed = packed[starts]
    # of what is common to a document and others, that is known which the text has as well
    both = np.sort((asked.owners[at] << 40 | there)[often[at]])
    common = np.searchsorted(both, packed, side="right") - np.searchsorted(both, packed)
    rows, documents = packed >> 40, packed & ((1 << 40) - 1)
    enough = [_NOTHING]
    for these, numbers, _, passages in _of_blocks(contents, documents):
        smaller = np.minimum(sizes[rows[these]], passages[numbers] - common[these])
        enough.append(documents[these][shared[these] * OF >= smaller * SHARED])
    return np.concatenate(enough)


def _of_blocks(
    contents: Contents, documents: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64], NDArray[np.int64]]]:
    """Yield for each block positions in ``documents``, rows, estimates and passage counts."""
    order = np.argsort(documents, kind="stable")
    ordered = documents[order]
    for block, rows in contents.blocks_of(distinct(ordered).tolist()):
        there = block.first + np.array(rows, dtype=np.int64)
        low = np.searchsorted(ordered, there, side="left")
        high = np.searchsorted(ordered, there, side="right")
        at = np.concatenate([order[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)])
        numbers = block.numbers()
        yield (
            at,
            documents[at] - block.first,
            numbers.estimates.astype(np.uint64),
            numbers.passages.astype(np.int64),
        )
