"""Texts that are inside all of another: with what is set aside of that.

What is cut off behind its header, or is most of one, keeps it, because too little would be left;
the whole sets it aside. So where texts are not similar as they are compared, what is compared of
the one is looked for in the other with everything kept. What is the one's own, without all that may
be set aside of it, is to be there as well: a page that is hardly more than the furniture of its
site is no part of the other pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.match.decide import LEAST_CONTAINED, are_contained, are_near
from dedup.match.evidence import count_shared
from dedup.sketch.passages import MUCH_ASIDE

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from dedup.settings import Settings

#: Shingles that a text has of its own, at least.
LEAST_OWN = 8

#: Shingles that are shared, only in one text, only in the other.
Counts = tuple[int, int, int]


def may_be_inside(
    counts: NDArray[np.int64], aside: NDArray[np.int64], settings: Settings
) -> NDArray[np.bool_]:
    """Tell where the first text may be inside all of the second, and the second of the first.

    ``counts`` are int64, shape (m, 3), as compared; ``aside`` the kept characters that are set
    aside of both, int64, shape (m, 2). A character begins at most one token more, and so a shingle.
    Returns bool, shape (m, 2).
    """
    sizes = counts[:, :1] + counts[:, 1:]
    others = aside[:, ::-1]
    least = _share(settings)
    enough = (counts[:, :1] + others) * least.denominator >= sizes * least.numerator
    similar = are_near(counts, settings) | are_contained(counts, settings)
    may: NDArray[np.bool_] = enough & (others >= MUCH_ASIDE) & (sizes >= LEAST_CONTAINED)
    return may & ~similar[:, None]


def inside(
    compared: NDArray[np.uint64], whole: NDArray[np.uint64], settings: Settings
) -> Counts | None:
    """Return what a text, as compared, shares with all of another, and what each has alone.

    Both are sets of shingles, uint64, sorted, distinct. None where it is not contained there.
    """
    shared = count_shared(compared, whole)
    counts = (shared, compared.size - shared, whole.size - shared)
    return counts if are_inside(np.array([counts], dtype=np.int64), settings)[0] else None


def are_inside(counts: NDArray[np.int64], settings: Settings) -> NDArray[np.bool_]:
    """Tell of which rows of what :func:`inside` counts the text is contained; bool, shape (m,)."""
    contained = (counts[:, 1] < counts[:, 2]) & are_contained(counts, settings)
    found: NDArray[np.bool_] = contained & ~are_near(counts, settings)
    return found


def has_own(own: NDArray[np.uint64], whole: NDArray[np.uint64], settings: Settings) -> bool:
    """Tell whether enough is a text's own, and in all of another."""
    share = _share(settings)
    shared = count_shared(own, whole) * share.denominator
    return own.size >= LEAST_OWN and shared >= own.size * share.numerator


def one_way(first: Counts | None, second: Counts | None) -> Counts | None:
    """Return what two texts share, and have alone, of the two ways round.

    ``first`` is of the first in the second. Where both hold, it is the one that shares more, then
    the one of the smaller text.
    """
    if second is None or (first is not None and (first[0], -first[1]) >= (second[0], -second[1])):
        return first
    return second[0], second[2], second[1]


def _share(settings: Settings) -> Fraction:
    return max(settings.exact_containment, settings.exact_threshold)
