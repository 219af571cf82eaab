"""Anchors: windows of characters that two texts share and each has once, in one order.

Everything is numpy over all gaps of the texts at once, so that neither many small gaps nor one
of a million characters is slow. Hashes only propose; characters are compared before a match is
believed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.match.lcs import Block

    Hashes = NDArray[np.uint64]
    Offsets = NDArray[np.int64]

#: A stretch that neither text has matched yet: offsets in A, offsets in B.
Gap = tuple[int, int, int, int]

_ODD = 0x9E3779B97F4A7C15
_MIX = 0xD6E8FEB86659FD93
#: A window that occurs more often than this is no anchor, not even by its rank.
MOST_REPEATS = 64


def window_hashes(kept: str, longest: int) -> dict[int, Hashes]:
    """Return 64-bit hashes of the windows of 1, 2, 4 … ``longest`` characters, by length.

    Element i of an array is the hash of ``kept[i : i + length]``.
    """
    import numpy as np

    codes = np.frombuffer(kept.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    hashes = {1: _mixed(codes.astype(np.uint64))}
    size = 1
    while size < longest:
        half = hashes[size]
        hashes[size * 2] = _mixed(half[:-size] * np.uint64(_ODD) + half[size:])
        size *= 2
    return hashes


def anchors(
    texts: tuple[str, str],
    hashes: tuple[Hashes, Hashes],
    gaps: list[Gap],
    size: int,
    *,
    ranked: bool = False,
) -> list[Block]:
    """Return matches inside ``gaps`` from windows of ``size`` that each gap has once per side.

    With ``ranked``, the nth occurrence in A is matched with the nth in B instead. ``hashes`` are
    those of the windows of the texts.
    """
    import numpy as np

    bounds = np.array(
        [g for g in gaps if min(g[1] - g[0], g[3] - g[2]) >= size], dtype=np.int64
    ).reshape(-1, 4)
    key_a, at_a = _keys(hashes[0], bounds[:, 0], bounds[:, 1], size=size, ranked=ranked)
    key_b, at_b = _keys(hashes[1], bounds[:, 2], bounds[:, 3], size=size, ranked=ranked)
    _, first, second = np.intersect1d(key_a, key_b, assume_unique=True, return_indices=True)
    found_a, found_b = at_a[first], at_b[second]
    order = np.argsort(found_a, kind="stable")
    runs = _runs(found_a[order], found_b[order])
    return untangled(heaviest_chain([r for r in runs if _real(texts, r, size)]), size - 1)


def heaviest_chain(runs: list[Block]) -> list[Block]:
    """Return the heaviest part of ``runs`` that ascends in both texts; ``runs`` ascend in A.

    Ties go to the run that comes first, so the result is determined.
    """
    if all(x[1] < y[1] for x, y in pairwise(runs)):
        return runs
    rank = {b: i for i, b in enumerate(sorted({run[1] for run in runs}), 1)}
    best: list[tuple[int, int]] = [(0, 1)] * (len(rank) + 1)  # weight, -index: a Fenwick tree
    before: list[int] = []
    for index, run in enumerate(runs):
        low = rank[run[1]] - 1
        top = (0, 1)
        while low:
            top = max(top, best[low])
            low &= low - 1
        before.append(-top[1])
        entry = (top[0] + run[2], -index)
        low = rank[run[1]]
        while low < len(best):
            best[low] = max(best[low], entry)
            low += low & -low
    at = -max(best)[1]
    chain = []
    while at >= 0:
        chain.append(runs[at])
        at = before[at]
    return chain[::-1]


def untangled(chain: list[Block], extra: int) -> list[Block]:
    """Return a chain of windows as matches ``extra`` longer that do not overlap."""
    blocks: list[Block] = []
    end_a = end_b = 0
    for a, b, count in chain:
        cut = max(end_a - a, end_b - b, 0)
        size = count + extra - cut
        if size > 0:
            blocks.append((a + cut, b + cut, size))
            end_a, end_b = a + cut + size, b + cut + size
    return blocks


def _keys(
    hashes: Hashes, lows: Offsets, highs: Offsets, *, size: int, ranked: bool
) -> tuple[Hashes, Offsets]:
    """Return the distinct keys of the windows in some stretches, and their offsets."""
    import numpy as np

    counts = highs - lows - size + 1
    ids = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    firsts = np.cumsum(counts) - counts
    at = np.arange(len(ids), dtype=np.int64) + np.repeat(lows - firsts, counts)
    keys = _mixed(hashes[at] + ids * np.uint64(_ODD))
    order = np.argsort(keys, kind="stable")
    keys, at = keys[order], at[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else order
    repeats = np.diff(np.r_[starts, len(keys)])
    if not ranked:
        single = starts[repeats == 1]
        return keys[single], at[single]
    rank = np.arange(len(keys)) - np.repeat(starts, repeats)
    few = np.repeat(repeats <= MOST_REPEATS, repeats)
    keys = _mixed(keys + rank.astype(np.uint64) * np.uint64(_MIX))
    _, distinct = np.unique(keys[few], return_index=True)
    return keys[few][distinct], at[few][distinct]


def _mixed(values: Hashes) -> Hashes:
    import numpy as np

    values = (values ^ (values >> np.uint64(32))) * np.uint64(_MIX)
    return values ^ (values >> np.uint64(29))


def _runs(at_a: Offsets, at_b: Offsets) -> list[Block]:
    """Return runs of windows that follow each other in both texts: offsets and their number."""
    import numpy as np

    if not len(at_a):
        return []
    breaks = np.flatnonzero((np.diff(at_a) != 1) | (np.diff(at_b) != 1)) + 1
    starts = np.r_[0, breaks]
    counts = np.diff(np.r_[starts, len(at_a)])
    return list(zip(at_a[starts].tolist(), at_b[starts].tolist(), counts.tolist(), strict=True))


def _real(texts: tuple[str, str], run: Block, size: int) -> bool:
    a, b, count = run
    return texts[0][a : a + count + size - 1] == texts[1][b : b + count + size - 1]
