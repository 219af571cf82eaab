"""Matching a corpus: evidence between documents, the match graph, clusters and pairs."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.corpus import folded_title
from dedup.match.cluster import MatchGraph, assign
from dedup.match.decide import decide
from dedup.match.evidence import shingle_counts
from dedup.match.keep import KeepOrder
from dedup.model import Cluster, Evidence, Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.settings import Settings

_ID_BYTES = 6


class Matching:
    """What matches what in a corpus; documents by their number in keep order.

    ``candidates`` are pairs of units, int64 of shape (m, 2), the smaller first.
    """

    def __init__(self, corpus: Corpus, candidates: NDArray[np.int64], settings: Settings) -> None:
        self._corpus = corpus
        self._settings = settings
        self._titles = [folded_title(info) for info in corpus.infos]
        self._first_of_unit = _firsts(corpus.unit)
        self._first_of_whole = _firsts(corpus.whole)
        self._counts: dict[tuple[int, int], tuple[int, int, int]] = {}
        self._near: dict[int, list[tuple[int, Fraction]]] = {}
        self._equal: dict[tuple[int, int], tuple[int, int, int]] = {}
        counts = shingle_counts(corpus.sketches, candidates)
        for (a, b), (shared, only_a, only_b) in zip(
            candidates.tolist(), counts.tolist(), strict=True
        ):
            self._add_near(a, b, (shared, only_a, only_b))

    def _add_near(self, a: int, b: int, counts: tuple[int, int, int]) -> None:
        """Keep a pair of units whose counts suffice, by the decision on their texts alone."""
        evidence = Evidence(
            equal_text=False,
            equal_kept=False,
            equal_body=False,
            titles_differ=False,
            shared=counts[0],
            only_a=counts[1],
            only_b=counts[2],
        )
        if decide(evidence, self._settings) is not None:
            self._counts[a, b] = counts
            self._near.setdefault(a, []).append((b, evidence.exact_similarity))
            self._near.setdefault(b, []).append((a, evidence.exact_similarity))

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """All clusters, largest first, ties by the kept document's id."""
        graph = MatchGraph(self._corpus.unit, self._corpus.whole, self._near)
        dropped: dict[int, list[int]] = {}
        for document, kept in enumerate(assign(graph)):
            if document != kept:
                dropped.setdefault(kept, []).append(document)
        clusters = [self._cluster(kept, others) for kept, others in dropped.items()]
        return tuple(sorted(clusters, key=lambda cluster: (-len(cluster.drop), cluster.keep)))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs, the smaller id first, sorted; see :class:`~dedup.model.ScanResult`."""
        numbers = {info.id: i for i, info in enumerate(self._corpus.infos)}
        pairs = {(p.a, p.b): p for cluster in self.clusters for p in map(_by_id, cluster.drop)}
        for a, b in self._listed():
            first, second = sorted((self._corpus.infos[a].id, self._corpus.infos[b].id))
            if (first, second) not in pairs:
                pairs[first, second] = self._pair(numbers[first], numbers[second])
        return tuple(pairs[key] for key in sorted(pairs))

    def _listed(self) -> Iterator[tuple[int, int]]:
        """Yield every document with the first of its unit and whole, and the near units."""
        for document, (unit, whole) in enumerate(
            zip(self._corpus.unit, self._corpus.whole, strict=True)
        ):
            for first in {self._first_of_unit[unit], self._first_of_whole[whole]} - {document}:
                yield first, document
        for a, b in self._counts:
            yield self._first_of_unit[a], self._first_of_unit[b]

    def _cluster(self, kept: int, others: Sequence[int]) -> Cluster:
        infos = self._corpus.infos
        drop = [self._pair(other, kept) for other in others]
        drop.sort(key=lambda pair: (-pair.evidence.exact_similarity, pair.a))
        members = sorted((infos[i].hash, infos[i].id) for i in (kept, *others))
        digest = hashlib.blake2b(
            repr(members).encode("utf-8", "surrogatepass"), digest_size=_ID_BYTES
        )
        reason = KeepOrder(self._settings).reason(infos[kept], infos[min(others)])
        return Cluster(digest.hexdigest(), infos[kept].id, reason, tuple(drop))

    def _pair(self, a: int, b: int) -> Pair:
        evidence = self._evidence(a, b)
        relation = decide(evidence, self._settings)
        infos = self._corpus.infos
        if relation is None:
            raise RuntimeError(f"{infos[a].id} and {infos[b].id} do not match")
        return Pair(infos[a].id, infos[b].id, relation, evidence)

    def _evidence(self, a: int, b: int) -> Evidence:
        corpus = self._corpus
        shared, only_a, only_b = self._shingles(corpus.unit[a], corpus.unit[b])
        titles = self._titles[a], self._titles[b]
        return Evidence(
            equal_text=corpus.infos[a].hash == corpus.infos[b].hash,
            equal_kept=corpus.whole[a] == corpus.whole[b],
            equal_body=corpus.unit[a] == corpus.unit[b],
            titles_differ=all(titles) and titles[0] != titles[1],
            shared=shared,
            only_a=only_a,
            only_b=only_b,
        )

    def _shingles(self, unit_a: int, unit_b: int) -> tuple[int, int, int]:
        """Return shared, only in a and only in b for two units, or one (all shared)."""
        low, high = min(unit_a, unit_b), max(unit_a, unit_b)
        counts = self._counts.get((low, high)) or self._equal.get((low, high))
        if counts is None:
            row = shingle_counts(self._corpus.sketches, np.array([[low, high]]))[0].tolist()
            counts = self._equal[low, high] = (row[0], row[1], row[2])
        shared, only_low, only_high = counts
        return (shared, only_low, only_high) if unit_a == low else (shared, only_high, only_low)


def _firsts(numbers: Sequence[int]) -> list[int]:
    """Return the first document of each unit or whole; these are numbered in that order."""
    firsts: list[int] = []
    for document, number in enumerate(numbers):
        if number == len(firsts):
            firsts.append(document)
    return firsts


def _by_id(pair: Pair) -> Pair:
    return pair if pair.a < pair.b else pair.swapped()
