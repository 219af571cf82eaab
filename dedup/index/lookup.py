"""Looks up which documents of an index are worth comparing with given ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.index.segments import id_key, passage_keys, whole_keys
from dedup.match.passage_candidates import COMMON, OF, SHARED
from dedup.sketch.bands import band_keys
from dedup.sketch.estimate import count_equal, estimates
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.index.blocks import Known
    from dedup.index.contents import Contents
    from dedup.sketch.batch import SketchBatch

#: Documents that are looked up one key at a time; more of them read whole tables.
FEW = 64
_NOTHING = np.empty(0, dtype=np.int64)


def candidates(contents: Contents, sketches: SketchBatch) -> list[int]:
    """Return the numbers of the documents that share a bucket, a text, or passages, ascending.

    They are a few more than the candidates of a scan, never fewer, but where a bucket is hot.
    """
    found = _by_bands(contents, sketches)
    wholes = whole_keys(sketches.whole_hash)
    _, equal = _find(contents, contents.segments.layout.wholes, wholes)
    by_passages = _by_passages(contents, sketches)
    numbers = distinct(np.concatenate([found, equal, by_passages]))
    kept: list[int] = numbers.tolist()
    return kept


def numbers_with_ids(contents: Contents, ids: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the documents that have one of these ids."""
    return {known.id: number for number, known in with_ids(contents, ids)}


def with_ids(contents: Contents, ids: Sequence[str]) -> Iterator[tuple[int, Known]]:
    """Yield the documents that have one of these ids, by number."""
    keys = np.fromiter((id_key(each) for each in ids), np.uint32, len(ids))
    wanted = frozenset(ids)
    _, numbers = _find(contents, contents.segments.layout.ids, keys)
    for block, rows in contents.blocks_of(distinct(numbers).tolist()):
        known = block.known()
        for row in rows:
            if known[row].id in wanted:
                yield block.first + row, known[row]


def _find(
    contents: Contents, table: int, keys: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of positions in ``keys`` and documents that have them."""
    if len(keys) > FEW:
        return contents.segments.find_all(table, keys)
    positions: list[int] = []
    documents: list[int] = []
    for at, key in enumerate(keys.tolist()):
        found, _ = contents.segments.find(table, key)
        positions += [at] * len(found)
        documents += found
    return np.array(positions, dtype=np.int64), np.array(documents, dtype=np.int64)


def _by_bands(contents: Contents, sketches: SketchBatch) -> NDArray[np.int64]:
    """Return the documents that share a bucket with one of the texts and are not hopeless."""
    banding = contents.banding
    packed = np.empty(0, dtype=np.int64)
    for band in range(banding.bands):
        keys = band_keys(sketches.signatures, band, banding.rows)
        rows, documents = _find(contents, band, keys)
        packed = distinct(np.concatenate([packed, (rows << 40) | documents]))
    rows, documents = packed >> 40, packed & ((1 << 40) - 1)
    own = estimates(sketches.signatures)
    plausible = [_NOTHING]
    for numbers, at, block_estimates, _ in _of_blocks(contents, documents):
        count = len(own)
        both = np.concatenate([own, block_estimates])
        a, b = rows[at], numbers + count
        equal = count_equal(both, a, b, banding.num_perm)
        plausible.append(documents[at][equal >= banding.least_equal])
    return np.concatenate(plausible)


def _by_passages(contents: Contents, sketches: SketchBatch) -> NDArray[np.int64]:
    """Return the documents of which one may be a part of the other."""
    counts = np.diff(sketches.passage_offsets)
    owners = np.repeat(np.arange(len(sketches), dtype=np.int64), counts)
    keys = passage_keys(sketches.passages)
    own = distinct((owners << 32) | keys)
    sizes = np.bincount(own >> 32, minlength=len(sketches))
    at, documents = _find(
        contents, contents.segments.layout.passages, (own & 0xFFFFFFFF).astype(np.uint32)
    )
    times = np.bincount(at, minlength=len(own))
    rare = times[at] <= COMMON
    packed, shared = np.unique(((own >> 32)[at] << 40 | documents)[rare], return_counts=True)
    rows, documents = packed >> 40, packed & ((1 << 40) - 1)
    enough = [_NOTHING]
    for numbers, these, _, passages in _of_blocks(contents, documents):
        smaller = np.minimum(sizes[rows[these]], passages[numbers])
        enough.append(documents[these][shared[these] * OF >= smaller * SHARED])
    return np.concatenate(enough)


def _of_blocks(
    contents: Contents, documents: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64], NDArray[np.int64]]]:
    """Yield for each block the rows, positions in ``documents``, estimates and passage counts."""
    order = np.argsort(documents, kind="stable")
    ordered = documents[order]
    for block, rows in contents.blocks_of(distinct(ordered).tolist()):
        there = block.first + np.array(rows, dtype=np.int64)
        low = np.searchsorted(ordered, there, side="left")
        high = np.searchsorted(ordered, there, side="right")
        at = np.concatenate([order[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)])
        numbers = block.numbers()
        yield (
            documents[at] - block.first,
            at,
            numbers.estimates.astype(np.uint64),
            numbers.passages.astype(np.int64),
        )
