"""All pairs between new documents and known ones, those of equal texts too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.matching import Matching


def across(corpus: Corpus, matching: Matching) -> NDArray[np.int64]:
    """Return the pairs of known and new documents that match; int64, shape (m, 2), sorted.

    A scan lists of equal texts the first alone, and what else is equal to it; here each is asked
    about by itself. Of a pair the known document comes first.
    """
    related = np.concatenate([matching.related, matching.related[:, ::-1], _same(corpus.unit)])
    by_unit = _members(corpus.unit, corpus.known, distinct(_packed(related)))
    whole = distinct(_packed(_same(corpus.whole)))
    keys = distinct(np.concatenate([by_unit, _members(corpus.whole, corpus.known, whole)]))
    return np.column_stack((keys >> 32, keys & 0xFFFFFFFF))


def _packed(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = (pairs[:, 0] << 32) | pairs[:, 1]
    return keys


def _same(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each group with itself."""
    every = distinct(groups)
    return np.column_stack((every, every))


def _members(groups: NDArray[np.int64], known: int, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of documents of two groups, the first a known one, packed."""
    old, new = _Groups(groups[:known]), _Groups(groups[known:])
    found = [np.empty(0, dtype=np.int64)]
    for a, b in zip((wanted >> 32).tolist(), (wanted & 0xFFFFFFFF).tolist(), strict=True):
        first, second = old.of(a), new.of(b) + known
        if first.size and second.size:
            found.append(((first[:, None] << 32) | second).ravel())
    return np.concatenate(found)


class _Groups:
    """The documents of each group."""

    def __init__(self, groups: NDArray[np.int64]) -> None:
        self._order = np.argsort(groups, kind="stable")
        self._ordered = groups[self._order]

    def of(self, group: int) -> NDArray[np.int64]:
        low, high = np.searchsorted(self._ordered, [group, group + 1])
        return self._order[low:high]
