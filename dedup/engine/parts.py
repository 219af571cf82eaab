"""Documents that together make up another one: pages of an article, articles of a digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.local import sketch_shards
from dedup.engine.places import Again, Places
from dedup.match.cover import COVERED, cover_of
from dedup.match.decide import LEAST_CONTAINED
from dedup.model import Parts
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.related import Counted
    from dedup.engine.shards import Shard
    from dedup.settings import Settings


def parts_of(
    corpus: Corpus, found: Counted, shards: Sequence[Shard], settings: Settings
) -> tuple[Parts, ...]:
    """Return the documents that others make up together, by their ids; see :class:`Parts`.

    Those others are the candidates most of whose shingles the document has, whether they are near
    it or contained in it, and that have at most nine tenths of its own.
    """
    groups = _groups(found, settings)
    if not groups:
        return ()
    units = np.array(sorted({unit for whole, parts in groups.items() for unit in (whole, *parts)}))
    shingles = _shingles(corpus, units, shards, settings)
    none = np.empty(0, dtype=np.uint64)
    told = []
    for whole, parts in groups.items():
        cover = cover_of(shingles.get(whole, none), [shingles.get(each, none) for each in parts])
        numbers = corpus.first[[whole, *parts]]
        if cover is None or int(numbers.max()) < corpus.known:
            continue
        told.append(
            Parts(
                corpus.id(int(numbers[0])),
                tuple(corpus.id(int(numbers[1 + at])) for at in cover.parts),
                cover.shared,
                cover.covered,
                cover.size,
            )
        )
    return tuple(sorted(told, key=lambda each: each.whole))


def are_parts(counts: NDArray[np.int64], settings: Settings) -> NDArray[np.bool_]:
    """Tell for each row of counts whether one text may be a part of the other; bool, shape (m,).

    A row is what a pair shares, and what is only in its first and second text.
    """
    smaller = counts[:, 0] + np.minimum(counts[:, 1], counts[:, 2])
    share = settings.exact_containment
    parts: NDArray[np.bool_] = counts[:, 0] * share.denominator >= smaller * share.numerator
    return parts & (smaller >= LEAST_CONTAINED)


def _groups(found: Counted, settings: Settings) -> dict[int, list[int]]:
    """Return the units that may be parts of a unit, and may together be most of it."""
    sizes = found.counts[:, :1] + found.counts[:, 1:]
    turned = sizes[:, 0] > sizes[:, 1]
    inside = np.where(turned, found.pairs[:, 1], found.pairs[:, 0])
    whole = np.where(turned, found.pairs[:, 0], found.pairs[:, 1])
    smaller, larger = sizes.min(axis=1, initial=1 << 40), sizes.max(axis=1, initial=0)
    shared = found.counts[:, 0]
    chosen = are_parts(found.counts, settings) & ~found.replaced.other
    chosen &= smaller * COVERED.denominator <= larger * COVERED.numerator
    groups: dict[int, list[int]] = {}
    total: dict[int, int] = {}
    size: dict[int, int] = {}
    for at in np.flatnonzero(chosen).tolist():
        groups.setdefault(int(whole[at]), []).append(int(inside[at]))
        total[int(whole[at])] = total.get(int(whole[at]), 0) + int(shared[at])
        size[int(whole[at])] = int(larger[at])
    return {
        unit: sorted(parts)
        for unit, parts in sorted(groups.items())
        if len(parts) > 1 and total[unit] * COVERED.denominator >= size[unit] * COVERED.numerator
    }


def _shingles(
    corpus: Corpus, units: NDArray[np.int64], shards: Sequence[Shard], settings: Settings
) -> dict[int, NDArray[np.uint64]]:
    """Return the shingles of units in text order, with repeats; what is gone has none."""
    units = distinct(units)
    places = Places(corpus, corpus.first[units])
    again = [Again(shard, places.of(at)) for at, shard in enumerate(shards)]
    shingles: dict[int, NDArray[np.uint64]] = {}
    for shard, (documents, sketched) in sketch_shards(again, settings, 1):
        offsets = sketched.sketches.shingle_offsets
        for i, document in enumerate(documents):
            unit = int(units[places.position(shard, document.place)])
            shingles[unit] = sketched.sketches.shingles[offsets[i] : offsets[i + 1]].copy()
    return shingles
