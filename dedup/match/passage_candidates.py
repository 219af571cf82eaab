"""Candidates by passages: pairs of units of which one may be a part of the other.

A part has few shingles beside its container's, so bands do not find it. It has the fingerprints of
the passages that both have (:mod:`dedup.sketch.passages`), and a pair is a candidate that shares
three tenths of the smaller one's. What more units have than a hundred is a form, a preamble, a
licence: it makes no pairs and is none of those three tenths are taken of. So at most fifty times as
many pairs are looked at as there are fingerprints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

#: A fingerprint that more units have is common: it makes no pairs.
COMMON = 100
#: Share of the smaller unit's fingerprints that a candidate has in common: 3 of 10.
SHARED, OF = 3, 10
#: Pairs looked at together; bounds memory.
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class PassageCandidates:
    """Pairs of unit numbers, each once, sorted, the smaller first; int64, shape (m, 2).

    ``common`` counts the fingerprints that too many units have to be looked at.
    """

    pairs: NDArray[np.int64]
    common: int


def passage_candidates(
    parts: Iterable[tuple[NDArray[np.uint32], NDArray[np.uint32]]],
    sizes: NDArray[np.int64],
    *,
    known: int = 0,
) -> PassageCandidates:
    """Find the pairs of units that share three tenths of the smaller one's, but for common ones.

    ``parts`` are all fingerprints and whose they are, each pair of them once, in ranges of values
    that follow each other, in any order within; ``sizes`` says how many each unit has, int64,
    shape (units,). Beside a range, only what several units have is kept: eight bytes each. The
    first ``known`` units make no pairs with each other.
    """
    kept: list[tuple[NDArray[np.uint32], NDArray[np.int64]]] = []
    common = 0
    sizes = sizes.copy()
    for values, units in parts:
        several, counts, passed_over = _several(values, units, known, sizes)
        kept.append((several, counts))
        common += passed_over
    units = np.concatenate([np.empty(0, dtype=np.uint32), *(several for several, _ in kept)])
    counts = np.concatenate([np.empty(0, dtype=np.int64), *(each for _, each in kept)])
    packed = [_enough(chunk, sizes) for chunk in _pairs(units, counts, known)]
    found = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *packed]))
    return PassageCandidates(np.stack([found >> 32, found & 0xFFFFFFFF], axis=1), common)


def _several(
    values: NDArray[np.uint32],
    units: NDArray[np.uint32],
    known: int,
    sizes: NDArray[np.int64],
) -> tuple[NDArray[np.uint32], NDArray[np.int64], int]:
    """Return the units of each value that some have, ascending; how many; and the common ones.

    What only known units have is left out. The ``sizes`` of units lose what is common.
    """
    packed = (values.astype(np.uint64) << np.uint64(32)) | units
    packed.sort()
    ordered = packed >> np.uint64(32)
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])
    counts = np.diff(np.concatenate([starts, [len(ordered)]]))
    last = packed[np.cumsum(counts) - 1].astype(np.uint32)
    of_common = packed[np.repeat(counts > COMMON, counts)].astype(np.uint32)
    sizes -= np.bincount(of_common, minlength=sizes.size)
    common = (counts > COMMON) & (last >= known)
    some = (counts > 1) & (counts <= COMMON) & (last >= known)
    these = np.repeat(some, counts)
    return packed[these].astype(np.uint32), counts[some], int(np.count_nonzero(common))


def _pairs(
    units: NDArray[np.uint32], counts: NDArray[np.int64], known: int
) -> Iterator[NDArray[np.int64]]:
    """Yield the pairs within each run of units, packed, with repeats; all of a first one together.

    ``counts`` are the lengths of the runs. What one unit begins comes at once, and as many more as
    fit. Two known units are no pair.
    """
    partners = _after(counts)
    begun = np.bincount(units, weights=partners).astype(np.int64) if len(units) else counts[:0]
    chunk_of_unit = (np.cumsum(begun) - begun) // _CHUNK
    order = np.argsort(chunk_of_unit[units], kind="stable") if len(units) else counts[:0]
    bounds = np.searchsorted(chunk_of_unit[units[order]], np.arange(1, _chunks(chunk_of_unit)))
    for at in np.split(order, bounds):
        many = partners[at].astype(np.int64)
        begins = np.cumsum(many) - many
        second = np.arange(int(many.sum())) - np.repeat(begins - at - 1, many)
        first = np.repeat(units[at].astype(np.int64), many)
        pairs = first << 32 | units[second]
        yield pairs[units[second] >= known] if known else pairs


def _chunks(chunk_of_unit: NDArray[np.int64]) -> int:
    return int(chunk_of_unit[-1]) + 1 if len(chunk_of_unit) else 1


def _after(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return for each member of each run how many of the run come after it; fewer than 100."""
    after = np.repeat(counts.astype(np.uint8), counts)
    starts = np.cumsum(counts) - counts
    for size in range(1, int(counts.max(initial=0)) + 1):
        # the members at this place, from 1, of all runs that have one
        after[starts[counts >= size] + size - 1] -= np.uint8(size)
    return after


def _enough(packed: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs, each once, that come up often enough."""
    packed = np.sort(packed)
    starts = np.flatnonzero(np.concatenate([[True], packed[1:] != packed[:-1]])[: len(packed)])
    times = np.diff(np.concatenate([starts, [len(packed)]]))
    pairs: NDArray[np.int64] = packed[starts]
    smaller = np.minimum(sizes[pairs >> 32], sizes[pairs & 0xFFFFFFFF])
    enough: NDArray[np.int64] = pairs[times * OF >= smaller * SHARED]
    return enough
