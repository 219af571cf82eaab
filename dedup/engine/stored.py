"""The documents and candidates of a result that is there already, to be decided once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.columns import title_hash
from dedup.engine.crowds import crowded
from dedup.engine.matching import Counted, Matching
from dedup.match.keep import KeepOrder
from dedup.model import Crowd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from dedup.model import DocumentInfo, Evidence, ScanResult
    from dedup.settings import Settings

Counts = tuple[int, int, int]


def redecide(result: ScanResult, settings: Settings, *, borderline: int = 0) -> ScanResult:
    """Decide the pairs of ``result``, and those of its borderline, by other settings.

    What is shared was counted when the texts were there; so only threshold and keep policy of
    ``settings`` may differ, and the threshold may not be lower. Documents, candidates and what
    was skipped stay as they were counted.
    """
    stored = StoredDocuments(result, settings)
    matching = Matching(stored, stored.counted(), settings, borderline=borderline)
    assigned = matching.assigned
    large = [
        Crowd(stored.id(kept), size, stored.id(int(np.flatnonzero(assigned == kept)[-1])))
        for kept, size in crowded(assigned)
    ]
    summary = replace(
        result.summary,
        pairs=len(matching.pairs),
        clusters=len(matching.clusters),
        dropped=matching.dropped,
        relations=matching.relations,
        crowds=tuple(sorted(large, key=lambda crowd: (-crowd.documents, crowd.kept))),
    )
    return replace(
        result,
        settings=settings,
        pairs=matching.pairs,
        clusters=matching.clusters,
        summary=summary,
        borderline=matching.borderline,
    )


class StoredDocuments:
    """The documents of a result in keep order; what they share is looked up in its pairs.

    Equal texts are known from the pairs too: each is in one with the first of its kind.
    """

    def __init__(self, result: ScanResult, settings: Settings) -> None:
        order = KeepOrder(settings)
        self._infos: list[DocumentInfo] = sorted(result.documents.values(), key=order.key)
        self.known = sum(info.known for info in self._infos)
        number = {info.id: i for i, info in enumerate(self._infos)}
        known = [(number[p.a], number[p.b], p.evidence) for p in result.pairs]
        known += [(number[p.a], number[p.b], p.evidence) for p in result.borderline]
        size = len(self._infos)
        self.text, _ = _groups(size, [(a, b) for a, b, found in known if found.equal_text])
        self.unit, self.first = _groups(
            size, [(a, b) for a, b, found in known if found.equal_text or found.equal_body]
        )
        self.whole, self.first_of_whole = _groups(
            size, [(a, b) for a, b, found in known if found.equal_text or found.equal_kept]
        )
        titles = [title_hash(info.found) if info.set_aside else 0 for info in self._infos]
        self.title = np.array(titles, dtype=np.uint64)
        self._counts: dict[tuple[int, int], Counts] = {}
        for a, b, found in known:
            if found.shared and self.unit[a] != self.unit[b]:
                self._add(int(self.unit[a]), int(self.unit[b]), found)

    def id(self, number: int) -> str:
        """Return the id of a document."""
        return self._infos[number].id

    def info(self, number: int) -> DocumentInfo:
        """Return what is known of a document."""
        return self._infos[number]

    def counted(self) -> Counted:
        """Return the pairs of units that the result knows, and what was counted for them."""
        pairs = sorted(self._counts)
        return Counted(
            np.array(pairs, dtype=np.int64).reshape(-1, 2),
            np.array([self._counts[pair] for pair in pairs], dtype=np.int64).reshape(-1, 3),
            np.zeros(len(pairs), dtype=np.bool_),
        )

    def _add(self, a: int, b: int, found: Evidence) -> None:
        if a <= b:
            self._counts[a, b] = (found.shared, found.only_a, found.only_b)
        else:
            self._counts[b, a] = (found.shared, found.only_b, found.only_a)


def _groups(
    size: int, same: Iterable[tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the groups of ``size`` documents in order of their first ones; return those too."""
    parent = list(range(size))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in same:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    numbers: dict[int, int] = {}
    groups = [numbers.setdefault(root(i), len(numbers)) for i in range(size)]
    return np.array(groups, dtype=np.int64), np.array(list(numbers), dtype=np.int64)
