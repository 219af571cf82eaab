"""Which of several texts make up another one: a cover of its shingles, exact and deterministic."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from dedup.text.shingle import are_among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: Share of the whole's distinct shingles that its parts cover together.
COVERED = Fraction(9, 10)
#: Share that a part adds at least to those before it; what adds less is a copy, or an accident.
ADDED = Fraction(1, 50)


@dataclass(frozen=True, slots=True)
class Cover:
    """The parts of a whole by their number, in the order in which they stand in it.

    ``added`` counts the shingles of the whole that are in no other part chosen before it;
    ``covered`` those in any, of ``size``.
    """

    parts: tuple[int, ...]
    shared: tuple[int, ...]
    covered: int
    size: int


def cover_of(whole: NDArray[np.uint64], parts: Sequence[NDArray[np.uint64]]) -> Cover | None:
    """Return which parts make up ``whole``; None where they do not cover nine tenths of it.

    ``whole`` are its shingle hashes in text order, with repeats; ``parts`` those of each part, the
    first in keep order first. Greedy: the part that adds most goes first, ties to the earlier one
    (a set cover; Chvátal 1979), and no part of which the others have more than half: two versions
    of one text are no parts of a third. Fewer than two parts are no cover.
    """
    values, first = np.unique(whole, return_index=True)
    inside = [are_among(values, part) for part in parts]
    sizes = [int(np.count_nonzero(each)) for each in inside]
    covered = np.zeros(values.size, dtype=np.bool_)
    chosen: list[int] = []
    while True:
        added = (int(np.count_nonzero(each & ~covered)) for each in inside)
        gains = [gain if gain * 2 >= size else 0 for gain, size in zip(added, sizes, strict=True)]
        best = max(range(len(gains)), key=lambda at: (gains[at], -at), default=None)
        if best is None or not gains[best] or gains[best] < values.size * ADDED:
            break
        chosen.append(best)
        covered |= inside[best]
    total = int(np.count_nonzero(covered))
    if len(chosen) < 2 or total * COVERED.denominator < values.size * COVERED.numerator:
        return None
    times = np.sum([inside[at] for at in chosen], axis=0)
    stands = {at: _place(first, inside[at], times) for at in chosen}
    ordered = sorted(chosen, key=lambda at: (stands[at], at))
    shared = tuple(sizes[at] for at in ordered)
    return Cover(tuple(ordered), shared, total, values.size)


def _place(first: NDArray[np.intp], inside: NDArray[np.bool_], times: NDArray[np.int64]) -> float:
    """Return where a part stands: in the middle of what no other part has, if there is such."""
    own = inside & (times == 1)
    return float(np.median(first[own if own.any() else inside]))
