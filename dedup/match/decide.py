"""The decision: which relation the evidence of a pair establishes, the same in every command.

Two texts are near where the similarity of their shingle sets reaches the threshold. Three rules
beside it rest on the measurements of ``docs/accuracy.md``:

- *Short texts* need more, because one changed word is a large part of them: what is missing to 1
  above the threshold shrinks as :data:`SHORT` says.
- *Contained texts*: where most of the smaller text is in the larger, four fifths of the threshold
  are enough. What that finds, it finds among the candidates that there are.

Texts that are near may be two of one form, or two versions of one: how they replace each other's
facts tells, by the rules of :mod:`dedup.match.template`.

Where texts are not near, one may be *contained* in the other: the share of its shingles that the
other has reaches both the containment and the threshold, and titles do not say that they are of
two things. It has fewer than the other, so of two
texts only one is in the other.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dedup.match.template import is_another_by_heads, relation_of
from dedup.model import Relation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.model import Evidence
    from dedup.settings import Settings

#: Shingles of the smaller text below which it is short, and how far from the threshold to 1 the
#: similarity must then reach; the first that applies.
SHORT = ((8, Fraction(6, 10)), (16, Fraction(4, 10)), (40, Fraction(3, 10)))
#: Share of the threshold that contained texts must reach.
CONTAINED_SHARE = Fraction(4, 5)
#: Shingles that a text has at least to be contained in another: two or three sentences.
LEAST_CONTAINED = 40


def decide(evidence: Evidence, settings: Settings) -> Relation | None:
    """Return the first relation that holds, or None; pure, and on integers alone."""
    if evidence.equal_text:
        return Relation.IDENTICAL
    if evidence.equal_kept:
        return Relation.SAME_TEXT
    if evidence.equal_body:
        return Relation.SAME_BODY
    return _of_similar(evidence, settings) if evidence.shared else None


def _of_similar(evidence: Evidence, settings: Settings) -> Relation | None:
    replaced = evidence.replaced
    if margin(evidence, settings) >= 0:
        return (relation_of(replaced) if replaced is not None else None) or Relation.NEAR
    if not is_contained(evidence, settings):
        return None
    if replaced is not None and is_another_by_heads(replaced):
        return Relation.TEMPLATE
    return Relation.CONTAINED if evidence.only_a < evidence.only_b else Relation.CONTAINS


def margin(evidence: Evidence, settings: Settings) -> Fraction:
    """Return how far the shingles are above what makes a pair ``near``; below 0 where under it."""
    similarity = evidence.exact_similarity
    smaller = evidence.shared + min(evidence.only_a, evidence.only_b)
    above = similarity - required(smaller, settings.exact_threshold)
    if smaller < SHORT[-1][0] or not smaller:
        return above
    least = settings.exact_threshold * CONTAINED_SHARE
    contained = Fraction(evidence.shared, smaller) - settings.exact_containment
    return max(above, min(similarity - least, contained))


@lru_cache(maxsize=1024)
def required(smaller: int, threshold: Fraction) -> Fraction:
    """Return the similarity that makes a pair near whose smaller text has this many shingles."""
    for below, share in SHORT:
        if smaller < below:
            return threshold + (1 - threshold) * share
    return threshold


def are_near(counts: NDArray[np.int64], settings: Settings) -> NDArray[np.bool_]:
    """Tell where :func:`margin` is not below 0; bool, shape (m,).

    A row of ``counts`` is what a pair shares, and what is only in its first and second text.
    """
    shared, union = counts[:, 0], counts.sum(axis=1)
    smaller = shared + np.minimum(counts[:, 1], counts[:, 2])
    threshold = settings.exact_threshold
    near = _at_least(shared, union, threshold)
    for below, share in reversed(SHORT):
        closer = threshold + (1 - threshold) * share
        near = np.where(smaller < below, _at_least(shared, union, closer), near)
    contained = _at_least(shared, union, threshold * CONTAINED_SHARE)
    contained &= _at_least(shared, smaller, settings.exact_containment)
    near |= contained & (smaller >= SHORT[-1][0])
    return near & (shared > 0)


def is_contained(evidence: Evidence, settings: Settings) -> bool:
    """Tell whether one text is part of the other by what they share."""
    row = np.array([[evidence.shared, evidence.only_a, evidence.only_b]], dtype=np.int64)
    return bool(are_contained(row, settings)[0])


def are_contained(counts: NDArray[np.int64], settings: Settings) -> NDArray[np.bool_]:
    """Tell for each row of counts whether one text is part of the other; bool, shape (m,).

    Near texts may be, too: that relation goes before this one.
    """
    smaller = counts[:, 0] + np.minimum(counts[:, 1], counts[:, 2])
    least = max(settings.exact_containment, settings.exact_threshold)
    apart = counts[:, 1] != counts[:, 2]
    enough = _at_least(counts[:, 0], smaller, least)
    enough &= (smaller >= LEAST_CONTAINED) & apart
    return enough


def _at_least(
    part: NDArray[np.int64], total: NDArray[np.int64], share: Fraction
) -> NDArray[np.bool_]:
    """Tell where ``part / total >= share``, in integers that do not overflow."""
    if share.denominator * int(max(part.max(initial=0), total.max(initial=0))) < 2**62:
        return part * share.denominator >= total * share.numerator
    reached = part.astype(object) * share.denominator >= total.astype(object) * share.numerator
    return reached.astype(np.bool_)
