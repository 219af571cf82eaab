"""The documents and candidates of a result that is there already, to be decided once more."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.columns import title_hash
from dedup.engine.crowds import crowded
from dedup.engine.matching import Matching
from dedup.engine.related import Counted, Replaced
from dedup.match.consequences import consequences
from dedup.match.keep import KeepOrder
from dedup.model import Crowd, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dedup.model import DocumentInfo, Evidence, ScanResult
    from dedup.replacement import Filled, Replacement
    from dedup.settings import Settings

Counts = tuple[int, int, int]


def redecide(result: ScanResult, settings: Settings, *, borderline: int = 0) -> ScanResult:
    """Decide the pairs of ``result``, and those of its borderline, by other settings.

    What is shared was counted when the texts were there; so only thresholds, keep policy and what
    relations lead to may differ in ``settings``, and thresholds may not be lower. Documents,
    candidates and what was skipped stay as they were counted.
    """
    stored = StoredDocuments(result, settings)
    matching = Matching(stored, stored.counted(), settings, borderline=borderline)
    assigned = matching.assigned
    large = [
        Crowd(stored.id(kept), size, stored.id(int(np.flatnonzero(assigned == kept)[-1])))
        for kept, size in crowded(assigned)
    ]
    families, unlisted, relations = matching.families, matching.unlisted, matching.relations
    if _verdicts(settings) == _verdicts(result.settings):
        # the pairs that a family stands for are not in the result, but their number is
        families, unlisted = result.families, result.summary.unlisted
        relations = tuple(
            (name, count + unlisted if name == Relation.TEMPLATE else count)
            for name, count in relations
        )
    summary = replace(
        result.summary,
        pairs=len(matching.pairs),
        clusters=len(matching.clusters),
        dropped=matching.dropped,
        relations=relations,
        families=len(families),
        unlisted=unlisted,
        crowds=tuple(sorted(large, key=lambda crowd: (-crowd.documents, crowd.kept))),
    )
    return replace(
        result,
        settings=settings,
        pairs=matching.pairs,
        clusters=matching.clusters,
        summary=summary,
        borderline=matching.borderline,
        families=families,
    )


def _verdicts(settings: Settings) -> tuple[float, float, bool]:
    """Return what decides, and makes families, of the settings that may be others than before."""
    drops = consequences(settings)[Relation.TEMPLATE].drop
    return settings.threshold, settings.containment, drops


class StoredDocuments:
    """The documents of a result in keep order; what they share is looked up in its pairs.

    Equal texts are known from the pairs too: each is in one with the first of its kind.
    """

    def __init__(self, result: ScanResult, settings: Settings) -> None:
        order = KeepOrder(settings)
        self._infos: list[DocumentInfo] = sorted(result.documents.values(), key=order.key)
        self.known = sum(info.known for info in self._infos)
        number = {info.id: i for i, info in enumerate(self._infos)}
        told = [(number[p.a], number[p.b], p.evidence, p.filled) for p in result.pairs]
        told += [(number[p.a], number[p.b], p.evidence, ()) for p in result.borderline]
        known = [each[:3] for each in told]
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
        self._replaced: dict[tuple[int, int], tuple[Replacement | None, tuple[Filled, ...]]] = {}
        for a, b, found, filled in told:
            if found.shared and self.unit[a] != self.unit[b]:
                self._add(int(self.unit[a]), int(self.unit[b]), found, filled)

    def id(self, number: int) -> str:
        """Return the id of a document."""
        return self._infos[number].id

    def hash(self, number: int) -> str:
        """Return the hash of a document's text, hexadecimal."""
        return self._infos[number].hash

    def info(self, number: int) -> DocumentInfo:
        """Return what is known of a document."""
        return self._infos[number]

    def counted(self) -> Counted:
        """Return the pairs of units that the result knows, and what was counted for them."""
        pairs = sorted(self._counts)
        return Counted(
            np.array(pairs, dtype=np.int64).reshape(-1, 2),
            np.array([self._counts[pair] for pair in pairs], dtype=np.int64).reshape(-1, 3),
            self._replaced_of(pairs),
        )

    def _replaced_of(self, pairs: Sequence[tuple[int, int]]) -> Replaced:
        found = Replaced.nothing(len(pairs))
        filled = {}
        for row, pair in enumerate(pairs):
            replaced, said = self._replaced[pair]
            if replaced is not None:
                found.counts[row] = astuple(replaced)
            if said:
                filled[row] = said
        return Replaced(found.counts, filled)

    def _add(self, a: int, b: int, found: Evidence, filled: tuple[Filled, ...]) -> None:
        if a > b:
            a, b, found = b, a, found.swapped()
            filled = tuple((second, first) for first, second in filled)
        self._counts[a, b] = (found.shared, found.only_a, found.only_b)
        said = filled or self._replaced.get((a, b), (None, ()))[1]
        self._replaced[a, b] = (found.replaced, said)


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
